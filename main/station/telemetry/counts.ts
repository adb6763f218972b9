// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import { minute } from './write-points.ts'

/** A time span, ms UTC: `from` is in it, `to` is not. */
export type Span = { readonly from: number; readonly to: number }

/** How much was recorded. A session counts where it overlaps the span. */
export type Counts = {
  readonly points: number
  readonly events: number
  readonly sessions: number
  readonly crashes: number
  readonly lines: number
}

const row = z.object({ n: z.number() })

/** Records in a span. Whole minutes of points are counted from the rollup, so that it is quick on millions. */
export const countRecords = (read: ReadHandle, { from, to }: Span): Counts => {
  const count = (sql: string, ...span: number[]): number => row.parse(read.get(sql, ...span)).n
  const first = Math.min(Math.ceil(from / minute) * minute, to)
  const last = Math.max(Math.floor(to / minute) * minute, first)
  // CROSS JOIN: series first, then a range of each; the other way round reads every point.
  const raw = `SELECT count(*) AS n FROM series CROSS JOIN point ON series = id AND t_host >= ? AND t_host < ?`
  const rolled = `SELECT coalesce(sum(n), 0) AS n FROM series CROSS JOIN rollup_1m ON series = id AND bucket >= ? AND bucket < ?`
  const inSpan = (table: string): number =>
    count(`SELECT count(*) AS n FROM ${table} WHERE t_host >= ? AND t_host < ?`, from, to)
  return {
    points: count(raw, from, first) + count(rolled, first, last) + count(raw, last, to),
    events: inSpan('event'),
    sessions: count(
      `SELECT count(*) AS n FROM session WHERE started < ? AND coalesce(ended, last_heard) >= ?`,
      to,
      from,
    ),
    crashes: inSpan('crash'),
    lines: inSpan('line'),
  }
}
