// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createHeadlessHost } from '../../../main/cli/station/headless-host.ts'
import { keepStation, waitBefore, type StationChild } from '../../../main/shell/station-keeper.ts'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import type { Frame } from '../../../shared/rpc/envelope.ts'

/** A station's process that ends when the test says so. */
const makeChild = () => {
  const exits: ((code: number | null) => void)[] = []
  const ends: (() => void)[] = []
  const asked: string[] = []
  const sent: Frame[] = []
  const child: StationChild = {
    send: (frame) => void sent.push(frame),
    onFrame: () => undefined,
    onEnd: (listener) => void ends.push(listener),
    onExit: (listener) => void exits.push(listener),
    end: (how) => void asked.push(how),
  }
  const exit = (code: number | null): void => {
    for (const listener of exits) listener(code)
    for (const listener of ends) listener()
  }
  return { child, exit, asked, sent }
}

/** A keeper in a world where time is a number and waits end when the test says so. */
const makeKeeper = () => {
  const children: ReturnType<typeof makeChild>[] = []
  const waits: { ms: number; next: () => void }[] = []
  const lost: ErrorCode[] = []
  let started = 0
  const clock = { now: 0 }
  const keeper = keepStation({
    start() {
      const made = makeChild()
      children.push(made)
      return made.child
    },
    host: createHeadlessHost('a passphrase for tests'),
    now: () => clock.now,
    after: (ms, then) => void waits.push({ ms, next: then }),
    onStarted: () => (started += 1),
    onLost: (code) => void lost.push(code),
  })
  return { keeper, children, waits, lost, clock, started: () => started }
}

describe('the keeper of the station', () => {
  it('starts a station and opens ports to it', () => {
    const { keeper, children, started } = makeKeeper()
    expect(started()).toBe(1)
    expect(keeper.connect()).toBeDefined()
    expect(children[0]?.sent).toEqual([{ kind: 'open', port: 1 }])
  })

  it('closes the ports of a station that ended, has none meanwhile, and starts another after a wait', () => {
    const { keeper, children, waits, lost, started } = makeKeeper()
    const port = keeper.connect()
    const seen: string[] = []
    port?.onClose(() => seen.push(keeper.connect() === undefined ? 'closed, no station' : 'closed'))
    children[0]?.exit(null)
    expect(seen).toEqual(['closed, no station'])
    expect(lost).toEqual(['station.lost'])
    expect(waits.map(({ ms }) => ms)).toEqual([250])
    waits[0]?.next()
    expect(started()).toBe(2)
    expect(keeper.connect()).toBeDefined()
  })

  it('says when another station holds the data', () => {
    const { children, lost } = makeKeeper()
    children[0]?.exit(75)
    expect(lost).toEqual(['station.already-running'])
  })

  it('says when the key store does not open the keys', () => {
    const { children, lost } = makeKeeper()
    children[0]?.exit(80)
    expect(lost).toEqual(['audit.key'])
  })

  it('waits longer each time a station does not last, and begins anew after one that did', () => {
    const { children, waits, clock } = makeKeeper()
    for (let round = 0; round < 9; round += 1) {
      children.at(-1)?.exit(70)
      waits.at(-1)?.next()
    }
    expect(waits.map(({ ms }) => ms)).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    clock.now = 60_000
    children.at(-1)?.exit(null)
    expect(waits.at(-1)?.ms).toBe(250)
  })

  it('never waits longer than half a minute', () => {
    for (const failures of [1, 10, 100, 10_000]) expect(waitBefore(failures)).toBeLessThanOrEqual(30_000)
  })

  it('ends a station in good order, is done when its process is gone, and starts no other', async () => {
    const { keeper, children, waits, lost, started } = makeKeeper()
    let stopped = false
    const stop = keeper.stop().then(() => (stopped = true))
    expect(children[0]?.asked).toEqual(['orderly'])
    await Promise.resolve()
    expect(stopped).toBe(false)
    children[0]?.exit(0)
    await stop
    expect([lost, started()]).toEqual([[], 1])
    for (const { next } of waits) next()
    expect(started()).toBe(1)
    expect(children[0]?.asked).toEqual(['orderly'])
  })

  it('ends a station at once that does not end in time', async () => {
    const { keeper, children, waits } = makeKeeper()
    const stop = keeper.stop()
    waits.at(-1)?.next()
    expect(children[0]?.asked).toEqual(['orderly', 'now'])
    children[0]?.exit(null)
    await stop
  })

  it('starts none that waited for its turn when the app leaves', async () => {
    const { keeper, children, waits, started } = makeKeeper()
    children[0]?.exit(70)
    await keeper.stop()
    waits[0]?.next()
    expect(started()).toBe(1)
  })
})
