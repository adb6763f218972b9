// SPDX-License-Identifier: Apache-2.0
import type { TableName } from '../../../shared/formats/telemetry-archive.ts'
import { rowSchema } from '../../../shared/formats/telemetry-rows.ts'
import { fault } from '../../station/bundles/answer.ts'
import { openReader } from '../../station/platform/files.ts'
import type { Fault } from '../../station/trust/standing.ts'

/** Bytes at the beginning of a table whose rows are judged one by one, some thousand rows. */
const sampleBytes = 524_288

/**
 * Judges the first rows of a clear table by the table's schema: `archive.rows` for one that has a field which the table
 * does not know. The engine, which reads them all, judges types, but loads the table's fields only and passes others over.
 */
export const judgeSample = (table: TableName, path: string): Fault | undefined => {
  const row = rowSchema(table)
  const file = openReader(path)
  try {
    const lines = Buffer.from(file.read(0, sampleBytes)).toString().split('\n')
    // The last piece is empty, or cut in the middle.
    const wrong = lines.slice(0, -1).findIndex((line) => !row.safeParse(parse(line)).success)
    return wrong < 0 ? undefined : fault('archive.rows', `${table}, line ${wrong + 1}`)
  } finally {
    file.close()
  }
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
