// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import type { Span } from './counts.ts'
import { minute } from './write-points.ts'

/** Windows with fewer points than this are drawn from the points themselves. */
const rawLimit = 50_000
/** A screen shows no more than this. */
const maxBuckets = 2000

/** One drawn step: never the mean alone, which hides a spike of one sample. `t` is its beginning, ms UTC. */
export type ChartRow = {
  readonly t: number
  readonly n: number
  readonly min: number
  readonly mean: number
  readonly max: number
}

/** Rows in order of time, empty steps left out. */
export type Chart = { readonly source: 'raw' | 'rollup_1m'; readonly width: number; readonly rows: readonly ChartRow[] }

const chartRows = z.array(
  z.object({ t: z.number(), n: z.number(), min: z.number(), mean: z.number(), max: z.number() }),
)
const countRow = z.object({ n: z.number() })

const ask = 'WITH a (start, stop, width, series) AS (SELECT ?, ?, ?, ?)'
const rawChart = `${ask}
SELECT a.start + (t_host - a.start) / a.width * a.width AS t, count(*) AS n, min(value) AS min, avg(value) AS mean, max(value) AS max
FROM a JOIN point AS p WHERE p.series = a.series AND t_host >= a.start AND t_host < a.stop GROUP BY 1 ORDER BY 1`
const rollupChart = `${ask}
SELECT a.start + (bucket - a.start) / a.width * a.width AS t, sum(n) AS n, min(min) AS min, sum(sum) / sum(n) AS mean, max(max) AS max
FROM a JOIN rollup_1m AS p WHERE p.series = a.series AND bucket >= a.start AND bucket < a.stop GROUP BY 1 ORDER BY 1`
const fewer = `SELECT count(*) AS n FROM (SELECT 1 FROM point WHERE series = ? AND t_host >= ? AND t_host < ? LIMIT ${rawLimit})`

/** A series over a span in at most `buckets` steps; from the minutes, the span is widened to whole ones. */
export const drawChart = (read: ReadHandle, asked: Span & { series: number; buckets: number }): Chart => {
  const { series, from, to } = asked
  const buckets = Math.max(1, Math.min(asked.buckets, maxBuckets))
  const raw = countRow.parse(read.get(fewer, series, from, to)).n < rawLimit
  const start = raw ? from : Math.floor(from / minute) * minute
  const step = raw ? 1 : minute
  const width = Math.max(step, Math.ceil((to - start) / buckets / step) * step)
  // Bound as bigint: SQLite divides whole numbers only where both are.
  const span = [start, to, width, series].map(BigInt)
  const rows = chartRows.parse(read.all(raw ? rawChart : rollupChart, ...span))
  return { source: raw ? 'raw' : 'rollup_1m', width, rows }
}
