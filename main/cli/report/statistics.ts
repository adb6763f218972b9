// SPDX-License-Identifier: Apache-2.0
/** The report's mathematics: pure functions, checked against published values in test/unit/report. */
import { betaIncomplete, normalTail, studentTail } from './distributions.ts'

/** A confidence interval, 95 % everywhere in the report. */
export type Interval = { readonly low: number; readonly high: number }

const z = 1.959963984540054

/** Wilson's interval of a share: `hits` of `tries`. Without tries nothing is known: 0 to 1. */
export const wilson = (hits: number, tries: number): Interval => {
  if (tries === 0) return { low: 0, high: 1 }
  const share = hits / tries
  const middle = share + z ** 2 / (2 * tries)
  const reach = z * Math.sqrt((share * (1 - share)) / tries + z ** 2 / (4 * tries ** 2))
  const scale = 1 + z ** 2 / tries
  // Rounding must not leave the point itself outside.
  return {
    low: Math.min(share, Math.max(0, (middle - reach) / scale)),
    high: Math.max(share, (middle + reach) / scale),
  }
}

/** Byar's interval of a Poisson rate: `count` events in `exposure` units. */
export const poissonRate = (count: number, exposure: number): Interval => {
  if (exposure <= 0) return { low: 0, high: Number.POSITIVE_INFINITY }
  const bound = (n: number, sign: number): number => n * (1 - 1 / (9 * n) + (sign * z) / (3 * Math.sqrt(n))) ** 3
  return { low: count === 0 ? 0 : bound(count, -1) / exposure, high: bound(count + 1, 1) / exposure }
}

/** Two-sided exact binomial test: twice the smaller tail, at most 1. */
export const binomialTest = (hits: number, tries: number, chance: number): number => {
  const atLeast = hits === 0 ? 1 : betaIncomplete(chance, hits, tries - hits + 1)
  const atMost = hits === tries ? 1 : 1 - betaIncomplete(chance, hits + 1, tries - hits)
  return Math.min(1, 2 * Math.min(atLeast, atMost))
}

/** Two-sided Mann–Whitney test of two samples: normal approximation with ties and continuity corrected. */
export const mannWhitney = (a: readonly number[], b: readonly number[]): number => {
  const all = [...a.map((value) => ({ value, own: true })), ...b.map((value) => ({ value, own: false }))]
  all.sort((left, right) => left.value - right.value)
  let [rankSum, tied] = [0, 0]
  for (let from = 0; from < all.length;) {
    const to = all.findLastIndex(({ value }) => value === all[from]?.value) + 1
    const size = to - from
    rankSum += all.slice(from, to).filter(({ own }) => own).length * (from + (size + 1) / 2)
    tied += size ** 3 - size
    from = to
  }
  const n = all.length
  const distance = Math.abs(rankSum - (a.length * (n + 1)) / 2)
  const variance = ((a.length * b.length) / 12) * (n + 1 - tied / (n * (n - 1)))
  return variance > 0 ? Math.min(1, 2 * normalTail(Math.max(0, distance - 0.5) / Math.sqrt(variance))) : 1
}

/** What one device did under one version: events, and the hours, boots or tries in which they could happen. */
export type Unit = { readonly count: number; readonly exposure: number }

/** Two groups of devices compared. `ratio` is newer to older; undefined where the older one has no event. */
export type RateComparison = {
  readonly older: number
  readonly newer: number
  readonly p: number
  readonly ratio?: number
  readonly interval?: Interval
}

/**
 * Compares event rates of two groups of devices. `p` is the larger one of two two-sided tests: the exact conditional
 * test of two Poisson rates, and Welch's t test with devices as clusters, so that one device that crashes in a loop
 * is one device and not a hundred crashes. The interval of the ratio takes the larger variance in the same way.
 */
export const compareRates = (older: readonly Unit[], newer: readonly Unit[]): RateComparison => {
  const [a, b] = [summary(older), summary(newer)]
  const exact = binomialTest(b.count, a.count + b.count, b.exposure / (a.exposure + b.exposure))
  const variance = a.variance + b.variance
  const freedom = variance ** 2 / (a.variance ** 2 / (older.length - 1) + b.variance ** 2 / (newer.length - 1))
  const clustered =
    variance === 0 ? (a.rate === b.rate ? 1 : 0) : studentTail((b.rate - a.rate) / Math.sqrt(variance), freedom)
  const p = Math.max(exact, clustered)
  if (a.count === 0 || b.count === 0) return { older: a.rate, newer: b.rate, p, ...(a.count > 0 ? { ratio: 0 } : {}) }
  const ratio = b.rate / a.rate
  const spread = z * Math.sqrt(logVariance(a) + logVariance(b))
  const interval = { low: ratio * Math.exp(-spread), high: ratio * Math.exp(spread) }
  return { older: a.rate, newer: b.rate, p, ratio, interval }
}

type Summary = { readonly count: number; readonly exposure: number; readonly rate: number; readonly variance: number }

const summary = (units: readonly Unit[]): Summary => {
  const count = units.reduce((sum, unit) => sum + unit.count, 0)
  const exposure = units.reduce((sum, unit) => sum + unit.exposure, 0)
  const rate = count / exposure
  const squares = units.reduce((sum, unit) => sum + (unit.count - rate * unit.exposure) ** 2, 0)
  return { count, exposure, rate, variance: (units.length / (units.length - 1)) * (squares / exposure ** 2) }
}

const logVariance = ({ count, rate, variance }: Summary): number => Math.max(variance / rate ** 2, 1 / count)

/** Holm's correction of several tests: adjusted values in the order given. */
export const holm = (values: readonly number[]): number[] => {
  const sorted = values.map((p, index) => ({ p, index })).toSorted((a, b) => a.p - b.p)
  const adjusted = values.map(() => 1)
  let highest = 0
  for (const [rank, { p, index }] of sorted.entries()) {
    highest = Math.max(highest, Math.min(1, p * (values.length - rank)))
    adjusted[index] = highest
  }
  return adjusted
}
