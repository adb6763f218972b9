// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle, SqlValue } from '../store/open.ts'
import type { Span } from './counts.ts'

/** A record as the station holds it, flat, before anything is removed. Field names are those of docs/formats/telemetry.md. */
export type RawRecord = {
  readonly table: 'sessions' | 'points' | 'events' | 'crashes' | 'deploys'
  readonly fields: Readonly<Record<string, string | number | null>>
}

/** Rows read at once: bounds the memory and the time that the event loop is held. */
const page = 5000

const fields = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))
const cursor = z.object({ t: z.number(), sid: z.number(), seq: z.number() })
const seriesRow = z.object({
  id: z.number(),
  device: z.string(),
  name: z.string(),
  labels: z.string(),
  unit: z.string(),
  kind: z.string(),
})

/**
 * Everything of a span, in an order that depends on what is stored only: sessions by start, points by series and time,
 * events and crashes by time. Lines that nobody understood stay on site. Flush before, and ask for what is past: then
 * the same span gives the same records.
 */
export function* readRecords(read: ReadHandle, span: Span): Generator<RawRecord> {
  yield* sessions(read, span)
  yield* points(read, span)
  for (const record of paged(read, events, span)) yield { table: 'events', fields: record }
  for (const record of paged(read, crashes, span)) yield { table: 'crashes', fields: record }
}

function* sessions(read: ReadHandle, { from, to }: Span): Generator<RawRecord> {
  const rows = read.all(
    `SELECT session.uuid AS session, device, model, hardware, firmware, build, port, kind, started, ended, boot_reason,
session.end_reason AS end_reason FROM session JOIN capture ON capture.id = session.capture
WHERE started < ? AND coalesce(ended, last_heard) >= ? ORDER BY started, session.id`,
    to,
    from,
  )
  for (const row of rows) yield { table: 'sessions', fields: fields.parse(row) }
}

const pointPage = `SELECT session.uuid AS session, t_host AS t, t_dev, seq, value, session.id AS sid
FROM point JOIN session ON session.id = point.session
WHERE series = ? AND (t_host, seq, point.session) > (?, ?, ?) AND t_host < ? ORDER BY t_host, seq, point.session LIMIT ?`

function* points(read: ReadHandle, span: Span): Generator<RawRecord> {
  const all = z.array(seriesRow).parse(read.all('SELECT * FROM series ORDER BY device, name, labels'))
  for (const { id, device, name, labels, unit, kind } of all) {
    for (const point of paged(read, pointPage, span, id)) {
      const { session = null, t = null, t_dev = null, seq = null, value = null } = point
      yield { table: 'points', fields: { session, device, series: name, labels, unit, kind, t, t_dev, seq, value } }
    }
  }
}

const events = `SELECT session.uuid AS session, device, t_host AS t, seq, severity, code, template.text AS template,
arguments, line, session.id AS sid FROM event JOIN session ON session.id = event.session
JOIN template ON template.id = event.template
WHERE (t_host, seq, event.session) > (?, ?, ?) AND t_host < ? ORDER BY t_host, seq, event.session LIMIT ?`

const crashes = `SELECT session.uuid AS session, device, t_host AS t, seq, crash.kind AS kind, reason, fingerprint,
session.id AS sid FROM crash JOIN session ON session.id = crash.session
WHERE (t_host, seq, crash.session) > (?, ?, ?) AND t_host < ? ORDER BY t_host, seq, crash.session LIMIT ?`

/** Pages by key, so that no page costs more than the one before. `sid` is for the key only. */
function* paged(
  read: ReadHandle,
  sql: string,
  { from, to }: Span,
  ...before: SqlValue[]
): Generator<Record<string, string | number | null>> {
  let after = { t: from, seq: -1, sid: -1 }
  for (;;) {
    const rows = read.all(sql, ...before, after.t, after.seq, after.sid, to, page)
    for (const row of rows) {
      const { sid: _sid, ...record } = fields.parse(row)
      yield record
    }
    if (rows.length < page) return
    after = cursor.parse(rows.at(-1))
  }
}
