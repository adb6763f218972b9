// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createRuns, type Runs } from '../../../main/station/campaigns/runs.ts'
import type { WriteDevice } from '../../../main/station/campaigns/scheduler.ts'
import { createJobs } from '../../../main/station/jobs/jobs.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { meant } from '../../../main/station/write-device.ts'
import { firmwareImage, station, technician } from '../flashing/job-fixtures.ts'

/** A bench of devices with the real boot loader's protocol, in virtual time; only the ports are not real. */
const bench = (count: number, running = '1.0.0') => {
  const of = (n: number) => ({ path: `/dev/ttyTEST${n}`, locationId: `1-${n}`, serial: `LS-${n}`, running })
  const { board, plugIn, flashing, clock, log, bundle } = station(of(1))
  const boards = [board, ...Array.from({ length: count - 1 }, (_, n) => plugIn(of(n + 2)))]
  const seen = { most: 0, done: 0 }
  let after: (done: number) => void = () => undefined
  const write: WriteDevice = async ({ bundle: id, port, ...known }, actor, context) => {
    seen.most = Math.max(seen.most, flashing.active() + 1)
    const { record, lease } = await flashing.start({ bundle: id, portPath: port, ...meant(known) }, actor, context)
    await lease.release()
    seen.done += 1
    after(seen.done)
    return { written: record.written ?? 0, result: null }
  }
  const parts = { store: log.store, audit: log.audit, clock, log: silentLog }
  const runs: Runs = createRuns({ ...parts, jobs: createJobs(parts), write })
  const id = bundle('2.0.0')
  const targets = boards.map(({ port }) => ({ port: port.path }))
  const states = (): string[] => runs.view().targets.map(({ state }) => state)
  return {
    boards,
    plugIn,
    id,
    runs,
    seen,
    states,
    start: () => runs.start({ id, product: 'line-sensor', version: '2.0.0' }, targets, technician),
    onDone: (listener: (done: number) => void) => void (after = listener),
  }
}

describe('twelve devices', () => {
  it('are written four at a time; a pause lets active writes finish and starts none (ux 33)', async () => {
    const { boards, runs, seen, states, start, onDone } = bench(12)
    onDone((done) => {
      if (done === 2) runs.pause(technician)
    })
    start()
    await expect.poll(() => states().filter((state) => state === 'active').length).toBe(0)
    const image = firmwareImage('2.0.0')
    const written = boards.filter(({ flash }) => Buffer.compare(flash.subarray(0, image.length), image) === 0)
    expect(seen.most).toBe(4)
    expect(states().filter((state) => state === 'updated')).toHaveLength(written.length)
    // Two were done, and the three that were being written at that moment; whoever made room was followed before.
    expect(written.length).toBeGreaterThanOrEqual(4)
    expect(written.length).toBeLessThan(12)
    expect(new Set(states())).toEqual(new Set(['updated', 'waiting']))
    runs.resume(technician)
    await expect.poll(() => runs.view().run?.state).toBe('finished')
    expect(new Set(states())).toEqual(new Set(['updated']))
    expect(seen.most).toBe(4)
    for (const { flash } of boards) expect(Buffer.compare(flash.subarray(0, image.length), image)).toBe(0)
  })

  it('go on when one of them is unplugged; it alone needs somebody, and has its place in the image', async () => {
    const { boards, runs, states, start } = bench(12)
    boards[4]?.toDevice({ at: 2000, do: 'unplug' })
    start()
    await expect.poll(() => runs.view().run?.state).toBe('finished')
    expect(states().filter((state) => state === 'updated')).toHaveLength(11)
    const [bad] = runs.view().targets.filter(({ state }) => state === 'failed')
    expect(bad).toMatchObject({ port: boards[4]?.port.path, code: 'flash.unplugged' })
  })

  it('are not written when another one answers than the bench showed, until somebody takes that one in (ux 32)', async () => {
    const { boards, plugIn, runs, states, id } = bench(2)
    const [first = '', second = ''] = boards.map(({ port }) => port.path)
    const shown = (n: number) => ({ model: 'line-sensor', serial: `LS-${n}` })
    const targets = [
      { port: first, shown: shown(1) },
      { port: second, shown: shown(2) },
    ]
    runs.setAtOnce(1, technician)
    runs.start({ id, product: 'line-sensor', version: '2.0.0' }, targets, technician)
    boards[1]?.unplug()
    const other = plugIn({ path: second, locationId: '1-2', serial: 'LS-9', running: '1.0.0' })
    await expect.poll(() => runs.view().run?.state).toBe('finished')
    expect(states()).toEqual(['updated', 'failed'])
    expect(runs.view().targets[1]).toMatchObject({
      code: 'flash.wrong-device',
      details: { wanted: 'LS-2', found: 'LS-9', model: 'line-sensor' },
    })
    expect(other.writes).toEqual([])
    runs.add([{ port: second, shown: shown(9) }], technician)
    await expect.poll(() => states()).toEqual(['updated', 'updated'])
    expect(other.writes).not.toEqual([])
  })

  it('that have the version already are recognised and not written again (ux 39)', async () => {
    const { boards, runs, states, start } = bench(3, '2.0.0')
    start()
    await expect.poll(() => runs.view().run?.state).toBe('finished')
    expect(states()).toEqual(['same', 'same', 'same'])
    expect(boards.flatMap(({ writes }) => writes)).toEqual([])
  })
})
