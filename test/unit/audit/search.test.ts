// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { stationActor, type AuditEntry } from '../../../main/station/audit/entry.ts'
import { createAuditSearch } from '../../../main/station/audit/search.ts'
import { testClock } from '../../support/clock.ts'
import { testLog } from '../../support/audit.ts'

const entry = (id: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: stationActor,
  action: 'job.cancel',
  object: { type: 'thing', id },
  outcome: 'ok',
  ...more,
})

const setUp = () => {
  const clock = testClock()
  const log = testLog(clock)
  const search = createAuditSearch(log.store)
  const ids = (filter: Parameters<typeof search.page>[0], limit = 100): string[] =>
    search.page(filter, limit).map(({ object }) => object.id)
  return { ...log, clock, search, ids }
}

describe('createAuditSearch', () => {
  it('pages from the newest entry down', () => {
    const { audit, ids, search } = setUp()
    for (let i = 1; i <= 7; i += 1) audit.note(entry(String(i)))
    expect(ids({}, 3)).toEqual(['7', '6', '5'])
    expect(search.page({ before: 5 }, 2).map(({ seq }) => seq)).toEqual([4, 3])
    audit.note(entry('8'))
    expect(ids({}, 1)).toEqual(['8'])
  })

  it('finds by person, action, object, story, outcome and time', () => {
    const { audit, clock, ids } = setUp()
    const ada = { uid: 'p-1', login: 'ada', name: 'Ada', role: 'officer' }
    audit.note(entry('a', { actor: ada }))
    audit.note(entry('b', { action: 'export.approve' }))
    clock.advance(60_000)
    audit.note(entry('c', { corr: 'job-1', outcome: 'refused' }))
    expect(ids({ uid: 'p-1' })).toEqual(['a'])
    expect(ids({ action: 'export.approve' })).toEqual(['b'])
    expect(ids({ objectId: 'b' })).toEqual(['b'])
    expect(ids({ corr: 'job-1', outcome: 'refused' })).toEqual(['c'])
    expect(ids({ corr: 'job-1', outcome: 'ok' })).toEqual([])
    expect(ids({ from: clock.now() })).toEqual(['c'])
    expect(ids({ to: clock.now(), action: 'job.cancel' })).toEqual(['a'])
  })

  it('takes hostile text as text', () => {
    const { audit, ids } = setUp()
    audit.note(entry("'; DROP TABLE audit_entry; --"))
    expect(ids({ objectId: "'; DROP TABLE audit_entry; --" })).toHaveLength(1)
    expect(ids({ action: "' OR 1=1 --" })).toEqual([])
  })

  it('never shows what a changed projection says, finds it and makes it anew (2)', () => {
    const { audit, store, search, ids } = setUp()
    audit.note(entry('a', { outcome: 'refused' }))
    expect(search.page({}, 1)).toMatchObject([{ outcome: 'refused' }])
    expect(search.mismatch()).toBeUndefined()
    store.transact((tx) => tx.run("UPDATE audit_entry SET outcome = 'ok', action = 'audit.verify' WHERE seq = 1"))
    expect(search.page({}, 1)).toMatchObject([{ outcome: 'refused', action: 'job.cancel' }])
    expect(search.mismatch()).toBe(1)
    search.rebuild()
    expect(search.mismatch()).toBeUndefined()
    expect(ids({ outcome: 'refused' })).toEqual(['a'])
  })

  it('finds an entry that was taken out of the projection', () => {
    const { audit, store, search } = setUp()
    for (let i = 1; i <= 3; i += 1) audit.note(entry(String(i)))
    search.page({}, 1)
    store.transact((tx) => tx.run('DELETE FROM audit_entry WHERE seq = 2'))
    expect(search.mismatch()).toBe(2)
  })
})
