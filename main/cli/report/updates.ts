// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'
import { notTold } from './prepare.ts'
import { wilson, type Interval } from './statistics.ts'

/** Results of an update that was tried to its end or not; what was refused or cancelled before writing is no try. */
const good = ['done', 'ok', 'updated', 'success', 'succeeded', 'confirmed']
const noTry = ['refused', 'cancelled']
const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

/** SQL conditions on `deploys`. */
export const updateSucceeded = `lower(result) IN (${listed(good)})`
export const updateTried = `result IS NOT NULL AND lower(result) NOT IN (${listed(noTry)})`

const row = z.object({
  model: z.string(),
  hardware: z.string(),
  driver: z.string(),
  version: z.string(),
  tries: z.number(),
  succeeded: z.number(),
  devices: z.number(),
  seconds: z.number().nullable(),
  failures: z.string(),
})

/** Updates of one hardware revision by one driver to one version; `seconds` is the median of those that succeeded. */
export type UpdateFacts = Omit<z.infer<typeof row>, 'failures'> & {
  readonly share: number
  readonly interval: Interval
  /** Where the others stopped: "verify: 3, write: 1". */
  readonly failures: string
}

/** Success of updates. Where the record has no model or revision, those that the device itself told count. */
export const readUpdates = async (lake: Lake): Promise<UpdateFacts[]> => {
  const rows = await lake.all(
    row,
    `WITH told AS (SELECT site, device, max(model) AS model, arg_max(hardware, started) AS hardware FROM boot GROUP BY 1, 2),
     tried AS (
       SELECT coalesce(deploys.model, told.model, '${notTold}') AS model,
         coalesce(deploys.hardware, told.hardware, '${notTold}') AS hardware,
         coalesce(driver, '${notTold}') AS driver, coalesce(to_version, '${notTold}') AS version,
         deploys.site, deploys.device, seconds, ${updateSucceeded} AS good,
         coalesce(step, result) AS stopped
       FROM deploys LEFT JOIN told ON told.site = deploys.site AND told.device = deploys.device
       WHERE ${updateTried}),
     stops AS (
       SELECT model, hardware, driver, version, string_agg(stopped || ': ' || n, ', ' ORDER BY n DESC, stopped) AS failures
       FROM (SELECT model, hardware, driver, version, stopped, count(*) AS n FROM tried WHERE NOT good GROUP BY ALL)
       GROUP BY 1, 2, 3, 4)
     SELECT model, hardware, driver, version, count(*)::DOUBLE AS tries, count(*) FILTER (good)::DOUBLE AS succeeded,
       count(DISTINCT (site, device))::DOUBLE AS devices, (median(seconds) FILTER (good))::DOUBLE AS seconds,
       coalesce(any_value(failures), '') AS failures
     FROM tried LEFT JOIN stops USING (model, hardware, driver, version)
     GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  )
  return rows.map((facts) => ({
    ...facts,
    share: facts.succeeded / facts.tries,
    interval: wilson(facts.succeeded, facts.tries),
  }))
}
