// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { z } from 'zod'
import { timeMs } from '../../../shared/formats/scalars.ts'
import type { TableName, TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import type { Lake } from './lake.ts'
import { readFiles, rowIdentity, timeColumn } from './table-sql.ts'

/**
 * Files of the same table and site whose archives cover a part of the same time, and until when they do. A range is
 * half-open; but a sitting that goes on from one range into the next is in both, so that for sessions touching counts.
 */
export const overlapping = async (
  lake: Lake,
  table: TableName,
  { site, range }: TelemetryManifest,
): Promise<Earlier> => {
  const touches = table === 'sessions' ? '<=' : '<'
  const rows = await lake.all(
    z.object({ path: z.string(), until: z.number() }),
    `SELECT file.path, range_to::DOUBLE AS until FROM file JOIN archive ON archive.id = file.archive
     WHERE tbl = $table AND site = $site AND range_from ${touches} $to AND $from ${touches} range_to ORDER BY file.path`,
    { table, site, from: timeMs(range.from), to: timeMs(range.to) },
  )
  return {
    files: rows.map(({ path }) => join(lake.folder, path)),
    until: Math.max(0, ...rows.map(({ until }) => until)),
  }
}

/** Files whose rows may come again, and the end of their time. */
export type Earlier = { readonly files: readonly string[]; readonly until: number }

/** The rows of a source that none of the earlier files has. */
export const withoutKnown = (table: TableName, source: string, earlier: Earlier): string => {
  const time = `"${timeColumn(table)}"`
  const identity = `CASE WHEN ${time} > ${earlier.until} THEN NULL ELSE ${rowIdentity(table)} END AS identity`
  return `(SELECT * FROM (SELECT *, ${identity} FROM ${source}) AS incoming
    WHERE identity IS NULL OR NOT EXISTS (
      SELECT 1 FROM (SELECT ${rowIdentity(table)} AS identity FROM ${readFiles(earlier.files)}) AS known
      WHERE known.identity = incoming.identity))`
}
