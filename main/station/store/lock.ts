// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { AirlockError } from '../../../shared/errors.ts'
import { storageFault } from './open.ts'

/**
 * Holds a data folder for this process. The lock is SQLite's own file lock: the system lets go of it when the process
 * ends, however it ends. Errors: `station.already-running`, `storage.full`, `storage.io`.
 */
export const holdFolder = (path: string): { release(): void } => {
  const db = new Database(path, { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    // A full disk holds no lock either: only a lock that somebody else has says that a station runs.
    const held = cause instanceof Database.SqliteError && cause.code.startsWith('SQLITE_BUSY')
    throw held ? new AirlockError('station.already-running', {}, { cause }) : storageFault(cause)
  }
  return { release: () => void db.close() }
}
