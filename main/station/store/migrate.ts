// SPDX-License-Identifier: Apache-2.0
import type Database from 'better-sqlite3'
import { AirlockError } from '../../../shared/errors.ts'

/** One change of a schema: a file of its own in `migrations/`, never edited after its release. */
export type Migration = { readonly id: number; readonly name: string; readonly sql: string }

/**
 * Applies what is missing, each migration in a transaction of its own; `user_version` counts them.
 * Errors: `storage.schema` when the file was made by a newer Airlock.
 */
export const migrate = (db: Database.Database, migrations: readonly Migration[]): void => {
  const current = Number(db.pragma('user_version', { simple: true }))
  if (current > migrations.length)
    throw new AirlockError('storage.schema', { found: current, known: migrations.length })
  for (const [index, migration] of migrations.entries()) {
    if (migration.id !== index + 1) throw new AirlockError('internal', { migration: migration.name })
    if (migration.id <= current) continue
    db.transaction(() => {
      db.exec(migration.sql)
      db.pragma(`user_version = ${migration.id}`)
    })()
  }
}
