// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { readPolicy } from '../../main/cli/bundle/context.ts'
import { importArchives } from '../../main/cli/lake/import-archives.ts'
import { openLake } from '../../main/cli/lake/lake.ts'
import { columnsOf, readClear } from '../../main/cli/lake/table-sql.ts'
import { piecesOf } from '../../main/station/exports/archive/clear-table.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { canonicalize } from '../../shared/formats/canonical-json.ts'
import { makeRecipient, makeStation, writeTrust } from '../support/archive.ts'
import { benchFolder, seconds } from '../support/bench-log.ts'

const archives = Number(process.env['BENCH_ARCHIVES'] ?? 100)
const rowsEach = Number(process.env['BENCH_ROWS'] ?? 100_000)
const batch = 10
const day = 86_400_000
const start = Date.parse('2026-01-01T00:00:00Z')

/** Points of one day from twenty devices with fifty series: what a site sends. */
const tableOf = (archive: number) => {
  const lines: string[] = []
  for (let n = 0; n < rowsEach; n += 1) {
    const row = {
      device: `device-${n % 20}`,
      kind: 'gauge',
      labels: '{}',
      seq: n,
      series: `metric_${n % 50}`,
      session: `session-${archive}-${n % 20}`,
      t: start + archive * day + Math.floor((n / rowsEach) * (day - 1)),
      unit: 'Cel',
      value: Math.round(Math.sin(n * 0.01) * 10_000 + (n % 977)) / 100,
    }
    lines.push(`${canonicalize(row)}\n`)
  }
  return { path: 'points.ndjson', records: rowsEach, bytes: Buffer.from(lines.join('')) }
}

const timeOf = (archive: number): string => new Date(start + archive * day).toISOString().replace('.000Z', 'Z')

/** Verify, decrypt, compare and load, against DuckDB's own COPY of the same clear rows to Parquet. Asked: at least 0.8. */
export const run = async (): Promise<{
  name: string
  rows: { what: string; value: number | string; unit: string }[]
}> => {
  const folder = benchFolder()
  try {
    const recipient = await makeRecipient()
    const { policy } = writeTrust(folder, recipient)
    const station = makeStation(recipient.recipient)
    mkdirSync(join(folder, 'clear'))
    const files: string[] = []
    let sent = 0
    for (let archive = 0; archive < archives; archive += 1) {
      const table = tableOf(archive)
      const file = join(folder, `${archive}.airtlm`)
      await station.write(file, [table], { range: { from: timeOf(archive), to: timeOf(archive + 1) } })
      writeFileSync(join(folder, 'clear', `${archive}.ndjson`), Buffer.concat([...piecesOf(table)]))
      files.push(file)
      sent += statSync(file).size
    }
    const total = archives * rowsEach
    const lake = await openLake(join(folder, 'lake'))
    const rules = { policy: readPolicy(policy), sanitization: [], now: Date.parse('2026-06-01T12:00:00Z') }
    const context = { lake, rules, identities: [recipient.identity], gapReason: null, log: silentLog }
    let [copied, taken, loaded] = [0, 0, 0]
    // In turns, so that both meet the same machine.
    for (let from = 0; from < archives; from += batch) {
      copied += await seconds(() => copyAll(folder, from))
      taken += await seconds(async () => {
        const results = await importArchives(files.slice(from, from + batch), context)
        loaded += results.reduce((sum, { rows }) => sum + rows, 0)
      })
    }
    const again = await seconds(() => importArchives(files, context))
    lake.close()
    if (loaded !== total) throw new Error(`${loaded} rows of ${total} were loaded`)
    return {
      name: 'archive-import',
      rows: [
        { what: 'archives', value: archives, unit: '' },
        { what: 'rows', value: total, unit: '' },
        { what: 'archives’ size', value: Math.round(sent / 1024 ** 2), unit: 'MiB' },
        { what: 'DuckDB COPY of the clear rows', value: Math.round(total / copied), unit: 'rows/s' },
        { what: 'archive import', value: Math.round(total / taken), unit: 'rows/s' },
        { what: 'import against COPY (asked: at least 0.8)', value: Number((copied / taken).toFixed(2)), unit: '×' },
        { what: 'importing again, each (asked: under 1)', value: Number((again / archives).toFixed(3)), unit: 's' },
        {
          what: 'memory at most (asked: under 1024)',
          value: Math.round(process.resourceUsage().maxRSS / 1024),
          unit: 'MiB',
        },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The yardstick: the same clear files, the same columns, the same Parquet settings, nothing else. */
const copyAll = async (folder: string, first: number): Promise<void> => {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '512MB' })
  const connection = await instance.connect()
  const columns = columnsOf('points').map(([name]) => `"${name}"`)
  for (let archive = first; archive < Math.min(first + batch, archives); archive += 1) {
    const from = readClear('points', join(folder, 'clear', `${archive}.ndjson`))
    const to = join(folder, `${archive}.parquet`)
    await connection.run(
      `COPY (SELECT ${columns.join(', ')} FROM ${from}) TO '${to}' (FORMAT parquet, COMPRESSION zstd)`,
    )
  }
  connection.closeSync()
  instance.closeSync()
}
