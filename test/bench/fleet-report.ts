// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openLake, quoted, type Lake } from '../../main/cli/lake/lake.ts'
import { reportPage } from '../../main/cli/report/html/page.ts'
import { readReport } from '../../main/cli/report/report.ts'
import { benchFolder, seconds } from '../support/bench-log.ts'

const rows = Number(process.env['BENCH_ROWS'] ?? 100_000_000)
const archives = 20
const devices = 1000
const boots = 20
const start = Date.parse('2026-01-01T00:00:00Z')
const day = 86_400_000

/** One archive's share: sessions of its fifty devices, and points that belong to them. */
const fill = async (lake: Lake, archive: number): Promise<void> => {
  const device = `'dev-' || (${archive * (devices / archives)} + n % ${devices / archives})`
  const boot = `(n // ${devices / archives}) % ${boots}`
  const session = `${device} || '-' || ${boot}`
  const version = `CASE WHEN ${boot} < ${boots / 2} THEN '2.0.0' ELSE '2.1.0' END`
  const points = rows / archives
  const add = async (table: string, count: number, sql: string): Promise<void> => {
    const folder = `${table}/site=site-${archive % 4}/month=2026-01`
    mkdirSync(join(lake.folder, folder), { recursive: true })
    const path = `${folder}/${archive}.parquet`
    await lake.run(`COPY (${sql}) TO ${quoted(join(lake.folder, path))} (FORMAT parquet, COMPRESSION zstd)`)
    await lake.run(`INSERT INTO file VALUES ('${path}', 'archive-${archive}', '${table}', ${count})`)
  }
  await add(
    'sessions',
    (devices / archives) * boots,
    `SELECT ${session} AS session, ${device} AS device, 'pump' AS model, 'rev-a' AS hardware, ${version} AS firmware,
     NULL::VARCHAR AS build, NULL::VARCHAR AS port, 'cold' AS kind, ${start} + ${boot} * ${day} AS started,
     ${start} + (${boot} + 1) * ${day} AS ended, NULL::VARCHAR AS boot_reason, NULL::VARCHAR AS end_reason
     FROM range(${(devices / archives) * boots}) AS t(n)`,
  )
  await add(
    'points',
    points,
    `SELECT ${session} AS session, ${device} AS device, 'metric_' || (n // ${(devices / archives) * boots}) % 20 AS series,
     '{}' AS labels, 'Cel' AS unit, 'gauge' AS kind, ${start} + ${boot} * ${day} + n % ${day} AS t, NULL::DOUBLE AS t_dev,
     n AS seq, sin(n) * 100 AS value FROM range(${points}) AS t(n)`,
  )
  await lake.run(
    `INSERT INTO archive VALUES ('archive-${archive}', 'station-${archive}', 'site-${archive % 4}', 1, NULL, 'key', 'head', 1, 'policy',
     ${start}, ${start + boots * day}, ${start}, ${start}, NULL, '{}')`,
  )
}

/** The yardstick: the report's heavy aggregates as one query, typed by hand over the same files. */
const bare = (lake: Lake): string => {
  const all = (table: string): string =>
    `read_parquet(${quoted(join(lake.folder, table, '*/*/*.parquet'))}, hive_partitioning = true)`
  const joined = `${all('points')} p JOIN ${all('sessions')} s ON s.site = p.site AND s.session = p.session`
  return `SELECT s.model, s.firmware, p.series, NULL AS site, NULL AS device, count(*)::DOUBLE AS n, avg(p.value) AS mean,
      approx_quantile(p.value, [0.05, 0.25, 0.5, 0.75, 0.95])::DOUBLE[] AS quantiles FROM ${joined} GROUP BY ALL
    UNION ALL SELECT s.model, s.firmware, p.series, p.site, p.device, count(*)::DOUBLE, avg(p.value), NULL
    FROM ${joined} GROUP BY ALL`
}

/** Everything from the lake to the finished page. Asked: at most 1.5 × its bare query. */
export const run = async (): Promise<{
  name: string
  rows: { what: string; value: number | string; unit: string }[]
}> => {
  const folder = benchFolder()
  try {
    const lake = await openLake(folder)
    for (let archive = 0; archive < archives; archive += 1) await fill(lake, archive)
    const queried = await seconds(() => lake.all(z.looseObject({}), bare(lake)))
    let size = 0
    const reported = await seconds(async () => (size = reportPage(await readReport(lake, start + 30 * day)).length))
    lake.close()
    return {
      name: 'fleet-report',
      rows: [
        { what: 'rows of points', value: rows, unit: '' },
        { what: 'bare query', value: Number(queried.toFixed(2)), unit: 's' },
        { what: 'fleet report', value: Number(reported.toFixed(2)), unit: 's' },
        {
          what: 'report against bare query (asked: at most 1.5)',
          value: Number((reported / queried).toFixed(2)),
          unit: '×',
        },
        { what: 'page', value: Math.round(size / 1024), unit: 'KiB' },
        { what: 'memory at most', value: Math.round(process.resourceUsage().maxRSS / 1024), unit: 'MiB' },
      ],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
