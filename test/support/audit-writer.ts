// SPDX-License-Identifier: Apache-2.0
/** A process that writes changes to a log until it is killed: `node audit-writer.ts FOLDER`. Prints each acknowledged seq. */
import { createPrivateKey } from 'node:crypto'
import { mkdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { originOf } from '../../main/station/audit/checkpoint.ts'
import { stationActor } from '../../main/station/audit/entry.ts'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { logKeyOf } from '../../main/station/audit/keys.ts'
import { createAuditLog } from '../../main/station/audit/log.ts'
import { auditPaths } from '../../main/station/audit/paths.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import type { Migration } from '../../main/station/store/migrate.ts'
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { openStore } from '../../main/station/store/open.ts'

/** A regulated table: one row for each entry `device.confirm`. */
export const thingMigration: Migration = {
  id: 2,
  name: 'thing',
  sql: 'CREATE TABLE thing (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
}

/** The station of the writer, and its log's name. */
export const writerStation = 'c0ffee00-0000-4000-8000-000000000002'
export const writerOrigin = originOf(writerStation, 1)

const write = async (folder: string): Promise<void> => {
  const paths = auditPaths(folder)
  mkdirSync(join(folder, 'head'), { recursive: true })
  const store = openStore(paths.database, [auditMigration, thingMigration])
  const audit = createAuditLog({
    store,
    clock: systemClock,
    key: logKeyOf(writerOrigin, createPrivateKey(readFileSync(join(folder, 'key.pem')))),
    headFile: openHeadFile(paths.headFile),
    stationId: writerStation,
    epoch: 1,
    appVersion: '0.1.0',
    buildHash: 'source',
  })
  for (;;) {
    const { seq } = audit.change(
      (rows: number) => ({
        actor: stationActor,
        action: 'device.confirm',
        object: { type: 'thing', id: String(audit.head().size) },
        outcome: 'ok',
        after: { rows },
      }),
      (tx) => tx.run('INSERT INTO thing (id, text) VALUES (?, ?)', audit.head().size, 'x'.repeat(500)),
    )
    writeSync(1, `${seq}\n`)
    await setImmediate()
  }
}

const [, script, folder] = process.argv
if (script === import.meta.filename && folder !== undefined) await write(folder)
