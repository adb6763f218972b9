// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { type BoardOptions, startBoard } from '../emulators/avr/board.ts'
import { type AvrBuild, avrVersions, buildAvr } from '../emulators/avr/build.ts'
import { avrdude } from '../support/avrdude.ts'
import { serialClient } from '../support/serial-client.ts'
import { tempFolder } from '../support/temp-folder.ts'

let built: AvrBuild
beforeAll(async () => {
  built = await buildAvr()
})

const board = async (options: BoardOptions = {}) => {
  const started = await startBoard(options)
  onTestFinished(() => started.stop())
  return started
}

/** A board whose application has started once already, as a board in the field has. */
const runningBoard = async (options: BoardOptions) => {
  const started = await board(options)
  await expect.poll(() => started.boots()).toBeGreaterThan(0)
  return started
}

const image = (version: keyof AvrBuild['firmware']): Buffer => readFileSync(built.firmware[version].bin)

const bootSchema = z.object({
  boot: z.strictObject({
    model: z.string(),
    serial: z.string(),
    hw: z.string(),
    fw: z.string(),
    build: z.string(),
    cause: z.enum(['power-on', 'external', 'watchdog']),
    boots: z.number(),
  }),
})

type Client = Awaited<ReturnType<typeof serialClient>>

/** The first line after opening, which resets the board: its boot loader waits 1.4 s before the application starts. */
const bannerOf = async (client: Client) => {
  await client.until((bytes) => bytes.includes('\r\n'), 15_000)
  return bootSchema.parse(JSON.parse(client.lines()[0] ?? '')).boot
}

const getSync = [0x30, 0x20]
const inSync = Buffer.from([0x14, 0x10])
const pageSize = 128

/** Opens the port and waits, as a client must, until the boot loader listens: what is in the line before that may drown. */
const inLoader = async (pty: string): Promise<Client> => {
  const client = await serialClient(pty)
  await sleep(200)
  client.write(...getSync)
  expect(await client.take(2)).toEqual(inSync)
  return client
}

const loadAddress = (at: number) => [0x55, (at >> 1) & 0xff, at >> 9, 0x20]
const programPage = (bytes: Uint8Array) => [0x64, 0, bytes.length, 0x46, ...bytes, 0x20]
const readPage = [0x74, 0, pageSize, 0x46, 0x20]
const page = (fill: number) => new Uint8Array(pageSize).fill(fill)

const writePage = async (client: Client, at: number, bytes: Uint8Array, within?: number): Promise<boolean> => {
  client.write(...loadAddress(at), ...programPage(bytes))
  return (await client.take(4, within)).equals(Buffer.concat([inSync, inSync]))
}

const difference = (a: Buffer, b: Buffer): number[] => [...a.keys()].filter((at) => a[at] !== b[at])

describe('the build', () => {
  it('makes a boot loader of 512 bytes and images that leave its place free', () => {
    expect(readFileSync(built.optiboot)).toHaveLength(512)
    for (const version of avrVersions) {
      expect(image(version).length).toBeGreaterThan(8 * 1024)
      expect(image(version).length).toBeLessThanOrEqual(28 * 1024)
    }
    expect(image('2.0.0-bench')).toHaveLength(28 * 1024)
  })

  it('gives several processes that ask at once the same files', async () => {
    const [a, b] = await Promise.all([buildAvr(), buildAvr()])
    expect(a).toEqual(b)
  })
})

describe('the board under avrdude', () => {
  it('takes a firmware that avrdude writes and verifies, boots it and says who it is', async () => {
    const it = await board({ serial: 'DC-0099-1A', hardware: 'rev-d' })
    const { ok, output } = await avrdude(it.pty, `flash:w:${built.firmware['1.0.0'].hex}:i`)
    expect(output).toContain('probably m328p')
    expect(output).toContain(`${image('1.0.0').length} bytes of flash verified`)
    expect(ok).toBe(true)
    const back = join(tempFolder(), 'back.bin')
    expect((await avrdude(it.pty, `flash:r:${back}:r`)).ok).toBe(true)
    expect(readFileSync(back).subarray(0, image('1.0.0').length)).toEqual(image('1.0.0'))
    const first = await bannerOf(await serialClient(it.pty))
    expect(first).toMatchObject({ model: 'dosing-controller', serial: 'DC-0099-1A', hw: 'rev-d', fw: '1.0.0' })
    expect(first).toMatchObject({ build: built.firmware['1.0.0'].build })
  })

  it('keeps its serial number and counts on when another version comes', async () => {
    const it = await board({ firmware: '1.0.0' })
    const one = await serialClient(it.pty)
    const before = await bannerOf(one)
    await one.close()
    expect((await avrdude(it.pty, `flash:w:${built.firmware['2.0.0'].hex}:i`)).ok).toBe(true)
    const after = await bannerOf(await serialClient(it.pty))
    expect([before.fw, after.fw]).toEqual(['1.0.0', '2.0.0'])
    expect(after.serial).toBe(before.serial)
    expect(after.boots).toBeGreaterThan(before.boots)
  })

  it('takes the time that the line and the flash take', async () => {
    const bench = `flash:w:${built.firmware['2.0.0-bench'].hex}:i`
    const paced = await avrdude((await board()).pty, bench)
    const unpaced = await avrdude((await board({ paced: false })).pty, bench)
    console.log(`28 KiB by avrdude: paced ${paced.seconds.toFixed(2)} s, unpaced ${unpaced.seconds.toFixed(2)} s`)
    expect([paced.ok, unpaced.ok]).toEqual([true, true])
    expect(paced.seconds).toBeGreaterThan(unpaced.seconds)
  })

  it('lets avrdude find a bit that flipped on its way', async () => {
    const it = await board()
    await it.fault('rx', 3000, 'flip', 5)
    const { ok, output } = await avrdude(it.pty, `flash:w:${built.firmware['1.0.0'].hex}:i`)
    expect(ok).toBe(false)
    expect(output).toContain('verification mismatch')
    const wrong = difference(it.readFlash().subarray(0, image('1.0.0').length), image('1.0.0'))
    expect(wrong).toHaveLength(1)
    const at = wrong[0] ?? 0
    expect((it.readFlash()[at] ?? 0) ^ (image('1.0.0')[at] ?? 0)).toBe(1 << 5)
  })
})

describe('reset', () => {
  it('comes with every opening of the port, and not without', async () => {
    const it = await runningBoard({ firmware: '2.0.0' })
    for (const boots of [2, 3]) {
      const client = await serialClient(it.pty)
      expect(await bannerOf(client)).toMatchObject({ cause: 'external', boots })
      await client.close()
    }
    const quiet = await runningBoard({ firmware: '2.0.0', autoReset: false })
    const before = await quiet.status()
    await serialClient(quiet.pty)
    expect(await quiet.status()).toMatchObject({ client: true, resets: before.resets })
  })

  it('by the watchdog starts the faulty application again without the boot loader, with a crash record', async () => {
    const it = await runningBoard({ firmware: '2.1.0' })
    const client = await serialClient(it.pty)
    await client.until((bytes) => bytes.includes('"crash"'), 12_000)
    const boots = client.lines().filter((line) => line.startsWith('{"boot"'))
    expect(boots.map((line) => bootSchema.parse(JSON.parse(line)).boot.cause)).toEqual(['external', 'watchdog'])
    expect(client.lines().some((line) => line.includes('"level":"error"'))).toBe(true)
  })

  it('in the middle of a page leaves half of it, and the loader answers again', async () => {
    const it = await board()
    const client = await inLoader(it.pty)
    expect(await writePage(client, 0x400, page(0x11))).toBe(true)
    await it.fault('page', 0, 'reset')
    expect(await writePage(client, 0x400, page(0x22), 300)).toBe(false)
    const torn = it.readFlash().subarray(0x400, 0x480)
    expect(torn.subarray(0, 64)).toEqual(Buffer.from(page(0x22).subarray(0, 64)))
    expect(torn.subarray(64)).toEqual(Buffer.alloc(64, 0xff))
    await client.close()
    const again = await inLoader(it.pty)
    expect(await writePage(again, 0x400, page(0x22))).toBe(true)
    expect(it.readFlash().subarray(0x400, 0x480)).toEqual(Buffer.from(page(0x22)))
  })
})

describe('line and flash', () => {
  it('carries what is written and gives it back', async () => {
    const it = await board()
    const client = await inLoader(it.pty)
    const bytes = Uint8Array.from({ length: pageSize }, (_, at) => at * 7)
    expect(await writePage(client, 0x800, bytes)).toBe(true)
    client.write(...loadAddress(0x800), ...readPage)
    const answer = await client.take(2 + 1 + pageSize + 1)
    expect(answer.subarray(3, -1)).toEqual(Buffer.from(bytes))
  })

  it('loses the byte it is told to lose: the page is not written and the loader gives up', async () => {
    const it = await board()
    const client = await inLoader(it.pty)
    await it.fault('rx', 20, 'drop')
    expect(await writePage(client, 0x400, page(0x33), 300)).toBe(false)
    expect(it.readFlash().subarray(0x400, 0x480)).toEqual(Buffer.alloc(128, 0xff))
    expect(await it.waitFor('fault')).toMatchObject({ place: 'rx', action: 'drop' })
  })

  it('finds a worn cell as it was, whatever is written', async () => {
    const it = await board()
    await it.damageFlash('stick', 0x410, 6)
    const client = await inLoader(it.pty)
    expect(await writePage(client, 0x400, page(0xff))).toBe(true)
    expect(difference(it.readFlash().subarray(0x400, 0x480), Buffer.from(page(0xff)))).toEqual([0x10])
  })

  it('flips a bit of an answer', async () => {
    const it = await board()
    const client = await inLoader(it.pty)
    await it.fault('tx', 1, 'flip', 0)
    client.write(...getSync)
    expect([...(await client.take(2))]).toEqual([0x14, 0x11])
  })

  it('drowns a second request that comes while the loader still blinks', async () => {
    const it = await board()
    const client = await serialClient(it.pty)
    await sleep(200)
    client.write(...getSync, ...getSync)
    await client.take(2, 700)
    expect((await it.status()).overruns).toBe(1)
  })

  it('is slower behind an adapter that waits for more', async () => {
    const rounds = async (latencyMs: number) => {
      const client = await inLoader((await board({ latencyMs })).pty)
      const started = performance.now()
      for (let n = 0; n < 20; n++) {
        client.write(...getSync)
        await client.take(2)
      }
      return (performance.now() - started) / 20
    }
    const [without, behind] = [await rounds(0), await rounds(16)]
    console.log(`round trip: ${without.toFixed(1)} ms, with 16 ms latency ${behind.toFixed(1)} ms`)
    expect(behind).toBeGreaterThan(without + 8)
  })
})

describe('power and plug', () => {
  it('keeps flash and boot count over a restart of the emulator that nobody announced', async () => {
    const folder = tempFolder()
    const first = await startBoard({ folder, firmware: '1.0.0' })
    await expect.poll(() => first.boots()).toBe(1)
    await first.damageFlash('flip', 0x3000, 3)
    const flash = first.readFlash()
    process.kill(first.pid, 'SIGKILL')
    await first.stop()
    const second = await runningBoard({ folder })
    expect(second.readFlash()).toEqual(flash)
    expect(flash[0x3000]).toBe((image('1.0.0')[0x3000] ?? 0xff) ^ 8)
    await expect.poll(() => second.boots()).toBe(2)
    expect((await bannerOf(await serialClient(second.pty))).boots).toBe(3)
  })

  it('is silent without power while its port stays, and starts the application at once when it returns', async () => {
    const it = await board({ firmware: '2.0.0' })
    const client = await inLoader(it.pty)
    await it.power(false)
    client.write(...getSync)
    expect(await client.take(2, 400)).toHaveLength(0)
    expect(await client.gone(0)).toBe(false)
    await it.power(true)
    expect(await bannerOf(client)).toMatchObject({ cause: 'power-on' })
  })

  it('takes the port away when it is unplugged and brings it back under the same path', async () => {
    const it = await board({ firmware: '2.0.0' })
    const client = await inLoader(it.pty)
    await it.fault('page', 1, 'unplug')
    expect(await writePage(client, 0x6000, page(0x44))).toBe(true)
    expect(await writePage(client, 0x6080, page(0x44), 1000)).toBe(false)
    expect(await client.gone(15_000)).toBe(true)
    expect(existsSync(it.pty)).toBe(false)
    await it.plug()
    const again = await inLoader(it.pty)
    expect(await writePage(again, 0x6080, page(0x44))).toBe(true)
  })

  it('ends with the process that started it', async () => {
    const script = `import { startBoard } from '${join(import.meta.dirname, '../emulators/avr/board.ts')}'
      console.log((await startBoard()).pid); setInterval(() => {}, 1000)`
    const parent: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script])
    const pid = await new Promise<number>((resolve) => {
      if (parent.stdout) createInterface({ input: parent.stdout }).once('line', (line) => resolve(Number(line)))
    })
    expect(existsSync(`/proc/${pid}/exe`)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => existsSync(`/proc/${pid}/exe`)).toBe(false)
  })
})
