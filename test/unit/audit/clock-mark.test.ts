// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { stationActor, type AuditEntry } from '../../../main/station/audit/entry.ts'
import type { AuditAction } from '../../../shared/audit-actions.ts'
import { testClock } from '../../support/clock.ts'
import { testLog } from '../../support/audit.ts'

const time = (text: string): number => Date.parse(text)
const note = (action: AuditAction, more: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: stationActor,
  action,
  object: { type: 'clock', id: 'system' },
  outcome: 'ok',
  ...more,
})

const setUp = () => {
  const clock = testClock('2026-06-01T12:00:00Z')
  const log = testLog(clock)
  log.audit.note(note('job.cancel'))
  return { ...log, clock }
}

describe('the clock as the log knows it', () => {
  it('keeps the highest credible time, however many entries a clock that went back has written since', () => {
    const { audit, clock } = setUp()
    clock.set('2026-05-28T12:00:00Z')
    for (let n = 0; n < 3; n += 1) audit.note(note('job.cancel'))
    expect(audit.lastTime()).toBe(time('2026-06-01T12:00:00Z'))
    expect(audit.clock()?.step).toEqual({
      before: time('2026-06-01T12:00:00Z'),
      after: time('2026-05-28T12:00:00Z'),
    })
  })

  it('does not believe a clock that is more than 400 days ahead, however often it was written down', () => {
    const { audit, clock } = setUp()
    clock.set('2027-07-07T12:00:01Z')
    audit.note(note('job.cancel'))
    expect(audit.lastTime()).toBe(time('2026-06-01T12:00:00Z'))
    clock.set('2027-07-06T12:00:00Z')
    audit.note(note('job.cancel'))
    expect(audit.lastTime()).toBe(time('2027-07-06T12:00:00Z'))
  })

  it('counts from the clock again once it was confirmed, and forgets who looked', () => {
    const { audit, clock } = setUp()
    clock.set('2026-05-20T12:00:00Z')
    audit.note(note('clock.look', { reason: 'compared with the hall clock' }))
    expect(audit.clock()?.looked).toMatchObject({ uid: 'station', reason: 'compared with the hall clock' })
    audit.note(note('clock.confirm'))
    expect(audit.clock()).toEqual({ reference: time('2026-05-20T12:00:00Z'), step: null, looked: null })
  })

  it('takes back what somebody said of a clock that has moved since', () => {
    const { audit, clock } = setUp()
    audit.note(note('clock.look', { reason: 'compared' }))
    clock.set('2026-06-01T14:00:00Z')
    audit.note(note('job.cancel'))
    expect(audit.clock()?.looked).toBeNull()
  })

  it('makes nothing of what a time server does', () => {
    const { audit, clock } = setUp()
    clock.set('2026-06-01T12:00:20Z')
    audit.note(note('job.cancel'))
    expect(audit.clock()?.step).toBeNull()
  })

  it('finds the same mark after a start, from the newest entry that keeps one', () => {
    const log = setUp()
    const { audit, clock } = log
    clock.set('2026-05-20T12:00:00Z')
    audit.note(note('clock.look', { reason: 'compared' }))
    const before = audit.clock()
    audit.note(note('station.start', { after: { clock: before ?? null } }))
    for (let n = 0; n < 600; n += 1) audit.note(note('job.cancel', { reason: '"action":"clock.confirm"' }))
    expect(log.reopen().audit.clock()).toEqual(before)
  })

  it('writes down that the clock was set when nothing else is written, and only then', () => {
    const { audit, clock } = setUp()
    audit.watchClock()
    expect(audit.head().size).toBe(2)
    clock.set('2026-06-01T14:00:00Z')
    audit.watchClock()
    audit.watchClock()
    expect(audit.head().size).toBe(4)
    expect(audit.clock()?.step).toEqual({
      before: time('2026-06-01T12:00:00Z'),
      after: time('2026-06-01T14:00:00Z'),
    })
  })
})
