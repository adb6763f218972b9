// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'
import { notTold } from './prepare.ts'

const row = z.object({
  model: z.string(),
  version: z.string(),
  severity: z.number(),
  code: z.string(),
  template: z.string(),
  count: z.number(),
  devices: z.number(),
})

/** How often one error message came under one version. */
export type ErrorEvents = z.infer<typeof row>

/** Error events by template, the most frequent first. */
export const readErrorEvents = async (lake: Lake): Promise<ErrorEvents[]> =>
  lake.all(
    row,
    `SELECT coalesce(model, '${notTold}') AS model, coalesce(version, '${notTold}') AS version,
       max(severity)::DOUBLE AS severity, coalesce(code, '') AS code, coalesce(template, '${notTold}') AS template,
       count(*)::DOUBLE AS count, count(DISTINCT (events.site, events.device))::DOUBLE AS devices
     FROM events LEFT JOIN (SELECT site, session, model, version FROM boot) AS boot
       ON boot.site = events.site AND boot.session = events.session
     WHERE severity >= 17 GROUP BY 1, 2, 4, 5 ORDER BY count DESC, template, version`,
  )
