// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { stationActor } from '../../../main/station/audit/entry.ts'
import { createAuditSearch } from '../../../main/station/audit/search.ts'
import { startLogCheck } from '../../../main/station/check-log.ts'
import type { Parts } from '../../../main/station/parts.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { testLog, testStation, type TestLog } from '../../support/audit.ts'

const entry = { actor: stationActor, action: 'clock.step', object: { type: 'test', id: '1' }, outcome: 'ok' } as const
const partsOf = ({ audit, store }: TestLog) =>
  ({ audit, search: createAuditSearch(store), log: silentLog, stationId: testStation }) as unknown as Parts
/** What somebody with the file and no key does while the station runs. */
const edit = (log: TestLog, sql: string): void => {
  const db = new Database(log.database)
  for (const { name } of db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string
  }[])
    db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  db.close()
}

describe('the check of the whole log after a start', () => {
  it('finds a changed entry and makes the log read-only', async () => {
    const log = testLog()
    for (let n = 0; n < 5; n += 1) log.audit.note(entry)
    edit(
      log,
      "UPDATE audit_leaf SET leaf = CAST(replace(CAST(leaf AS TEXT), 'clock.step', 'test.halt') AS BLOB) WHERE seq = 2",
    )
    startLogCheck(partsOf(log))
    await expect.poll(() => log.audit.fault()?.code).toBeDefined()
    expect(() => log.audit.note(entry)).toThrow(expect.objectContaining({ code: 'audit.read-only' }))
  })

  it('puts a search that was changed right again, with an alarm', async () => {
    const log = testLog()
    log.audit.note(entry)
    const parts = partsOf(log)
    expect(parts.search.page({ action: 'clock.step' }, 9)).toHaveLength(1)
    edit(log, "UPDATE audit_entry SET action = 'nothing.happened' WHERE action = 'clock.step'")
    startLogCheck(parts)
    const alarms = () => parts.search.page({ action: 'audit.projection' }, 9)
    await expect.poll(alarms).toMatchObject([{ outcome: 'failed' }])
    expect(parts.search.page({ action: 'clock.step' }, 9)).toHaveLength(1)
  })

  it('ends when the station closes', async () => {
    const log = testLog()
    await startLogCheck(partsOf(log)).stop()
    expect(log.audit.fault()).toBeUndefined()
  })
})
