// SPDX-License-Identifier: Apache-2.0
import type { WriteHandle } from '../store/open.ts'
import type { SeriesRef } from './known-series.ts'

/** A point with its series found. */
export type PointRow = {
  readonly series: SeriesRef
  readonly t: number
  readonly seq: number
  readonly session: number
  readonly tDev: number | null
  readonly value: number
}

/** Width of a rollup's bucket, ms. */
export const minute = 60_000

const insertPoint = 'INSERT INTO point (series, t_host, seq, session, t_dev, value) VALUES (?, ?, ?, ?, ?, ?)'

/** The last parameter is 1 for a counter: a value below the last one of the bucket is one more reset. */
const upsertRollup = `INSERT INTO rollup_1m (series, bucket, session, n, min, max, sum, first, last, resets)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET n = n + excluded.n, min = min(min, excluded.min), max = max(max, excluded.max),
  sum = sum + excluded.sum, last = excluded.last,
  resets = resets + excluded.resets + (? AND excluded.first < last)`

/**
 * Stores points and their minutes. Sorted by the key first: the tree of the table is then walked once instead of
 * once a point.
 */
export const writePoints = (tx: WriteHandle, rows: PointRow[]): void => {
  rows.sort((a, b) => a.series.id - b.series.id || a.t - b.t || a.seq - b.seq)
  let run: Rollup | undefined
  for (const row of rows) {
    tx.run(insertPoint, row.series.id, row.t, row.seq, row.session, row.tDev, row.value)
    const bucket = row.t - (row.t % minute)
    if (run?.series === row.series && run.bucket === bucket && run.session === row.session) {
      add(run, row.value)
    } else {
      if (run !== undefined) writeRollup(tx, run)
      run = start(row, bucket)
    }
  }
  if (run !== undefined) writeRollup(tx, run)
}

type Rollup = {
  readonly series: SeriesRef
  readonly bucket: number
  readonly session: number
  readonly first: number
  n: number
  min: number
  max: number
  sum: number
  last: number
  resets: number
}

const start = ({ series, session, value }: PointRow, bucket: number): Rollup => ({
  series,
  bucket,
  session,
  first: value,
  n: 1,
  min: value,
  max: value,
  sum: value,
  last: value,
  resets: 0,
})

const add = (run: Rollup, value: number): void => {
  run.n += 1
  run.sum += value
  if (value < run.min) run.min = value
  if (value > run.max) run.max = value
  if (value < run.last && run.series.kind === 'counter') run.resets += 1
  run.last = value
}

const writeRollup = (tx: WriteHandle, run: Rollup): void => {
  const { series, bucket, session, n, min, max, sum, first, last, resets } = run
  const counter = series.kind === 'counter' ? 1 : 0
  tx.run(upsertRollup, series.id, bucket, session, n, min, max, sum, first, last, resets, counter)
}
