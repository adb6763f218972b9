// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import type { ErrorCode } from '../../../shared/error-codes.ts'
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

const faults: readonly (readonly [prefix: string, code: ErrorCode])[] = [
  ['SQLITE_FULL', 'storage.full'],
  ['SQLITE_IOERR', 'storage.io'],
  ['SQLITE_READONLY', 'storage.io'],
  ['SQLITE_CORRUPT', 'storage.io'],
  ['SQLITE_NOTADB', 'storage.io'],
  ['SQLITE_BUSY', 'storage.busy'],
]

/** What the disk did to a change, in the catalogue's words; anything else is passed on as it is. */
export const storageFault = (error: unknown): unknown => {
  if (!(error instanceof Database.SqliteError)) return error
  const found = faults.find(([prefix]) => error.code.startsWith(prefix))
  return found === undefined ? error : new AirlockError(found[1], {}, { cause: error })
}

/** A connection that only reads. The caller closes it. */
export type Reader = { readonly read: ReadHandle; close(): void }

/** One SQLite file. */
export type Store = {
  readonly read: ReadHandle
  /** Runs `work` in BEGIN IMMEDIATE … COMMIT: all of it is on disk when this returns, or none of it is. */
  transact<T>(work: (tx: WriteHandle) => T): T
  /** A second connection that only reads, for long work such as a full verification. The caller closes it. */
  openReader(): Reader
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
  const asked = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw storageFault(error)
    }
  }
  const statements = {
    all: (sql: string, ...parameters: SqlValue[]): unknown[] => asked(() => prepared(sql).all(...parameters)),
    get: (sql: string, ...parameters: SqlValue[]): unknown => asked(() => prepared(sql).get(...parameters)),
    run: (sql: string, ...parameters: SqlValue[]): number => asked(() => prepared(sql).run(...parameters).changes),
  }
  return brand(statements)
}

/** The brand exists for the compiler only. */
function brand(statements: Omit<WriteHandle, typeof access>): WriteHandle
function brand(statements: object): object {
  return statements
}

/** Opens a store to read it as it is: nothing is made, migrated or written. */
export const openReader = (path: string): Reader => {
  const db = new Database(path, { readonly: true, fileMustExist: true })
  return { read: handle(db), close: () => void db.close() }
}

/**
 * Opens or makes a store and brings it to the newest schema. WAL with synchronous=FULL: a commit that returned
 * survives a power cut. Errors: `storage.schema` (made by a newer Airlock), `storage.full`,
 * `storage.io`.
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
    throw storageFault(error)
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
        throw storageFault(error)
      } finally {
        inside = false
      }
    },
    openReader: () => openReader(path),
    close: () => void db.close(),
  }
}
