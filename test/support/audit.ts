// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { originOf } from '../../main/station/audit/checkpoint.ts'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { logKeyOf, type LogKey } from '../../main/station/audit/keys.ts'
import { createAuditLog, type StationAuditLog } from '../../main/station/audit/log.ts'
import type { Clock } from '../../main/station/platform/clock.ts'
import type { Migration } from '../../main/station/store/migrate.ts'
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { openStore, type Store } from '../../main/station/store/open.ts'
import { testClock } from './clock.ts'
import { tempFolder } from './temp-folder.ts'

/** The station of the tests, and a log key for it. */
export const testStation = 'c0ffee00-0000-4000-8000-000000000001'
export const testLogKey = (): LogKey => logKeyOf(originOf(testStation, 1), generateKeyPairSync('ed25519').privateKey)

/** A real log in a folder of its own; closed when the test ends. */
export type TestLog = {
  folder: string
  database: string
  headPath: string
  store: Store
  key: LogKey
  audit: StationAuditLog
  /** Closes the store as a crash would and opens it again. */
  reopen(): TestLog
}

/** Opens (or makes) the log in `folder`. Other parts give their own migrations after the log's. */
export const openTestLog = (
  folder: string,
  key: LogKey,
  clock: Clock = testClock(),
  migrations: readonly Migration[] = [auditMigration],
): TestLog => {
  mkdirSync(join(folder, 'head'), { recursive: true })
  const database = join(folder, 'station.db')
  const headPath = join(folder, 'head', 'audit-head')
  const store = openStore(database, migrations)
  onTestFinished(() => store.close())
  const audit = createAuditLog({
    store,
    clock,
    key,
    headFile: openHeadFile(headPath),
    stationId: testStation,
    epoch: 1,
    appVersion: '0.1.0',
    buildHash: 'source',
  })
  const reopen = (): TestLog => {
    store.close()
    return openTestLog(folder, key, clock, migrations)
  }
  return { folder, database, headPath, store, key, audit, reopen }
}

/** A fresh log. */
export const testLog = (clock: Clock = testClock(), migrations: readonly Migration[] = [auditMigration]): TestLog =>
  openTestLog(tempFolder(), testLogKey(), clock, migrations)
