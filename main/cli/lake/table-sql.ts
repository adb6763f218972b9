// SPDX-License-Identifier: Apache-2.0
import { tableColumns, type ColumnType } from '../../../shared/formats/telemetry-rows.ts'
import type { TableName } from '../../../shared/formats/telemetry-archive.ts'
import { quoted } from './lake.ts'

const sqlTypes = { text: 'VARCHAR', whole: 'BIGINT', number: 'DOUBLE' } as const satisfies Record<ColumnType, string>

/** Columns of a table with their SQL types, in the order of the format. */
export const columnsOf = (table: TableName): (readonly [string, string])[] =>
  Object.entries(tableColumns[table]).map(([name, type]) => [name, sqlTypes[type]] as const)

/** A table without rows, with the table's columns. */
export const emptyTable = (table: TableName): string =>
  `SELECT ${[...columnsOf(table), ['site', 'VARCHAR'], ['month', 'VARCHAR']]
    .map(([name, type]) => `NULL::${type} AS "${name}"`)
    .join(', ')} WHERE false`

/** Rows of a clear NDJSON file. A field of another type than the table's stops the statement. */
export const readClear = (table: TableName, path: string): string => {
  const columns = columnsOf(table).map(([name, type]) => `"${name}": '${type}'`)
  return `read_json(${quoted(path)}, format = 'newline_delimited', columns = {${columns.join(', ')}})`
}

/** Rows of Parquet files that are in the lake. */
export const readFiles = (paths: readonly string[]): string =>
  `read_parquet([${paths.map(quoted).join(', ')}], hive_partitioning = true, hive_types = {'site': VARCHAR, 'month': VARCHAR})`

/** When a row happened, milliseconds UTC. */
export const timeColumn = (table: TableName): string => (table === 'sessions' ? 'started' : 't')

const identities = {
  points: ['device', 'session', 'series', 'labels', 'seq'],
  events: ['device', 'session', 'seq'],
  crashes: ['device', 'session', 'seq'],
  sessions: ['device', 'session', 'ended'],
  deploys: ['device', 'job'],
  receipts: ['id'],
} as const satisfies Record<TableName, readonly string[]>

/** What an identity cannot do without: where a policy dropped it, the whole row is compared. */
const essential = {
  points: ['session', 'seq'],
  events: ['session', 'seq'],
  crashes: ['session', 'seq'],
  sessions: ['session'],
  deploys: ['job'],
  receipts: ['id'],
} as const satisfies Record<TableName, readonly string[]>

const joined = (names: readonly string[]): string =>
  `concat_ws(chr(31), ${names.map((name) => `coalesce("${name}"::VARCHAR, chr(30))`).join(', ')})`

/** An SQL text that is equal for two rows of one site that are the same record; null: never the same. */
export const rowIdentity = (table: TableName): string => {
  const there = essential[table].map((name) => `"${name}" IS NOT NULL`).join(' AND ')
  const all = columnsOf(table).map(([name]) => name)
  return `CASE WHEN ${there} THEN ${joined(identities[table])} WHEN "${timeColumn(table)}" IS NOT NULL THEN ${joined(all)} END`
}
