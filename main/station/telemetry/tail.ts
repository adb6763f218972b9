// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'

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
