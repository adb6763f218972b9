// SPDX-License-Identifier: Apache-2.0
/** The driver against the real Optiboot on an emulated ATmega328P behind a pseudo-terminal, with avrdude as judge and peer. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortOwners } from '../../main/station/devices/port-owner.ts'
import { loadProfiles } from '../../main/station/devices/profile.ts'
import { openSerial } from '../../main/station/devices/serial-transport.ts'
import { startApplication } from '../../main/station/flashing/boot-banner.ts'
import { createStk500v1 } from '../../main/station/flashing/drivers/stk500v1.ts'
import { createLoaderSession } from '../../main/station/flashing/loader-session.ts'
import { planFlash } from '../../main/station/flashing/plan.ts'
import { runFlash, type FlashReport, type FlashStep } from '../../main/station/flashing/runner.ts'
import { createWireTrace } from '../../main/station/flashing/wire-trace.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import { startBoard, type Board, type BoardOptions } from '../emulators/avr/board.ts'
import { buildAvr, type AvrVersion } from '../emulators/avr/build.ts'

const run = promisify(execFile)
const [profile] = loadProfiles(join(import.meta.dirname, '../../resources/profiles'))
if (profile === undefined) throw new Error('no profile')

const fileOf = async (version: AvrVersion): Promise<string> => (await buildAvr()).firmware[version].bin

const boardFor = async (options: BoardOptions = {}): Promise<Board> => {
  const board = await startBoard({ firmware: '1.0.0', ...options })
  onTestFinished(() => board.stop())
  return board
}

const plug = async (board: Board) => {
  const owners = createPortOwners(openSerial, systemClock)
  const lease = await owners.take({ path: board.pty }, profile.loader.baud, 'test')
  let open = true
  const release = async (): Promise<void> => {
    if (open) await lease.release()
    open = false
  }
  onTestFinished(release)
  const driver = createStk500v1(profile, systemClock)
  const session = createLoaderSession({
    lease,
    driver,
    trace: createWireTrace(systemClock),
    speeds: { loader: profile.loader.baud, application: profile.application.baud },
    signal: new AbortController().signal,
    onRecovery: () => undefined,
  })
  return { session, driver, release }
}

type Run = { report: FlashReport; ms: number; recoveries: number; steps: FlashStep[] }

/** Open, enter, write, verify, close: what a peer does in one call of its program. */
const flash = async (board: Board, image: Uint8Array, compareFirst = false): Promise<Run> => {
  const began = performance.now()
  const { session, driver, release } = await plug(board)
  const steps: FlashStep[] = []
  await session.enter()
  const plan = planFlash([{ address: 0, data: image }], driver)
  const report = await runFlash(session, plan, { compareFirst, emit: (step) => steps.push(step) })
  await release()
  return { report, ms: performance.now() - began, recoveries: session.recoveries.length, steps }
}

const avrdude = (board: Board, how: 'v' | 'w', file: string): Promise<unknown> =>
  run('avrdude', [
    '-p',
    'm328p',
    '-c',
    'arduino',
    '-P',
    board.pty,
    '-b',
    '115200',
    '-D',
    '-U',
    `flash:${how}:${file}:r`,
  ])

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const holds = (board: Board, image: Uint8Array): boolean =>
  Buffer.compare(board.readFlash().subarray(0, image.length), image) === 0

const digestOf = (image: Uint8Array): string => createHash('sha256').update(image).digest('hex')

const say = (text: string): void => void process.stdout.write(`    ${text}\n`)

describe('flashing an AVR over a pseudo-terminal', () => {
  it('writes 28 KiB that avrdude verifies, no slower than avrdude writes them', async () => {
    const board = await boardFor()
    const file = await fileOf('2.0.0-bench')
    const image = readFileSync(file)
    const ours = await flash(board, image)
    expect(ours.report).toMatchObject({ units: 224, written: 224, readBackSha256: digestOf(image) })
    await avrdude(board, 'v', file)
    const theirs = await timed(() => avrdude(board, 'w', file))
    // On a busy machine one run says little: the better of two of each.
    const second = { ours: (await flash(board, image)).ms, theirs: await timed(() => avrdude(board, 'w', file)) }
    const best = { ours: Math.min(ours.ms, second.ours), theirs: Math.min(theirs, second.theirs) }
    const again = await flash(board, image, true)
    expect(again.report).toMatchObject({ written: 0, skipped: 224 })
    say(
      `write + verify ${ours.ms.toFixed(0)} ms, avrdude ${theirs.toFixed(0)} ms, ratio ${(ours.ms / theirs).toFixed(3)}`,
    )
    say(`unchanged image ${again.ms.toFixed(0)} ms`)
    expect(best.ours).toBeLessThanOrEqual(best.theirs)
  })

  it('starts the new application, which says its version', async () => {
    const board = await boardFor()
    const { session, driver } = await plug(board)
    await session.enter()
    const image = readFileSync(await fileOf('2.0.0'))
    await runFlash(session, planFlash([{ address: 0, data: image }], driver), {
      compareFirst: false,
      emit: () => undefined,
    })
    const seen = await startApplication(session, profile, new AbortController().signal, () => true)
    expect(seen.identity).toEqual({
      model: 'dosing-controller',
      serial: 'DC-0042-7Q',
      hardware: 'rev-c',
      version: '2.0.0',
    })
  })

  it('gets over a lost byte, a flipped bit, and resets in the middle of a page', async () => {
    const image = readFileSync(await fileOf('2.0.0'))
    const clean = await flash(await boardFor(), image)
    const faults = {
      'lost byte': (board: Board) => board.fault('rx', 3000, 'drop'),
      'lost reply': (board: Board) => board.fault('tx', 101, 'drop'),
      'flipped bit in data': (board: Board) => board.fault('rx', 3000, 'flip', 3),
      'flipped bit in a reply': (board: Board) => board.fault('tx', 2000, 'flip', 5),
      'reset while a page is written': (board: Board) => board.fault('page', 20, 'reset'),
      'reset while bytes come in': (board: Board) => board.fault('rx', 4001, 'reset'),
    }
    say(`no fault: ${clean.ms.toFixed(0)} ms`)
    for (const [name, arm] of Object.entries(faults)) {
      const board = await boardFor()
      await arm(board)
      const hit = await flash(board, image)
      const armed = board.events.filter(({ event }) => event === 'fault')
      say(`${name}: +${(hit.ms - clean.ms).toFixed(0)} ms, ${hit.recoveries} recoveries`)
      expect(armed.length, name).toBe(1)
      expect(hit.recoveries, name).toBeGreaterThan(0)
      expect(holds(board, image), name).toBe(true)
      expect(hit.report.readBackSha256, name).toBe(digestOf(image))
      await board.stop()
    }
  })

  it('catches every flipped bit on its way into the flash', async () => {
    const image = readFileSync(await fileOf('2.0.0'))
    const board = await boardFor()
    for (let nth = 0; nth < 12; nth += 1) await board.fault('rx', 500 + nth * 997, 'flip', nth % 8)
    const hit = await flash(board, image)
    say(`12 flipped bits: ${hit.recoveries} recoveries`)
    expect(holds(board, image)).toBe(true)
    expect(hit.report.readBackSha256).toBe(digestOf(image))
  })

  it('names the fault within five seconds when the power is lost', async () => {
    const image = readFileSync(await fileOf('2.0.0'))
    const board = await boardFor()
    await board.fault('page', 30, 'power-off')
    const running = flash(board, image)
    running.catch(() => undefined)
    await board.waitFor('fault')
    const began = performance.now()
    await expect(running).rejects.toMatchObject({ code: 'flash.timeout' })
    say(`power lost: named after ${(performance.now() - began).toFixed(0)} ms`)
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('names an unplug at once, and after the re-plug writes only the pages that are missing', async () => {
    const image = readFileSync(await fileOf('2.0.0'))
    const board = await boardFor()
    await board.fault('page', 40, 'unplug')
    const running = flash(board, image)
    running.catch(() => undefined)
    await board.waitFor('fault')
    const began = performance.now()
    await expect(running).rejects.toMatchObject({ code: 'flash.unplugged' })
    say(`unplugged: named after ${(performance.now() - began).toFixed(0)} ms`)
    expect(performance.now() - began).toBeLessThan(5000)
    await board.plug()
    const before = (await board.status()).pages
    const resumed = await flash(board, image, true)
    say(`resumed: ${resumed.report.written} of ${resumed.report.units} pages written`)
    expect(resumed.report.skipped).toBeGreaterThanOrEqual(40)
    expect((await board.status()).pages - before).toBe(resumed.report.written)
    expect(holds(board, image)).toBe(true)
  })

  it('lets nobody else have the port, and opens it again when it is free', async () => {
    const board = await boardFor()
    const { release } = await plug(board)
    await expect(openSerial({ path: board.pty }, profile.loader.baud)).rejects.toMatchObject({
      code: 'flash.port-busy',
    })
    await release()
    const second = await openSerial({ path: board.pty }, profile.loader.baud)
    expect(second.caps.modemLines).toBe(false)
    expect(await second.setLines({ dtr: false })).toBe(false)
    await second.close()
  })

  it('tells whoever waits for bytes that the port is gone', async () => {
    const board = await boardFor()
    const transport = await openSerial({ path: board.pty }, profile.loader.baud)
    const gone = new Promise<Error>((resolve) => transport.onGone(resolve))
    const reading = transport.read(4000, 20_000 as never)
    reading.catch(() => undefined)
    await board.unplug()
    await expect(reading).rejects.toMatchObject({ code: 'flash.unplugged' })
    expect(await gone).toMatchObject({ code: 'flash.unplugged' })
    await expect(transport.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'flash.unplugged' })
    await transport.close()
    await expect(openSerial({ path: board.pty }, profile.loader.baud)).rejects.toMatchObject({
      code: 'flash.unplugged',
    })
  })
})
