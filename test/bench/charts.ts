// SPDX-License-Identifier: Apache-2.0
/**
 * One series of millions of points, ten a second: the full range, a zoom and the newest window, each at 2000 steps.
 * Yardstick: the same chart by a full GROUP BY over the raw rows.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { telemetryMigrations } from '../../main/station/store/migrations/telemetry.ts'
import { openStore } from '../../main/station/store/open.ts'
import { drawChart } from '../../main/station/telemetry/chart.ts'
import { countRecords } from '../../main/station/telemetry/counts.ts'

type Row = { what: string; value: number; unit: string }

const start = 1_780_000_020_000
const every = 100

/** Best of five, ms. */
const best = (work: () => unknown): number =>
  Math.min(
    ...Array.from({ length: 5 }, () => {
      const before = process.hrtime.bigint()
      work()
      return Number(process.hrtime.bigint() - before) / 1e6
    }),
  )

/** Times of the charts and the ratio of the raw chart to the rolled-up one. */
export const run = async (points = 10_000_000): Promise<{ name: string; rows: Row[] }> => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-bench-'))
  const store = openStore(join(folder, 'telemetry.db'), telemetryMigrations)
  try {
    store.transact((tx) => {
      tx.run(`INSERT INTO series (id, device, name, labels, kind, unit) VALUES (1, 'd', 'a', '{}', 'gauge', '')`)
      tx.run(
        `INSERT INTO point WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
SELECT 1, ? + i * ?, i, 1, i * 100, abs(random() % 1000) / 10.0 FROM n`,
        points,
        start,
        every,
      )
      tx.run(`INSERT INTO rollup_1m SELECT series, t_host - t_host % 60000, session, count(*), min(value), max(value),
sum(value), 0, 0, 0 FROM point GROUP BY 1, 2, 3`)
    })
    const end = start + points * every
    const chart = (from: number, to: number) => drawChart(store.read, { series: 1, from, to, buckets: 2000 })
    const width = BigInt(Math.ceil((end - start) / 2000))
    const raw = () =>
      store.read.all(
        `SELECT (t_host - ?) / ? AS t, count(*), min(value), avg(value), max(value) FROM point WHERE series = 1 GROUP BY 1`,
        BigInt(start),
        width,
      )
    const full = best(() => chart(start, end))
    const bare = best(raw)
    return {
      name: 'charts',
      rows: [
        { what: 'points', value: points, unit: '' },
        { what: 'full range (asked: under 100)', value: full, unit: 'ms' },
        { what: 'a tenth', value: best(() => chart(start, start + (end - start) / 10)), unit: 'ms' },
        { what: 'newest hour (asked: under 20)', value: best(() => chart(end - 3_600_000, end)), unit: 'ms' },
        {
          what: 'counts of everything',
          value: best(() => countRecords(store.read, { from: start, to: end })),
          unit: 'ms',
        },
        { what: 'full GROUP BY over raw rows', value: bare, unit: 'ms' },
        { what: 'times faster than raw (asked: 30)', value: bare / full, unit: '' },
      ],
    }
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) console.table((await run(Number(process.argv[2] ?? 10_000_000))).rows)
