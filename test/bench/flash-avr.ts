// SPDX-License-Identifier: Apache-2.0
/**
 * 28 KiB into the real Optiboot of an emulated ATmega328P at 115 200 baud, against the line's own limit and avrdude in
 * turn. BENCH_SLOW=1 also shows what a lost byte does to avrdude, which tries on for long.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createPortOwners } from '../../main/station/devices/port-owner.ts'
import { loadProfiles } from '../../main/station/devices/profile.ts'
import { openSerial } from '../../main/station/devices/serial-transport.ts'
import { createStk500v1 } from '../../main/station/flashing/drivers/stk500v1.ts'
import { createLoaderSession } from '../../main/station/flashing/loader-session.ts'
import { planFlash } from '../../main/station/flashing/plan.ts'
import { runFlash } from '../../main/station/flashing/runner.ts'
import { createWireTrace } from '../../main/station/flashing/wire-trace.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import { startBoard, type Board, type BoardOptions } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { avrdude } from '../support/avrdude.ts'
import { seconds } from '../support/bench-log.ts'
import { median, takeTurns, type Row } from '../support/bench-turns.ts'

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
const [profile] = loadProfiles(join(import.meta.dirname, '../../resources/profiles'))
if (profile === undefined) throw new Error('no profile')
const { loader, application } = profile
const { bin, hex } = (await buildAvr()).firmware['2.0.0-bench']
const image = readFileSync(bin)

/** How many faults were got over, and the seconds until the loader was in step. */
type Flashed = { readonly recoveries: number; readonly entered: number }

/** Open, enter, write, verify, close: what a peer does in one call of its program. */
const flash = async (board: Board, compareFirst = false): Promise<Flashed> => {
  const lease = await createPortOwners(openSerial, systemClock).take({ path: board.pty }, loader.baud, 'bench')
  const driver = createStk500v1(profile, systemClock)
  const session = createLoaderSession({
    lease,
    driver,
    trace: createWireTrace(systemClock),
    speeds: { loader: loader.baud, application: application.baud },
    signal: new AbortController().signal,
    onRecovery: () => undefined,
  })
  const entered = await seconds(() => session.enter())
  await runFlash(session, planFlash([{ address: 0, data: image }], driver), { compareFirst, emit: () => undefined })
  await lease.release()
  if (!board.readFlash().subarray(0, image.length).equals(image)) throw new Error('the board holds something else')
  return { recoveries: session.recoveries.length, entered }
}

const peer = async (board: Board, mayFail = false): Promise<boolean> => {
  const { ok, output } = await avrdude(board.pty, `flash:w:${hex}:i`)
  if (!ok && !mayFail) throw new Error(output)
  return ok
}

const withBoards = async <T>(options: readonly BoardOptions[], work: (boards: Board[]) => Promise<T>): Promise<T> => {
  const boards = await Promise.all(options.map((option) => startBoard({ firmware: '1.0.0', ...option })))
  try {
    return await work(boards)
  } finally {
    await Promise.all(boards.map((board) => board.stop()))
  }
}

const one = <T>(options: BoardOptions, work: (board: Board) => Promise<T>): Promise<T> =>
  withBoards([options], ([board]) => {
    if (board === undefined) throw new Error('no board')
    return work(board)
  })

/** Seconds that nobody can save: the bytes both ways, ten bits each; the chip's page writes; the loader's start. */
const floorOf = async (board: Board): Promise<{ line: number; all: number; slipped: number }> => {
  const before = await board.status()
  const { entered } = await flash(board)
  const after = await board.status()
  const line = ((after.rx - before.rx + after.tx - before.tx) * 10) / loader.baud
  const chip = ((after.pages - before.pages) * loader.pageWriteMs) / 1000
  return { line, all: entered + line + chip, slipped: after.slippedMs - before.slippedMs }
}

const plain = (): Promise<Row[]> =>
  one({}, async (board) => {
    const floor = await floorOf(board)
    const times = await takeTurns(rounds, { ours: { run: () => flash(board) }, avrdude: { run: () => peer(board) } })
    const same = await takeTurns(rounds, { ours: { run: () => flash(board, true) } })
    const [ours, theirs] = [median(times.ours), median(times.avrdude)]
    return [
      { what: 'the line’s limit (10 bits a byte)', value: floor.line, unit: 's' },
      { what: 'the floor: with the loader’s start and page writes', value: floor.all, unit: 's' },
      { what: 'write and verify, median', value: ours, unit: 's' },
      { what: 'avrdude, median', value: theirs, unit: 's' },
      { what: 'against the floor (asked: at most 1.08)', value: ours / floor.all, unit: '×' },
      { what: 'the same, the best turn', value: Math.min(...times.ours) / floor.all, unit: '×' },
      { what: 'avrdude against the floor', value: theirs / floor.all, unit: '×' },
      { what: 'against avrdude (asked: at most 1)', value: ours / theirs, unit: '×' },
      { what: 'unchanged image, median (asked: 3.8)', value: median(same.ours), unit: 's' },
      { what: 'time that the emulated board lost in one run', value: floor.slipped, unit: 'ms' },
    ]
  })

const late = (): Promise<Row[]> =>
  one({ latencyMs: 16 }, async (board) => {
    const times = await takeTurns(1, { ours: { run: () => flash(board) }, avrdude: { run: () => peer(board) } })
    const [ours, theirs] = [median(times.ours), median(times.avrdude)]
    return [
      { what: '16 ms latency: write and verify (asked: 11.5)', value: ours, unit: 's' },
      { what: '16 ms latency: avrdude', value: theirs, unit: 's' },
      { what: '16 ms latency: against avrdude', value: ours / theirs, unit: '×' },
    ]
  })

const faulty = (): Promise<Row[]> =>
  one({}, async (board) => {
    let [lost, flipped] = [0, 0]
    const times = await takeTurns(rounds, {
      clean: { run: () => flash(board) },
      lost: {
        async run() {
          await board.fault('rx', 9000, 'drop')
          lost += (await flash(board)).recoveries
        },
      },
      flipped: {
        async run() {
          await board.fault('rx', 9000, 'flip', 3)
          flipped += (await flash(board)).recoveries
        },
      },
    })
    await board.fault('rx', 9000, 'flip', 3)
    const peerFlip = await peer(board, true)
    const extra = (list: readonly number[]): number => median(list) - median(times.clean)
    const rows: Row[] = [
      { what: `lost byte: extra (${lost} recoveries; asked: 2)`, value: extra(times.lost), unit: 's' },
      { what: `flipped bit: extra (${flipped} recoveries; repaired)`, value: extra(times.flipped), unit: 's' },
      { what: 'flipped bit: avrdude', value: peerFlip ? 'success' : 'fails', unit: '' },
    ]
    if (process.env['BENCH_SLOW'] === undefined) return rows
    await board.fault('rx', 9000, 'drop')
    let peerLoss = false
    const taken = await seconds(async () => (peerLoss = await peer(board, true)))
    return [...rows, { what: `lost byte: avrdude (${peerLoss ? 'success' : 'fails'})`, value: taken, unit: 's' }]
  })

const parallel = (): Promise<Row[]> =>
  withBoards([{}, {}, {}, {}], async (boards) => {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    const [first] = boards
    if (first === undefined) throw new Error('no board')
    const times = await takeTurns(rounds, {
      alone: { run: () => flash(first) },
      four: {
        async run() {
          delay.enable()
          await Promise.all(boards.map((board) => flash(board)))
          delay.disable()
        },
      },
    })
    const slipped = await Promise.all(boards.map(async (board) => (await board.status()).slippedMs))
    return [
      { what: 'one alone, median', value: median(times.alone), unit: 's' },
      { what: 'four at once, median', value: median(times.four), unit: 's' },
      { what: 'four against one (asked: at most 1.1)', value: median(times.four) / median(times.alone), unit: '×' },
      { what: 'event loop delay, p99 (asked: under 20)', value: delay.percentile(99) / 1e6, unit: 'ms' },
      { what: 'time that the emulated boards lost, at most', value: Math.max(...slipped), unit: 'ms' },
    ]
  })

/** Ratios to the line and to avrdude: clean, late, faulty, four at once. */
export const run = async (): Promise<{ name: string; rows: Row[] }> => ({
  name: 'flash-avr',
  rows: [
    { what: 'image', value: image.length, unit: 'bytes' },
    ...(await plain()),
    ...(await late()),
    ...(await faulty()),
    ...(await parallel()),
  ],
})
