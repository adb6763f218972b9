// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = import.meta.dirname
const cache = join(here, '../../../build/emulators/avr')
const optibootFolder = '/usr/share/arduino/hardware/arduino/avr/bootloaders/optiboot'

/** The firmware images, by version. 1.0.0 works, 2.0.0 is better, 2.1.0 hangs and resets itself every 4 s; -bench is 28 KiB. */
export const avrVersions = ['1.0.0', '2.0.0', '2.1.0', '2.0.0-bench'] as const
export type AvrVersion = (typeof avrVersions)[number]

/** Which behaviour a version has, how many words of table it carries, and the size it is padded to. */
const recipes: Record<AvrVersion, { behaviour: number; table: number; padTo?: number }> = {
  '1.0.0': { behaviour: 1, table: 4096 },
  '2.0.0': { behaviour: 2, table: 5120 },
  '2.1.0': { behaviour: 3, table: 5120 },
  '2.0.0-bench': { behaviour: 2, table: 12_600, padTo: 0x7000 },
}

export type FirmwareFiles = { version: AvrVersion; elf: string; hex: string; bin: string; build: string }
export type AvrBuild = { board: string; optiboot: string; firmware: Record<AvrVersion, FirmwareFiles> }

const sources = (): string[] =>
  [here, optibootFolder].flatMap((folder) => globSync(join(folder, '{.,board,firmware}/*.{c,h}'))).sort()

/** Over every source, this file and the compilers: whatever changes an image changes the folder. */
const fingerprint = async (): Promise<string> => {
  const hash = createHash('sha256')
  for (const file of [...sources(), import.meta.filename]) hash.update(basename(file)).update(readFileSync(file))
  for (const compiler of ['gcc', 'avr-gcc']) hash.update((await run(compiler, ['--version'])).stdout)
  return hash.digest('hex').slice(0, 16)
}

const boardFlags = '-std=gnu17 -O2 -Wall -Wextra -I/usr/include/simavr'.split(' ')

/** The third line brings Debian's source under 512 bytes; its ready-made hex file is 20 too long. */
const optibootFlags = [
  '-mmcu=atmega328p -DF_CPU=16000000L -DBAUD_RATE=115200 -DLED_START_FLASHES=3',
  '-Os -fno-inline-small-functions -fno-split-wide-types -mshort-calls',
  '-fwhole-program -fno-move-loop-invariants -fno-tree-loop-optimize',
  '-Wl,--section-start=.text=0x7e00 -Wl,--section-start=.version=0x7ffe -Wl,--relax,--gc-sections',
  '-nostartfiles -nostdlib',
].flatMap((line) => line.split(' '))

/** What a reset leaves behind (.noinit) stands at the same address in every version. */
const firmwareFlags = [
  '-std=gnu11 -Os -Wall -Wextra -mmcu=atmega328p -DF_CPU=16000000UL',
  '-ffunction-sections -fdata-sections -Wl,--gc-sections -Wl,--section-start=.noinit=0x800700',
].flatMap((line) => line.split(' '))

const cFiles = (part: string): string[] => globSync(join(here, part, '*.c')).sort()

const buildBoard = (folder: string) =>
  run('gcc', [...boardFlags, ...cFiles('board'), '-o', join(folder, 'board'), '-lsimavr', '-lelf'])

const buildOptiboot = async (folder: string) => {
  const elf = join(folder, 'optiboot.elf')
  await run('avr-gcc', [...optibootFlags, join(optibootFolder, 'optiboot.c'), '-o', elf])
  const bin = join(folder, 'optiboot.bin')
  const sections = ['-j', '.text', '-j', '.version', '--set-section-flags', '.version=alloc,load']
  await run('avr-objcopy', [...sections, '--gap-fill', '0xff', '-O', 'binary', elf, bin])
  const size = readFileSync(bin).length
  if (size !== 512) throw new Error(`Optiboot with its version word is ${size} bytes, not 512`)
}

const buildFirmware = async (folder: string, version: AvrVersion, build: string) => {
  const { behaviour, table, padTo } = recipes[version]
  const base = join(folder, `dosing-controller-${version}`)
  const character = [
    `-DFIRMWARE=${behaviour}`,
    `-DCALIBRATION=${table}`,
    `-DVERSION="${version}"`,
    `-DBUILD="${build}"`,
  ]
  await run('avr-gcc', [...firmwareFlags, ...character, ...cFiles('firmware'), '-o', `${base}.elf`])
  const padding = padTo === undefined ? [] : ['--pad-to', String(padTo), '--gap-fill', '0xa5']
  await run('avr-objcopy', ['-O', 'binary', ...padding, `${base}.elf`, `${base}.bin`])
  await run('avr-objcopy', ['-I', 'binary', '-O', 'ihex', `${base}.bin`, `${base}.hex`])
}

/** Names the source of an image: what changes the board's emulation alone leaves it as it is. */
const buildId = (version: AvrVersion): string => {
  const hash = createHash('sha256').update(JSON.stringify([version, recipes[version], firmwareFlags]))
  for (const file of globSync(join(here, 'firmware/*')).sort()) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}

/**
 * Builds Optiboot, the board and the firmware, or finds them built from the same sources. Safe when several processes
 * ask at once: each builds in a folder of its own, the first to finish gives it its name.
 * Needs the packages simavr libsimavr-dev libelf-dev gcc gcc-avr binutils-avr avr-libc arduino-core-avr.
 */
export const buildAvr = async (): Promise<AvrBuild> => {
  const hash = await fingerprint()
  const folder = join(cache, hash)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const work = mkdtempSync(join(cache, 'building-'))
    await Promise.all([
      buildBoard(work),
      buildOptiboot(work),
      ...avrVersions.map((version) => buildFirmware(work, version, buildId(version))),
    ])
    try {
      renameSync(work, folder)
    } catch (error) {
      rmSync(work, { recursive: true })
      if (!existsSync(folder)) throw error
    }
  }
  const files = (version: AvrVersion): FirmwareFiles => {
    const base = join(folder, `dosing-controller-${version}`)
    return { version, elf: `${base}.elf`, hex: `${base}.hex`, bin: `${base}.bin`, build: buildId(version) }
  }
  return {
    board: join(folder, 'board'),
    optiboot: join(folder, 'optiboot.bin'),
    firmware: {
      '1.0.0': files('1.0.0'),
      '2.0.0': files('2.0.0'),
      '2.1.0': files('2.1.0'),
      '2.0.0-bench': files('2.0.0-bench'),
    },
  }
}
