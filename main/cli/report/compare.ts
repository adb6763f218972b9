// SPDX-License-Identifier: Apache-2.0
import type { Metric } from './metrics.ts'
import { binomialTest, compareRates, holm, mannWhitney, type Interval, type Unit } from './statistics.ts'
import type { DeviceUnit } from './units.ts'

/** Below this a comparison says nothing: with two devices one bad board looks like a bad release. */
export const leastExposure = { devices: 3, hours: 10, events: 5, pairs: 8 } as const

/** A finding needs both: improbable by chance (after Holm's correction), and large enough to matter. */
const significance = 0.01
const leastRatio = 1.2

/** What is compared: events of a kind over what they are counted against, shown per `scale` of it. */
export const measures = [
  { id: 'crashes', title: 'crashes per 1 000 device-hours', count: 'crashes', exposure: 'hours', scale: 1000 },
  {
    id: 'crash-boots',
    title: 'boots with a crash per 100 boots',
    count: 'crashedBoots',
    exposure: 'boots',
    scale: 100,
  },
  { id: 'resets', title: 'unexpected resets per 1 000 device-hours', count: 'resets', exposure: 'hours', scale: 1000 },
  { id: 'errors', title: 'error events per 1 000 device-hours', count: 'errors', exposure: 'hours', scale: 1000 },
  { id: 'update-failures', title: 'failed updates per 100 tries', count: 'failures', exposure: 'tries', scale: 100 },
] as const

/** One difference that is no chance. `ratio` is newer to older, absent where the older version had none. */
export type Finding = {
  readonly measure: string
  readonly title: string
  readonly direction: 'worse' | 'better' | 'changed'
  readonly older: number
  readonly newer: number
  readonly ratio?: number
  readonly interval?: Interval
  readonly test: string
  /** After Holm's correction for all tests of this comparison. */
  readonly p: number
  readonly devices: { readonly older: number; readonly newer: number }
}

/** What stands behind a version in a comparison. */
export type Exposure = { readonly devices: number; readonly hours: number; readonly boots: number }

export type Comparison = {
  readonly verdict: 'worse' | 'better' | 'changed' | 'no-difference' | 'too-little-data'
  readonly exposure: { readonly older: Exposure; readonly newer: Exposure }
  readonly findings: readonly Finding[]
}

type Candidate = Omit<Finding, 'direction'>

/**
 * Compares two versions of one model by what their devices did. Silent (`too-little-data`, no findings) below
 * `leastExposure`; a metric that moved is `changed`, since the report does not know which way is good.
 */
export const compareVersions = (
  older: readonly DeviceUnit[],
  newer: readonly DeviceUnit[],
  metrics: readonly MetricPair[],
): Comparison => {
  const exposure = { older: exposureOf(older), newer: exposureOf(newer) }
  const enough = [exposure.older, exposure.newer].every(
    ({ devices, hours }) => devices >= leastExposure.devices && hours >= leastExposure.hours,
  )
  if (!enough) return { verdict: 'too-little-data', exposure, findings: [] }
  const candidates = [
    ...measures.flatMap((measure) => rateCandidate(measure, older, newer)),
    ...metrics.flatMap(metricCandidate),
  ]
  const adjusted = holm(candidates.map(({ p }) => p))
  const findings = candidates
    .map((candidate, index) => ({ ...candidate, p: adjusted[index] ?? 1 }))
    .filter(({ p, measure, ratio }) => p < significance && (measure === 'metric' || matters(ratio)))
    .map((candidate): Finding => ({ ...candidate, direction: directionOf(candidate) }))
    .toSorted((a, b) => rank[a.direction] - rank[b.direction])
  return { verdict: findings[0]?.direction ?? 'no-difference', exposure, findings }
}

const rank = { worse: 0, better: 1, changed: 2 } as const

const matters = (ratio: number | undefined): boolean =>
  ratio === undefined || ratio >= leastRatio || ratio <= 1 / leastRatio

const directionOf = ({ measure, older, newer }: Candidate): Finding['direction'] => {
  if (measure === 'metric') return 'changed'
  return newer > older ? 'worse' : 'better'
}

const exposureOf = (units: readonly DeviceUnit[]): Exposure => ({
  devices: units.filter(({ boots }) => boots > 0).length,
  hours: units.reduce((sum, { hours }) => sum + hours, 0),
  boots: units.reduce((sum, { boots }) => sum + boots, 0),
})

const rateCandidate = (
  { id, title, count, exposure, scale }: (typeof measures)[number],
  older: readonly DeviceUnit[],
  newer: readonly DeviceUnit[],
): Candidate[] => {
  const unitsOf = (all: readonly DeviceUnit[]): Unit[] =>
    all.map((unit) => ({ count: unit[count], exposure: unit[exposure] })).filter((unit) => unit.exposure > 0)
  const [a, b] = [unitsOf(older), unitsOf(newer)]
  const events = [...a, ...b].reduce((sum, unit) => sum + unit.count, 0)
  if (Math.min(a.length, b.length) < leastExposure.devices || events < leastExposure.events) return []
  const result = compareRates(a, b)
  return [
    {
      measure: id,
      title,
      ...result,
      older: result.older * scale,
      newer: result.newer * scale,
      test: 'larger p of exact conditional test and Welch’s t over devices',
      devices: { older: a.length, newer: b.length },
    },
  ]
}

/** A metric under the two versions: each device's average. */
export type MetricPair = {
  readonly title: string
  readonly older: ReadonlyMap<string, number>
  readonly newer: ReadonlyMap<string, number>
}

/** The same devices before and after where there are enough of them, all devices otherwise. */
const metricCandidate = ({ title, older, newer }: MetricPair): Candidate[] => {
  const pairs = pairsOf(older, newer)
  const common = { measure: 'metric', title, older: median([...older.values()]), newer: median([...newer.values()]) }
  if (pairs.length >= leastExposure.pairs) {
    const up = pairs.filter(({ before, after }) => after > before).length
    const moved = pairs.filter(({ before, after }) => after !== before).length
    const test = `sign test, same devices: ${up} of ${pairs.length} rose`
    const devices = { older: pairs.length, newer: pairs.length }
    const p = moved === 0 ? 1 : binomialTest(up, moved, 0.5)
    const medians = { older: median(pairs.map(({ before }) => before)), newer: median(pairs.map(({ after }) => after)) }
    return [{ ...common, ...medians, p, test, devices }]
  }
  const devices = { older: older.size, newer: newer.size }
  if (Math.min(older.size, newer.size) < leastExposure.pairs) return []
  return [
    { ...common, p: mannWhitney([...older.values()], [...newer.values()]), test: 'Mann–Whitney over devices', devices },
  ]
}

/** Devices that ran both versions, with their averages; differences below 1e-9 of the value are none. */
export const pairsOf = (
  older: ReadonlyMap<string, number>,
  newer: ReadonlyMap<string, number>,
): { before: number; after: number }[] =>
  [...older].flatMap(([device, before]) => {
    const after = newer.get(device)
    return after === undefined ? [] : [{ before, after: isSame(before, after) ? before : after }]
  })

/** Averages of the same values differ in their last digits by the order of adding: that is no change. */
const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))

/** The metric of one model as pairs for two versions; none where it is not known under both. */
export const metricPair = ({ series, unit, versions }: Metric, older: string, newer: string): MetricPair[] => {
  const [a, b] = [older, newer].map((name) => versions.find(({ version }) => version === name)?.devices)
  return a === undefined || b === undefined
    ? []
    : [{ title: unit === '' ? series : `${series} (${unit})`, older: a, newer: b }]
}

/** The middle value; NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = Number.NaN, high = low] =
    sorted.length % 2 === 1 ? [sorted[middle]] : sorted.slice(middle - 1, middle + 1)
  return (low + high) / 2
}
