// SPDX-License-Identifier: Apache-2.0
import type Database from 'better-sqlite3'
import { AirlockError } from '../../../shared/errors.ts'

/** One change of a schema: a file of its own in `migrations/`, never edited after its release. */
export type Migration = { readonly id: number; readonly name: string; readonly sql: string }

/**
 * Applies what is missing, in ascending order (numbers may be left out), each migration in a transaction of its own;
 * `user_version` is the last one's number. Errors: `storage.schema` when the file was made by a newer Airlock.
 */
export const migrate = (db: Database.Database, migrations: readonly Migration[]): void => {
  const current = Number(db.pragma('user_version', { simple: true }))
  const known = migrations.at(-1)?.id ?? 0
  if (current > known) throw new AirlockError('storage.schema', { found: current, known })
  let last = 0
  for (const { id, name, sql } of migrations) {
    if (id <= last) throw new AirlockError('internal', { migration: name })
    last = id
    if (id <= current) continue
    db.transaction(() => {
      db.exec(sql)
      db.pragma(`user_version = ${id}`)
    })()
  }
}
