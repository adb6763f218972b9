// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { compareSemver, semver } from '../../../shared/formats/scalars.ts'
import type { Lake } from '../lake/lake.ts'

const row = z.object({
  model: z.string(),
  version: z.string(),
  devices: z.number(),
  current: z.number(),
  sites: z.number(),
  boots: z.number(),
  hours: z.number(),
  first: z.number(),
  last: z.number(),
  crashes: z.number(),
  crashedBoots: z.number(),
  resets: z.number(),
  errors: z.number(),
})

/** One firmware version of one model: how far it has got and what went wrong under it. `current`: devices still on it. */
export type VersionFacts = z.infer<typeof row>

/** Every version of every model, models by name, versions from old to new. */
export const readVersions = async (lake: Lake): Promise<VersionFacts[]> => {
  const rows = await lake.all(
    row,
    `WITH newest AS (SELECT site, device, model, arg_max(version, started) AS version FROM boot GROUP BY 1, 2, 3),
     still AS (SELECT model, version, count(*) AS n FROM newest GROUP BY 1, 2)
     SELECT model, version, count(DISTINCT (site, device))::DOUBLE AS devices,
       coalesce(any_value(still.n), 0)::DOUBLE AS "current", count(DISTINCT site)::DOUBLE AS sites,
       count(*)::DOUBLE AS boots, sum(hours)::DOUBLE AS hours, min(started)::DOUBLE AS "first",
       max(coalesce(ended, started))::DOUBLE AS "last", sum(crashes)::DOUBLE AS crashes,
       count(*) FILTER (crashes > 0)::DOUBLE AS "crashedBoots", sum(reset)::DOUBLE AS resets,
       sum(errors)::DOUBLE AS errors
     FROM boot LEFT JOIN still USING (model, version) GROUP BY model, version`,
  )
  return rows.toSorted((a, b) => (a.model === b.model ? compareVersions(a, b) : a.model < b.model ? -1 : 1))
}

/** Old before new: by SemVer where both are, otherwise by when they were first seen. */
const compareVersions = (a: VersionFacts, b: VersionFacts): number =>
  [a, b].every(({ version }) => semver.safeParse(version).success)
    ? compareSemver(a.version, b.version) || a.first - b.first
    : a.first - b.first

const active = z.object({ model: z.string(), version: z.string(), bucket: z.number(), devices: z.number() })

/** Devices that were heard under a version in a span of time that begins at `bucket` (ms UTC). */
export type ActiveDevices = z.infer<typeof active>

const day = 86_400_000

/** Adoption over time, and how long its steps are: days, weeks or four weeks, so that there are at most some thirty. */
export const readAdoption = async (
  lake: Lake,
  versions: readonly VersionFacts[],
): Promise<{ step: number; active: ActiveDevices[] }> => {
  const span = Math.max(0, ...versions.map(({ last }) => last)) - Math.min(...versions.map(({ first }) => first))
  const step = span <= 31 * day ? day : span <= 217 * day ? 7 * day : 28 * day
  const rows = await lake.all(
    active,
    `SELECT model, version, (bucket * ${step})::DOUBLE AS bucket, count(DISTINCT (site, device))::DOUBLE AS devices
     FROM (SELECT model, version, site, device,
       unnest(range(started // ${step}, (started + (hours * 3600000)::BIGINT) // ${step} + 1)) AS bucket FROM boot)
     GROUP BY 1, 2, 3 ORDER BY 3, 1, 2`,
  )
  return { step, active: rows }
}
