// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import { readable, type TailLine } from './recent-lines.ts'

const tailRow = z.object({
  t: z.number(),
  seq: z.number(),
  session: z.string(),
  device: z.string(),
  severity: z.number().nullable(),
  code: z.string().nullable(),
  text: z.string(),
})

/** A line as it came. `severity` and `code` are null where nobody understood it. */
export type TailRow = z.infer<typeof tailRow>

const newest = (table: string, columns: string): string =>
  `SELECT * FROM (SELECT t_host AS t, seq, session, ${columns} FROM ${table} ORDER BY t_host DESC, seq DESC, session DESC LIMIT ?)`

/** The newest `limit` log lines of the station, understood or not, oldest first. */
export const readTail = (read: ReadHandle, limit: number): TailRow[] =>
  z
    .array(tailRow)
    .parse(
      read.all(
        `SELECT t, seq, session.uuid AS session, device, severity, code, text FROM (
${newest('event', 'severity, code, line AS text')}
UNION ALL ${newest('line', 'NULL AS severity, NULL AS code, text')}) AS row
JOIN session ON session.id = row.session ORDER BY t DESC, seq DESC, row.session DESC LIMIT ?`,
        limit,
        limit,
        limit,
      ),
    )
    .reverse()

/** Rows that are looked through for one device: among 64 busy ports, some minutes; it bounds how long the loop is held. */
const rowsSearched = 20_000

const deviceRow = tailRow.pick({ t: true, severity: true, text: true })

const lastRow = z.object({ last: z.number().nullable() })

const ofDevice = (table: string, columns: string): string =>
  `SELECT t, seq, ${columns} FROM (SELECT *, t_host AS t, session AS at FROM ${table}
WHERE t_host <= ? ORDER BY t_host DESC LIMIT ${rowsSearched}) JOIN session ON session.id = at WHERE device = ?`

/**
 * The newest `limit` log lines of a device from before `before` (ms UTC), oldest first, made readable. None of a device
 * that has spoken so seldom that others have said 20 000 lines since its last but one.
 */
export const readDeviceTail = (
  read: ReadHandle,
  { device, before, limit }: { device: string; before: number; limit: number },
): TailLine[] => {
  const heard = lastRow.parse(read.get('SELECT max(last_heard) AS last FROM session WHERE device = ?', device)).last
  if (heard === null) return []
  const last = Math.min(heard, before - 1)
  const sql = `${ofDevice('event', 'severity, line AS text')} UNION ALL ${ofDevice('line', 'NULL AS severity, text')}
ORDER BY t DESC, seq DESC LIMIT ?`
  return z
    .array(deviceRow)
    .parse(read.all(sql, last, device, last, device, limit))
    .map((row) => ({ ...row, text: readable(row.text) }))
    .reverse()
}
