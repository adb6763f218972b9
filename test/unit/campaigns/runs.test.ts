// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { RunView } from '../../../main/station/campaigns/run-view.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { bundle, omar, ports, runBench, tara } from './run-bench.ts'

const code = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    return error instanceof AirlockError ? error.code : String(error)
  }
  return 'none'
}

describe('a run', () => {
  it('writes four devices at a time, in the order in which they came', async () => {
    const { runs, at, active, begun, until, states } = runBench()
    runs.start(bundle, ports(12), tara)
    await at('p4')
    expect(active()).toEqual(['p1', 'p2', 'p3', 'p4'])
    expect(runs.view().targets.find(({ port }) => port === 'p5')).toMatchObject({ state: 'waiting', line: 1 })
    ;(await at('p2')).done()
    ;(await at('p5')).done()
    await at('p6')
    expect(active()).toEqual(['p1', 'p3', 'p4', 'p6'])
    for (const port of ['p1', 'p3', 'p4', 'p6', 'p7', 'p8', 'p9', 'p10', 'p11', 'p12']) (await at(port)).done()
    await until('p12', 'updated')
    expect(begun).toEqual(ports(12).map(({ port }) => port))
    expect(new Set(Object.values(states()))).toEqual(new Set(['updated']))
    expect(runs.view().run?.state).toBe('finished')
  })

  it('lets active writes finish in a pause, starts no more, and goes on when somebody says so (ux 33)', async () => {
    const { runs, at, active, until, states } = runBench()
    runs.start(bundle, ports(12), tara)
    await at('p4')
    runs.pause(tara)
    for (const port of active()) (await at(port)).done()
    await until('p4', 'updated')
    expect(active()).toEqual([])
    expect(Object.values(states()).filter((state) => state === 'waiting')).toHaveLength(8)
    expect(runs.view().run).toMatchObject({ state: 'paused', leftMs: null })
    runs.resume(tara)
    await at('p8')
    expect(active()).toEqual(['p5', 'p6', 'p7', 'p8'])
  })

  it('goes on when one device fails, which can be written again as the next one, with what was read on its label', async () => {
    const { runs, at, active, until, begun } = runBench()
    runs.setAtOnce(1, tara)
    runs.start(bundle, ports(3), tara)
    ;(await at('p1')).fail(new AirlockError('flash.unplugged', { at: 640 }))
    await until('p1', 'failed')
    expect(runs.view().targets[0]).toMatchObject({ code: 'flash.unplugged', details: { at: 640 } })
    const second = await at('p2')
    const label = { model: 'pump', serial: 'P-1' }
    runs.move('retry', { port: 'p1', label }, tara)
    expect(active()).toEqual(['p2'])
    second.done()
    const again = await at('p1')
    expect(again.label).toEqual(label)
    again.done()
    ;(await at('p3')).done()
    await until('p3', 'updated')
    expect(begun).toEqual(['p1', 'p2', 'p1', 'p3'])
  })

  it('remembers for each device which one the bench showed, over a pause and another try', async () => {
    const { runs, at, until, entries } = runBench()
    const shown = { model: 'pump', serial: 'P-1' }
    runs.start(bundle, [{ port: 'p1', shown }, { port: 'p2' }], tara)
    const first = await at('p1')
    expect([first.shown, (await at('p2')).shown]).toEqual([shown, undefined])
    expect(entries().find(({ action }) => action === 'run.start')?.after).toMatchObject({ shown: ['P-1', null] })
    first.fail(new AirlockError('flash.wrong-device', { wanted: 'P-1', found: 'P-2', model: 'pump' }))
    await until('p1', 'failed')
    runs.move('retry', { port: 'p1' }, tara)
    expect((await at('p1')).shown).toEqual(shown)
  })

  it('never writes a device again that is done (ux 39)', async () => {
    const { runs, at, until } = runBench()
    runs.start(bundle, ports(2), tara)
    ;(await at('p1')).done()
    ;(await at('p2')).done(0)
    await until('p1', 'updated')
    await until('p2', 'same')
    for (const port of ['p1', 'p2'])
      for (const move of ['retry', 'bringBack', 'leaveOut', 'setAside'] as const)
        expect(code(() => runs.move(move, { port }, tara))).toBe('run.state')
  })

  it('begins no device whose row the disk does not take, and then begins it once', async () => {
    const { runs, at, begun, jobs, log, until } = runBench()
    const refuses = `CREATE TRIGGER full BEFORE UPDATE ON run_target WHEN NEW.state = 'active'
      BEGIN SELECT RAISE(ABORT, 'full'); END`
    log.store.transact((tx) => tx.run(refuses))
    runs.start(bundle, ports(1), tara)
    expect([jobs.running(), jobs.list(9)]).toEqual([[], []])
    log.store.transact((tx) => tx.run('DROP TRIGGER full'))
    runs.setAtOnce(2, tara)
    ;(await at('p1')).done()
    await until('p1', 'updated')
    expect([begun, jobs.list(9).map(({ state }) => state)]).toEqual([['p1'], ['done']])
  })

  it('takes devices out of the line and back, and sets aside what needs somebody', async () => {
    const { runs, at, until, states } = runBench()
    runs.setAtOnce(1, tara)
    runs.start(bundle, ports(3), tara)
    const first = await at('p1')
    expect(code(() => runs.move('leaveOut', { port: 'p1' }, tara))).toBe('run.state')
    runs.move('leaveOut', { port: 'p2' }, tara)
    first.fail(new AirlockError('flash.timeout'))
    ;(await at('p3')).done()
    await until('p3', 'updated')
    runs.move('setAside', { port: 'p1' }, omar)
    expect(states()).toEqual({ p1: 'aside', p2: 'leftOut', p3: 'updated' })
    expect(runs.view().targets[0]?.by).toBe('Omar')
    runs.move('bringBack', { port: 'p2' }, omar)
    ;(await at('p2')).done()
    await until('p2', 'updated')
  })

  it('takes in devices that are plugged in while it goes, and a new one at a port that is done', async () => {
    const { runs, at, until } = runBench()
    runs.start(bundle, ports(1), tara)
    const first = await at('p1')
    expect(code(() => runs.add(ports(1), tara))).toBe('run.busy')
    runs.add([{ port: 'p9' }], omar)
    ;(await at('p9')).done()
    first.done()
    await until('p9', 'updated')
    await until('p1', 'updated')
    expect(runs.view().run?.state).toBe('finished')
    runs.add(ports(1), omar)
    const next = await at('p1')
    expect(next.actor).toEqual(omar)
    expect(runs.view()).toMatchObject({ run: { state: 'running' }, targets: [{ port: 'p1', state: 'active' }, {}] })
    next.done()
    await until('p1', 'updated')
  })

  it('is one at a time; its results stand until it is ended, and not while something is written', async () => {
    const { runs, at, until } = runBench()
    expect(code(() => runs.pause(tara))).toBe('run.none')
    runs.start(bundle, ports(2), tara)
    const first = await at('p1')
    expect(code(() => runs.start(bundle, [{ port: 'x' }], tara))).toBe('run.open')
    expect(code(() => runs.end(tara))).toBe('run.busy')
    ;(await at('p2')).done()
    first.done()
    await until('p1', 'updated')
    expect(runs.view().run?.state).toBe('finished')
    runs.end(tara)
    expect(runs.view()).toEqual({ run: null, targets: [] })
    runs.start(bundle, ports(1), tara)
    await at('p1')
  })

  it('stops what is being written when somebody says so, and starts nothing else', async () => {
    const { runs, at, until, active } = runBench()
    runs.start(bundle, ports(6), tara)
    await at('p4')
    runs.stop(tara)
    await until('p4', 'failed')
    await until('p1', 'failed')
    expect(active()).toEqual([])
    expect(runs.view().run?.state).toBe('paused')
  })

  it('may be carried on by somebody else: both names are in it, and each writes under their own', async () => {
    const { runs, at, until, entries } = runBench()
    runs.setAtOnce(1, tara)
    runs.start(bundle, ports(3), tara)
    const first = await at('p1')
    runs.pause(omar)
    first.done()
    await until('p1', 'updated')
    runs.resume(omar)
    const second = await at('p2')
    expect([first.actor.name, second.actor.name]).toEqual(['Tara', 'Omar'])
    expect(runs.view().run?.people.map(({ name }) => name)).toEqual(['Tara', 'Omar'])
    second.done()
    ;(await at('p3')).fail(new AirlockError('flash.verify'))
    await until('p3', 'failed')
    runs.end(omar)
    const story = entries().map(({ action, actor }) => `${action} ${actor.name}`)
    expect(story).toEqual([
      'run.at-once Tara',
      'run.start Tara',
      'run.pause Omar',
      'run.continue Omar',
      'run.result Airlock station',
      'run.end Omar',
    ])
    expect(entries()[4]?.after).toEqual({ product: 'pump', version: '2.0.0', updated: 2, failed: 1 })
  })

  it('tells a watcher everything once, then only what has changed, at most five times a second', async () => {
    const { runs, at } = runBench()
    runs.start(bundle, ports(8), tara)
    const first = await at('p1')
    await at('p4')
    const told: { at: number; view: RunView }[] = []
    const abort = new AbortController()
    const over = runs.watch((view) => void told.push({ at: performance.now(), view }), abort.signal)
    expect(told[0]?.view.targets).toHaveLength(8)
    for (let done = 0; done <= 40; done += 1) {
      first.context.progress({ stage: 'write', done, total: 40, etaMs: (40 - done) * 20 })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const later = told.slice(1)
    expect(later.length).toBeGreaterThan(1)
    expect(later.flatMap(({ view }) => view.targets.map(({ port }) => port))).toEqual(later.map(() => 'p1'))
    const gaps = told.slice(1).map(({ at: time }, n) => time - (told[n]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(190)
    abort.abort()
    await over
  })
})

describe('a run that is cut off', () => {
  it('says after a crash what is done, what was being written and what had not started; then it goes on (ux 35)', async () => {
    const bench = runBench()
    bench.runs.setAtOnce(2, tara)
    bench.runs.start(bundle, ports(5), tara)
    ;(await bench.at('p1')).done()
    await bench.at('p3')
    // A row of a flash says that something was sent to the device; p3 was about to begin.
    bench.log.store.transact((tx) => {
      tx.run(
        `INSERT INTO flash_job (id, bundle, product, version, counter, port, person, person_name, started_at, state)
         VALUES (?, 'b', 'pump', '2.0.0', 1, '{"path":"p2"}', 'p', 'P', 0, 'write')`,
        bench.runs.view().targets[1]?.jobId ?? '',
      )
    })
    const next = runBench(bench.log.reopen())
    next.jobs.recover()
    expect(next.runs.recover()).toEqual({ updated: 1, interrupted: 1, waiting: 3 })
    expect(next.states()).toEqual({ p1: 'updated', p2: 'interrupted', p3: 'waiting', p4: 'waiting', p5: 'waiting' })
    const { run, targets } = next.runs.view()
    expect([run?.state, targets[1]?.code]).toEqual(['interrupted', 'flash.interrupted'])
    expect(next.active()).toEqual([])
    next.runs.resume(omar)
    await next.at('p3')
    // What was cut off comes first.
    expect(next.begun).toEqual(['p2', 'p3'])
  })

  it('is paused by a station that ends in good order, and cancelled devices make no room for others', async () => {
    const bench = runBench()
    bench.runs.start(bundle, ports(6), tara)
    await bench.at('p4')
    bench.runs.close()
    for (const { id } of bench.jobs.running()) bench.jobs.cancel(id)
    await expect.poll(() => bench.jobs.running().length).toBe(0)
    expect(bench.begun).toHaveLength(4)
    const next = runBench(bench.log.reopen())
    expect(next.runs.recover()).toBeUndefined()
    expect(next.runs.view().run?.state).toBe('paused')
    expect(next.states()).toMatchObject({ p1: 'interrupted', p5: 'waiting' })
    next.runs.resume(tara)
    await next.at('p4')
    expect(next.active()).toEqual(['p1', 'p2', 'p3', 'p4'])
  })
})
