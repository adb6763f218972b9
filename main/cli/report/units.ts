// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'
import { updateSucceeded, updateTried } from './updates.ts'

const row = z.object({
  version: z.string(),
  device: z.string(),
  boots: z.number(),
  hours: z.number(),
  crashes: z.number(),
  crashedBoots: z.number(),
  resets: z.number(),
  errors: z.number(),
  tries: z.number(),
  failures: z.number(),
})

/** What one device did under one version: what the tests count. */
export type DeviceUnit = z.infer<typeof row>

/**
 * Units of two versions up to the youngest date that all sites with the newer one have in common: beyond it a site whose
 * stick is still on its way would look calm.
 */
export const readUnits = async (
  lake: Lake,
  pair: { readonly model: string; readonly older: string; readonly newer: string },
): Promise<{ units: DeviceUnit[]; until: number }> => {
  const values = { model: pair.model, older: pair.older, newer: pair.newer }
  const [common] = await lake.all(
    z.object({ until: z.number() }),
    `SELECT coalesce(min(until), 0)::DOUBLE AS until FROM (
       SELECT max(range_to) AS until FROM archive
       WHERE site IN (SELECT site FROM boot WHERE model = $model AND version = $newer) GROUP BY site)`,
    { model: pair.model, newer: pair.newer },
  )
  const until = common?.until ?? 0
  const units = await lake.all(
    row,
    `WITH ran AS (
       SELECT version, site, device, count(*) AS boots, sum(hours) AS hours, sum(crashes) AS crashes,
         count(*) FILTER (crashes > 0) AS crashed, sum(reset) AS resets, sum(errors) AS errors
       FROM boot WHERE model = $model AND version IN ($older, $newer) AND started <= ${until} GROUP BY 1, 2, 3),
     tried AS (
       SELECT to_version AS version, site, device, count(*) AS tries, count(*) FILTER (NOT ${updateSucceeded}) AS failures
       FROM deploys WHERE ${updateTried} AND to_version IN ($older, $newer)
         AND (site, device) IN (SELECT (site, device) FROM boot WHERE model = $model) GROUP BY 1, 2, 3)
     SELECT version, site || '/' || device AS device, coalesce(boots, 0)::DOUBLE AS boots, coalesce(hours, 0)::DOUBLE AS hours,
       coalesce(crashes, 0)::DOUBLE AS crashes, coalesce(crashed, 0)::DOUBLE AS "crashedBoots",
       coalesce(resets, 0)::DOUBLE AS resets, coalesce(errors, 0)::DOUBLE AS errors,
       coalesce(tries, 0)::DOUBLE AS tries, coalesce(failures, 0)::DOUBLE AS failures
     FROM ran FULL JOIN tried USING (version, site, device)`,
    values,
  )
  return { units, until }
}
