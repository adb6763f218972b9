// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { stationActor } from '../../../main/station/audit/entry.ts'
import { createJobs } from '../../../main/station/jobs/jobs.ts'
import type { JobView } from '../../../main/station/jobs/rows.ts'
import { systemClock } from '../../../main/station/platform/clock.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { auditMigration } from '../../../main/station/store/migrations/0001-audit.ts'
import { jobsMigration } from '../../../main/station/store/migrations/0008-jobs.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { openTestLog, testLogKey, type TestLog } from '../../support/audit.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const migrations = [auditMigration, { ...jobsMigration, id: 2 }]
const open = (): TestLog => openTestLog(tempFolder(), testLogKey(), systemClock, migrations)
const jobsOf = ({ store, audit }: TestLog) => createJobs({ store, audit, clock: systemClock, log: silentLog })
const about = { kind: 'test', subject: 'a subject', actor: stationActor }
const ended = async (jobs: ReturnType<typeof jobsOf>, id: string): Promise<JobView> => {
  await jobs.watch(id, () => undefined, new AbortController().signal)
  return jobs.get(id)
}

describe('jobs', () => {
  it('keep the result of the work', async () => {
    const jobs = jobsOf(open())
    const id = jobs.start(about, async () => ({ answer: 42 }))
    expect(jobs.get(id).state).toBe('running')
    expect(await ended(jobs, id)).toMatchObject({
      state: 'done',
      code: null,
      result: { answer: 42 },
      subject: 'a subject',
    })
    expect(jobs.running()).toEqual([])
  })

  it('keep the code of what failed, and internal for what nobody named', async () => {
    const jobs = jobsOf(open())
    const named = jobs.start(about, async () => {
      throw new AirlockError('flash.verify', { at: 128 })
    })
    const unnamed = jobs.start(about, async () => {
      throw new TypeError('oops')
    })
    expect(await ended(jobs, named)).toMatchObject({
      state: 'failed',
      code: 'flash.verify',
      result: { details: { at: 128 } },
    })
    expect(await ended(jobs, unnamed)).toMatchObject({ state: 'failed', code: 'internal' })
  })

  it('give a watcher the snapshot, then changes, then the end, and let another join later', async () => {
    const jobs = jobsOf(open())
    let go = (): void => undefined
    const gate = new Promise<void>((resolve) => (go = resolve))
    const id = jobs.start(about, async (context) => {
      context.progress({ stage: 'write', done: 1, total: 2 })
      await gate
      context.progress({ stage: 'write', done: 2, total: 2 })
    })
    const first: JobView[] = []
    const watching = jobs.watch(id, (view) => first.push(view), new AbortController().signal)
    await new Promise((resolve) => setTimeout(resolve, 30))
    const second: JobView[] = []
    const joined = jobs.watch(id, (view) => second.push(view), new AbortController().signal)
    expect(second[0]).toMatchObject({ state: 'running', progress: { stage: 'write', done: 1 } })
    go()
    await Promise.all([watching, joined])
    expect(first[0]).toMatchObject({ state: 'running', progress: null })
    expect([first.at(-1)?.state, second.at(-1)?.state]).toEqual(['done', 'done'])
  })

  it('tell a watcher the last change, also when it came right after another one', async () => {
    const jobs = jobsOf(open())
    let end = (): void => undefined
    const id = jobs.start(about, async (context) => {
      context.progress({ stage: 'write' })
      await new Promise((resolve) => setTimeout(resolve, 20))
      context.progress({ stage: 'unplugged' })
      await new Promise<void>((resolve) => (end = resolve))
    })
    const views: JobView[] = []
    const watching = jobs.watch(id, (view) => views.push(view), new AbortController().signal)
    await expect.poll(() => views.at(-1)?.progress?.stage, { timeout: 5000 }).toBe('unplugged')
    end()
    await watching
  })

  it('end as cancelled when the work stops at the signal', async () => {
    const jobs = jobsOf(open())
    const id = jobs.start(
      about,
      ({ signal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        ),
    )
    await new Promise((resolve) => setTimeout(resolve, 10))
    jobs.cancel(id)
    expect(await ended(jobs, id)).toMatchObject({ state: 'cancelled', code: 'call.cancelled' })
    expect(() => jobs.cancel('no such job')).toThrow(expect.objectContaining({ code: 'job.unknown' }))
  })

  it('leave the process alone when the disk does not take how they ended', async () => {
    const log = open()
    const faults: string[] = []
    const jobs = createJobs({
      ...log,
      clock: systemClock,
      log: { info: () => undefined, error: (event) => void faults.push(event) },
    })
    jobs.start(about, async () => log.store.close())
    await expect.poll(() => faults).toEqual(['job.failed', 'job.unrecorded'])
  })

  it('are marked interrupted at the next start, with an audit entry each', async () => {
    const log = open()
    const id = jobsOf(log).start(about, () => new Promise(() => undefined))
    const next = log.reopen()
    const size = next.audit.head().size
    const jobs = jobsOf(next)
    expect(jobs.recover().map((job) => job.id)).toEqual([id])
    expect(jobs.get(id)).toMatchObject({ state: 'interrupted', code: 'station.interrupted' })
    expect(next.audit.head().size).toBe(size + 1)
    expect(jobs.recover()).toEqual([])
  })
})
