// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'

const site = z.object({
  site: z.string(),
  stations: z.number(),
  archives: z.number(),
  devices: z.number(),
  from: z.number(),
  to: z.number(),
})
const archive = z.object({
  id: z.string(),
  site: z.string(),
  station: z.string(),
  number: z.number(),
  signer: z.string(),
  trustPolicy: z.number(),
  sanitization: z.string(),
  from: z.number(),
  to: z.number(),
  imported: z.number(),
  gapReason: z.string().nullable(),
  rows: z.number(),
})
const turnedAway = z.object({
  noted: z.number(),
  name: z.string(),
  archive: z.string().nullable(),
  station: z.string().nullable(),
  number: z.number().nullable(),
  verdict: z.string(),
  code: z.string(),
})

/** What the report rests on: sites with the age of their data, archives with policy and key, files that were not loaded. */
export type Coverage = {
  readonly sites: readonly z.infer<typeof site>[]
  readonly archives: readonly z.infer<typeof archive>[]
  readonly turnedAway: readonly z.infer<typeof turnedAway>[]
}

/** Reads it from the catalogue. A file that was turned away and came again does not stand there any more. */
export const readCoverage = async (lake: Lake): Promise<Coverage> => ({
  sites: await lake.all(
    site,
    `WITH seen AS (SELECT site, count(DISTINCT device) AS devices FROM boot GROUP BY 1)
     SELECT site, count(DISTINCT station)::DOUBLE AS stations, count(*)::DOUBLE AS archives,
       coalesce(any_value(seen.devices), 0)::DOUBLE AS devices, min(range_from)::DOUBLE AS "from",
       max(range_to)::DOUBLE AS "to"
     FROM archive LEFT JOIN seen USING (site) GROUP BY site ORDER BY site`,
  ),
  archives: await lake.all(
    archive,
    `WITH loaded AS (SELECT archive, sum(rows) AS n FROM file GROUP BY 1)
     SELECT id, site, station, number::DOUBLE AS number, signer, trust_policy::DOUBLE AS "trustPolicy", sanitization,
       range_from::DOUBLE AS "from", range_to::DOUBLE AS "to", imported::DOUBLE AS imported, gap_reason AS "gapReason",
       coalesce(loaded.n, 0)::DOUBLE AS rows
     FROM archive LEFT JOIN loaded ON loaded.archive = archive.id ORDER BY site, station, archive.number`,
  ),
  turnedAway: await lake.all(
    turnedAway,
    `SELECT max(noted)::DOUBLE AS noted, name, archive, any_value(station) AS station,
       any_value(number)::DOUBLE AS number, verdict, code
     FROM turned_away WHERE archive IS NULL OR archive NOT IN (SELECT id FROM archive)
     GROUP BY name, archive, verdict, code ORDER BY name, code`,
  ),
})
