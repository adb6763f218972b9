// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { AirlockError } from '../../../shared/errors.ts'

/**
 * Holds a data folder for this process. The lock is SQLite's own file lock: the system lets go of it when the process
 * ends, however it ends. Errors: `station.already-running`.
 */
export const holdFolder = (path: string): { release(): void } => {
  const db = new Database(path, { timeout: 0 })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    db.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    throw new AirlockError('station.already-running', {}, { cause })
  }
  return { release: () => void db.close() }
}
