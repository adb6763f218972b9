// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { AirlockError } from '../../../shared/errors.ts'
import { migrate, type Migration } from './migrate.ts'

declare const access: unique symbol

/** A statement cache over one connection; parameters are always bound, never pasted. */
type Statements = {
  /** All rows; the caller parses them. */
  all(sql: string, ...parameters: SqlValue[]): unknown[]
  /** The first row, or undefined. */
  get(sql: string, ...parameters: SqlValue[]): unknown
}
/** What SQLite binds. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** May read. */
export type ReadHandle = Statements & { readonly [access]: 'read' | 'write' }

/** May change: exists only inside a transaction. For what is regulated that is `AuditLog.change`, nothing else. */
export type WriteHandle = ReadHandle & {
  readonly [access]: 'write'
  /** Number of rows changed. */
  run(sql: string, ...parameters: SqlValue[]): number
}

/** One SQLite file. */
export type Store = {
  readonly read: ReadHandle
  /** Runs `work` in BEGIN IMMEDIATE … COMMIT: all of it is on disk when this returns, or none of it is. */
  transact<T>(work: (tx: WriteHandle) => T): T
  /** A second connection that only reads, for long work such as a full verification. The caller closes it. */
  openReader(): { read: ReadHandle; close(): void }
  close(): void
}

const handle = (db: Database.Database): WriteHandle => {
  const cache = new Map<string, Database.Statement>()
  const prepared = (sql: string): Database.Statement => {
    const known = cache.get(sql)
    if (known !== undefined) return known
    const fresh = db.prepare(sql)
    cache.set(sql, fresh)
    return fresh
  }
  const statements = {
    all: (sql: string, ...parameters: SqlValue[]): unknown[] => prepared(sql).all(...parameters),
    get: (sql: string, ...parameters: SqlValue[]): unknown => prepared(sql).get(...parameters),
    run: (sql: string, ...parameters: SqlValue[]): number => prepared(sql).run(...parameters).changes,
  }
  return brand(statements)
}

/** The brand exists for the compiler only. */
function brand(statements: Omit<WriteHandle, typeof access>): WriteHandle
function brand(statements: object): object {
  return statements
}

/**
 * Opens or makes a store and brings it to the newest schema. WAL with synchronous=FULL: a commit that returned
 * survives a power cut. Errors: `storage.schema` (made by a newer Airlock).
 */
export const openStore = (path: string, migrations: readonly Migration[]): Store => {
  const db = new Database(path)
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('busy_timeout = 5000')
    db.pragma('trusted_schema = OFF')
    migrate(db, migrations)
  } catch (error) {
    db.close()
    throw error
  }
  const own = handle(db)
  let inside = false
  return {
    read: own,
    transact(work) {
      if (inside) throw new AirlockError('internal', { what: 'a transaction inside a transaction' })
      inside = true
      db.exec('BEGIN IMMEDIATE')
      try {
        const result = work(own)
        db.exec('COMMIT')
        return result
      } catch (error) {
        if (db.inTransaction) db.exec('ROLLBACK')
        throw error
      } finally {
        inside = false
      }
    },
    openReader() {
      const second = new Database(path, { readonly: true })
      return { read: handle(second), close: () => void second.close() }
    },
    close: () => void db.close(),
  }
}
