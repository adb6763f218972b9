// SPDX-License-Identifier: Apache-2.0
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import type { ArchivePayload, TableName, TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { fault } from '../../station/bundles/answer.ts'
import type { Fault } from '../../station/trust/standing.ts'
import { factsOf, listFolder, makeFolder, remove } from '../../station/platform/files.ts'
import { quoted, type Lake } from './lake.ts'
import { overlapping, withoutKnown } from './overlap.ts'
import { judgeSample } from './sample.ts'
import { columnsOf, readClear, timeColumn } from './table-sql.ts'

/** A Parquet file that waits for its place: `to` is below the lake's folder, with `/` between its parts. */
export type StagedFile = {
  readonly table: TableName
  readonly from: string
  readonly to: string
  readonly rows: number
}

/** The files, or why there are none; `cause` is what the engine said, for the log of this machine. */
export type Staged =
  | { readonly ok: true; readonly files: StagedFile[] }
  | ({ readonly ok: false; readonly cause?: unknown } & Fault)

const count = z.object({ count: z.number() })

/**
 * Writes the rows of a clear table as Parquet files, one a month, into the folder `staging`. Rows that an overlapping
 * archive of the site has brought already are left out. `archive.rows`: a row is not the table's, or has a field that
 * it does not know; `archive.count`: the engine reads another number of rows than the manifest says.
 */
export const stageTable = async (
  lake: Lake,
  archive: { id: string; manifest: TelemetryManifest },
  payload: ArchivePayload,
  clear: string,
  staging: string,
): Promise<Staged> => {
  if (payload.records === 0) return { ok: true, files: [] }
  const { table } = payload
  const strange = judgeSample(table, clear)
  if (strange !== undefined) return { ok: false, ...strange }
  const earlier = await overlapping(lake, table, archive.manifest)
  const folder = join(staging, table)
  const source = readClear(table, clear)
  const rows = earlier.files.length === 0 ? source : withoutKnown(table, source, earlier)
  let files: StagedFile[]
  try {
    files = await copyRows(lake, archive, table, rows, folder)
  } catch (error) {
    // Rows that can be read were not the reason: then it is the disk, and no verdict on the file.
    const cause = await readFault(lake, source)
    if (cause === undefined) throw new AirlockError('storage.io', {}, { cause: error })
    return { ok: false, ...fault('archive.rows', table), cause }
  }
  const total = files.reduce((sum, file) => sum + file.rows, 0)
  const right = earlier.files.length === 0 ? total === payload.records : total <= payload.records
  return right ? { ok: true, files } : { ok: false, ...fault('archive.count', `${table}: ${total}`) }
}

/**
 * Parquet files `site=…/month=…/….parquet`. Sorting rows by month costs the engine as much again as writing them: an
 * archive of one month is written as it is, and only sorted when some of its rows turn out to be of another one.
 */
const copyRows = async (
  lake: Lake,
  { id, manifest }: { id: string; manifest: TelemetryManifest },
  table: TableName,
  rows: string,
  folder: string,
): Promise<StagedFile[]> => {
  const columns = columnsOf(table)
    .map(([name]) => `"${name}"`)
    .join(', ')
  const { site, range } = manifest
  const own = range.from.slice(0, 7)
  if (own === range.to.slice(0, 7)) {
    makeFolder(folder)
    const from = join(folder, 'all.parquet')
    await lake.run(`COPY (SELECT ${columns} FROM ${rows}) TO ${quoted(from)} (FORMAT parquet, COMPRESSION zstd)`)
    const [facts] = await lake.all(written, writtenSql(table, range.from, from))
    if (facts?.first === own && facts.last === own) {
      return [{ table, from, to: `${table}/site=${site}/month=${own}/${id}.parquet`, rows: facts.count }]
    }
    remove(folder)
  }
  makeFolder(dirname(folder))
  await lake.run(
    `COPY (SELECT ${columns}, ${quoted(site)} AS site, ${monthOf(timeColumn(table), range.from)} AS month FROM ${rows})
     TO ${quoted(folder)} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (site, month), FILENAME_PATTERN 'part-')`,
  )
  return stagedFiles(lake, table, id, folder)
}

const written = z.object({ count: z.number(), first: z.string(), last: z.string() })
const writtenSql = (table: TableName, from: string, path: string): string => {
  const time = timeColumn(table)
  return `SELECT count(*)::DOUBLE AS count, ${monthOf(`min(${time})`, from)} AS "first",
    ${monthOf(`max(${time})`, from)} AS "last" FROM read_parquet(${quoted(path)})`
}

/** A row without a time, or with one that is none, belongs to the month in which the archive begins. */
const monthOf = (time: string, from: string): string =>
  `strftime(make_timestamp_ms(CASE WHEN ${time} BETWEEN 0 AND ${latestTime} THEN ${time} ELSE ${timeMs(from)} END), '%Y-%m')`

/** 9999-12-31T23:59:59.999Z, milliseconds UTC. */
const latestTime = 253_402_300_799_999

/** What the engine says of a source when it reads every field of every row; undefined: nothing. */
const readFault = async (lake: Lake, source: string): Promise<unknown> => {
  try {
    await lake.run(`SELECT bit_xor(hash(row)) FROM ${source} AS row`)
    return undefined
  } catch (error) {
    return error
  }
}

/** The engine's files below `folder/site=…/month=…/`, with the names that they get in the lake. */
const stagedFiles = async (lake: Lake, table: TableName, id: string, folder: string): Promise<StagedFile[]> => {
  const files: StagedFile[] = []
  if (factsOf(folder) === undefined) return files
  for (const site of listFolder(folder)) {
    for (const month of listFolder(join(folder, site))) {
      for (const [index, name] of listFolder(join(folder, site, month)).entries()) {
        const from = join(folder, site, month, name)
        const [facts] = await lake.all(
          count,
          `SELECT num_rows::DOUBLE AS count FROM parquet_file_metadata(${quoted(from)})`,
        )
        const target = `${table}/${site}/${month}/${id}${index === 0 ? '' : `.${index}`}.parquet`
        files.push({ table, from, to: target, rows: facts?.count ?? 0 })
      }
    }
  }
  return files
}
