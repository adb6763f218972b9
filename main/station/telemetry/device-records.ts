// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import type { Span } from './counts.ts'
import { minute } from './write-points.ts'

/** What was collected of a device: points, events, crashes. Times are ms UTC. */
export type Collected = { readonly records: number; readonly since: number; readonly until: number }

const countRow = z.object({ n: z.number() })
const spanRow = z.object({ since: z.number().nullable(), until: z.number().nullable() })

/** What there is of a device in a span; whole minutes are read off their counts. CROSS JOIN keeps the order of the loops. */
export const countOfDevice = (read: ReadHandle, device: string, { from, to }: Span): number => {
  const count = (sql: string, ...values: (number | string)[]): number => countRow.parse(read.get(sql, ...values)).n
  const first = Math.min(Math.ceil(from / minute) * minute, to)
  const last = Math.max(Math.floor(to / minute) * minute, first)
  const counted = `SELECT coalesce(sum(n), 0) AS n FROM session CROSS JOIN record_1m
ON record_1m.session = session.id AND bucket >= ? AND bucket < ? WHERE device = ?`
  const points = `SELECT count(*) AS n FROM series CROSS JOIN point ON series = series.id AND t_host >= ? AND t_host < ?
CROSS JOIN session ON session.id = point.session WHERE session.device = ?`
  const rows = (table: string): string =>
    `SELECT count(*) AS n FROM ${table} CROSS JOIN session ON session.id = ${table}.session
WHERE t_host >= ? AND t_host < ? AND device = ?`
  const raw = (a: number, b: number): number =>
    a === b ? 0 : [points, rows('event'), rows('crash')].reduce((sum, sql) => sum + count(sql, a, b, device), 0)
  return raw(from, first) + count(counted, first, last, device) + raw(last, to)
}

/** All that was collected of a device so far; undefined where it has never been heard. */
export const collectedOf = (read: ReadHandle, device: string): Collected | undefined => {
  const sql = 'SELECT min(started) AS since, max(last_heard) AS until FROM session WHERE device = ?'
  const { since, until } = spanRow.parse(read.get(sql, device))
  if (since === null || until === null) return undefined
  // Beyond the last word there is nothing: to the end of its minute, so that no row is counted one by one.
  const to = until - (until % minute) + minute
  return { records: countOfDevice(read, device, { from: 0, to }), since, until }
}

/** Whether a device was heard in a span. */
export const wasHeard = (read: ReadHandle, device: string, { from, to }: Span): boolean =>
  read.get(
    'SELECT 1 FROM session WHERE device = ? AND started < ? AND coalesce(ended, last_heard) >= ? LIMIT 1',
    device,
    to,
    from,
  ) !== undefined
