// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Lake } from '../lake/lake.ts'

const row = z.object({
  model: z.string(),
  version: z.string(),
  series: z.string(),
  unit: z.string(),
  site: z.string().nullable(),
  device: z.string().nullable(),
  overall: z.boolean(),
  n: z.number(),
  mean: z.number(),
  quantiles: z.array(z.number()).nullable(),
})

/** A metric under one version: quantiles over all points, and each device's own average for comparing like with like. */
export type MetricVersion = {
  readonly version: string
  readonly points: number
  readonly quantiles: readonly number[]
  /** Average by device. */
  readonly devices: ReadonlyMap<string, number>
}

/** One named metric of one model. */
export type Metric = {
  readonly model: string
  readonly series: string
  readonly unit: string
  readonly versions: readonly MetricVersion[]
}

/** Which quantiles stand in `quantiles`. */
export const quantilePoints = [0.05, 0.25, 0.5, 0.75, 0.95] as const

/** Names of what only counts up, whatever kind a station gave it. */
const countsUp = '(^|[_.])(seq|cycles?)$'

/** Counters only grow: their values are no distribution. */
const measured = `points JOIN boot ON boot.site = points.site AND boot.session = points.session
  WHERE series IS NOT NULL AND value IS NOT NULL AND coalesce(points.kind, 'gauge') <> 'counter'
    AND NOT regexp_matches(lower(series), '${countsUp}')`

/** Two passes: a sketch for quantiles weighs kilobytes, too much for one a device. */
const metricsSql = `
SELECT model, version, series, coalesce(unit, '') AS unit, NULL AS site, NULL AS device, true AS overall,
  count(*)::DOUBLE AS n, avg(value) AS mean, approx_quantile(value, [${quantilePoints.join(', ')}])::DOUBLE[] AS quantiles
FROM ${measured} GROUP BY ALL
UNION ALL
SELECT model, version, series, coalesce(unit, ''), points.site, points.device, false, count(*)::DOUBLE, avg(value), NULL
FROM ${measured} GROUP BY ALL`

/** Metrics by model and name; the versions in the order of `order`. */
export const readMetrics = async (
  lake: Lake,
  order: readonly { readonly model: string; readonly version: string }[],
): Promise<Metric[]> => {
  const rows = await lake.all(row, metricsSql)
  const groups = Map.groupBy(rows, ({ model, series, unit }) => JSON.stringify([model, series, unit]))
  return [...groups.values()].flatMap((group) => metricOf(group, order)).toSorted(byName)
}

const byName = (a: Metric, b: Metric): number =>
  a.model === b.model ? (a.series < b.series ? -1 : 1) : a.model < b.model ? -1 : 1

const metricOf = (
  rows: readonly z.infer<typeof row>[],
  order: readonly { readonly model: string; readonly version: string }[],
): Metric[] => {
  const [any] = rows
  if (any === undefined) return []
  const versions = order.flatMap(({ model, version }): MetricVersion[] => {
    const own = rows.filter((one) => model === any.model && one.version === version)
    const all = own.find(({ overall }) => overall)
    const devices = own.filter(({ overall }) => !overall)
    return all === undefined
      ? []
      : [
          {
            version,
            points: all.n,
            quantiles: all.quantiles ?? [],
            devices: new Map(devices.map(({ site, device, mean }) => [`${site}/${device}`, mean])),
          },
        ]
  })
  return [{ model: any.model, series: any.series, unit: any.unit, versions }]
}
