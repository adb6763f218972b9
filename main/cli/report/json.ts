// SPDX-License-Identifier: Apache-2.0
import { pairsOf } from './compare.ts'
import { quantilePoints, type Metric } from './metrics.ts'
import type { FleetReport } from './report.ts'
import { poissonRate, wilson } from './statistics.ts'

/**
 * The report's numbers as JSON (docs/formats/fleet-report.md): what stands on the page, with counts, exposure and 95 %
 * intervals. `regressions` is empty where nothing became worse or the data are too few to tell.
 */
export const jsonOf = (report: FleetReport) => ({
  kind: 'airlock.fleet-report',
  schema: 1,
  madeAt: report.madeAt,
  comparisons: report.comparisons,
  regressions: report.comparisons.flatMap(({ model, older, newer, findings }) =>
    findings.filter(({ direction }) => direction === 'worse').map((finding) => ({ model, older, newer, finding })),
  ),
  versions: report.versions.map((facts) => ({
    ...facts,
    crashFreeBoots: {
      share: (facts.boots - facts.crashedBoots) / facts.boots,
      ...wilson(facts.boots - facts.crashedBoots, facts.boots),
    },
    crashesPerHour: { rate: ratio(facts.crashes, facts.hours), ...bounded(facts.crashes, facts.hours) },
    resetsPerHour: { rate: ratio(facts.resets, facts.hours), ...bounded(facts.resets, facts.hours) },
  })),
  adoption: report.adoption,
  issues: report.issues,
  updates: report.updates,
  metrics: report.metrics.map(metricJson),
  errors: report.errors,
  coverage: report.coverage,
})

/** JSON has no infinity and no NaN: a rate over no time is null. */
const ratio = (count: number, exposure: number): number | null => (exposure > 0 ? count / exposure : null)
const bounded = (count: number, exposure: number): { low: number; high: number | null } => {
  const { low, high } = poissonRate(count, exposure)
  return { low, high: Number.isFinite(high) ? high : null }
}

const metricJson = ({ model, series, unit, versions }: Metric) => ({
  model,
  series,
  unit,
  versions: versions.map(({ version, points, quantiles, devices }, index) => {
    const before = versions[index - 1]
    const pairs = before === undefined ? [] : pairsOf(before.devices, devices)
    return {
      version,
      points,
      devices: devices.size,
      quantiles: Object.fromEntries(
        quantilePoints.map((at, place) => [`p${Math.round(at * 100)}`, quantiles[place] ?? null]),
      ),
      sameDevices: {
        devices: pairs.length,
        rose: pairs.filter((pair) => pair.after > pair.before).length,
        fell: pairs.filter((pair) => pair.after < pair.before).length,
      },
    }
  }),
})
