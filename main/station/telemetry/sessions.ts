// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import type { Span } from './counts.ts'
import { seriesKinds, sessionKinds } from './reading.ts'

const sessionRow = z.object({
  id: z.string(),
  device: z.string(),
  serial: z.string().nullable(),
  model: z.string().nullable(),
  hardware: z.string().nullable(),
  firmware: z.string().nullable(),
  build: z.string().nullable(),
  port: z.string(),
  kind: z.enum(sessionKinds),
  bootReason: z.string(),
  boots: z.number().nullable(),
  started: z.number(),
  lastHeard: z.number(),
  ended: z.number().nullable(),
  endReason: z.string().nullable(),
  errorEvents: z.number(),
  crashes: z.number(),
})

/** One boot seen on one port by one capture. `errorEvents` have a severity from 17. Times are ms UTC. */
export type SessionRow = z.infer<typeof sessionRow>

/** Sessions that overlap the span, oldest first; of one device where it is named. */
export const listSessions = (read: ReadHandle, { from, to, device }: Span & { device?: string }): SessionRow[] =>
  z.array(sessionRow).parse(
    read.all(
      `SELECT session.uuid AS id, device, serial, model, hardware, firmware, build, port, kind, boot_reason AS bootReason,
boots, started, last_heard AS lastHeard, ended, session.end_reason AS endReason,
(SELECT count(*) FROM event WHERE event.session = session.id AND severity >= 17) AS errorEvents,
(SELECT count(*) FROM crash WHERE crash.session = session.id) AS crashes
FROM session JOIN capture ON capture.id = session.capture
WHERE started < ? AND coalesce(ended, last_heard) >= ? AND device = coalesce(?, device)
ORDER BY started, session.id`,
      to,
      from,
      device ?? null,
    ),
  )

const seriesRow = z.object({
  id: z.number(),
  name: z.string(),
  labels: z.string(),
  kind: z.enum(seriesKinds),
  unit: z.string(),
})

/** A series of a device; `id` is what `chart` takes, and good on this station only. */
export type SeriesRow = z.infer<typeof seriesRow>

/** What a device has measured, by name. */
export const listSeries = (read: ReadHandle, device: string): SeriesRow[] =>
  z
    .array(seriesRow)
    .parse(read.all('SELECT id, name, labels, kind, unit FROM series WHERE device = ? ORDER BY name, labels', device))
