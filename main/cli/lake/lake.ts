// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { z } from 'zod'
import { makeFolder, realPath } from '../../station/platform/files.ts'
import { catalogueSql } from './catalogue-sql.ts'

/** What is bound to a statement. */
export type LakeValue = string | number | null

/** A folder of Parquet files with a catalogue; what the catalogue does not name is not there. */
export type Lake = {
  readonly folder: string
  run(sql: string, values?: Record<string, LakeValue>): Promise<void>
  /** All rows, parsed. Whole numbers are cast to DOUBLE in the statement: 64-bit ones come as text otherwise. */
  all<T>(row: z.ZodType<T>, sql: string, values?: Record<string, LakeValue>): Promise<T[]>
  /** Runs `work` in one transaction of the catalogue. */
  transact<T>(work: () => Promise<T>): Promise<T>
  close(): void
}

/** The engine's own limit; sorting and grouping beyond it go to files in the lake's folder. */
const memoryLimit = '512MB'

/**
 * Opens or makes a lake. The engine loads no extension and touches no file outside the folder: Parquet and JSON are
 * built in, and the file names in its statements come from the catalogue and from here.
 */
export const openLake = async (path: string): Promise<Lake> => {
  makeFolder(path)
  // The engine compares real paths with the folder that it may touch.
  const folder = realPath(path)
  const instance = await DuckDBInstance.create(join(folder, 'lake.duckdb'), {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: memoryLimit,
    temp_directory: join(folder, '.spill'),
  })
  const connection = await instance.connect()
  await connection.run(`SET allowed_directories = [${quoted(`${folder}/`)}]`)
  await connection.run('SET enable_external_access = false')
  await connection.run('SET preserve_insertion_order = false')
  await connection.run('SET lock_configuration = true')
  await connection.run(catalogueSql)
  const run = async (sql: string, values: Record<string, LakeValue> = {}): Promise<void> => {
    await connection.run(sql, values)
  }
  return {
    folder,
    run,
    async all(row, sql, values = {}) {
      const reader = await connection.runAndReadAll(sql, values)
      return z.array(row).parse(reader.getRowObjectsJson())
    },
    async transact(work) {
      await run('BEGIN')
      try {
        const result = await work()
        await run('COMMIT')
        return result
      } catch (error) {
        await run('ROLLBACK')
        throw error
      }
    },
    close() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

/** A text as an SQL literal, for the few places that take no parameter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
