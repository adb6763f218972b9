// SPDX-License-Identifier: Apache-2.0
import type { SessionRow } from './sessions.ts'

/** What of a session health looks at. */
export type Observed = Pick<
  SessionRow,
  'device' | 'firmware' | 'kind' | 'bootReason' | 'started' | 'lastHeard' | 'errorEvents' | 'crashes'
>

/** How a device did under one firmware. */
export type Health = {
  readonly device: string
  readonly firmware: string
  /** Starts that were seen; listening to a device that already runs is none. */
  readonly boots: number
  /** Starts by watchdog, brown-out or panic. */
  readonly unexpectedResets: number
  readonly crashes: number
  /** Events of severity 17 and above. */
  readonly errorEvents: number
  /** Time from the first to the last word of each session, ms. */
  readonly observedMs: number
}

const unexpected: readonly string[] = ['watchdog', 'brownout', 'panic']

/** Health per device and firmware, sorted by both. Sessions whose firmware is unknown count under an empty version. */
export const healthOf = (sessions: readonly Observed[]): Health[] => {
  const groups = Map.groupBy(sessions, ({ device, firmware }) => JSON.stringify([device, firmware ?? '']))
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group
      return first === undefined ? [] : [summary(first.device, first.firmware ?? '', group)]
    })
}

/** All of `sessions` as one figure, for instance those of a whole fleet under one firmware. */
export const summary = (device: string, firmware: string, sessions: readonly Observed[]): Health => ({
  device,
  firmware,
  boots: sessions.filter(({ bootReason }) => bootReason !== 'port open').length,
  unexpectedResets: sessions.filter(({ kind }) => unexpected.includes(kind)).length,
  crashes: sum(sessions.map(({ crashes }) => crashes)),
  errorEvents: sum(sessions.map(({ errorEvents }) => errorEvents)),
  observedMs: sum(sessions.map(({ started, lastHeard }) => lastHeard - started)),
})

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** The judgement of an update, and the figures that led to it. */
export type Comparison = {
  readonly verdict: 'better' | 'same' | 'worse' | 'unknown'
  readonly reasons: readonly Reason[]
}
/** One figure that moved, as counts and per hour of observation. */
export type Reason = {
  readonly figure: (typeof figures)[number]
  readonly before: number
  readonly after: number
  readonly beforePerHour: number
  readonly afterPerHour: number
}

const figures = ['crashes', 'unexpectedResets', 'errorEvents'] as const
/** A rate has moved when it has more than doubled or halved … */
const factor = 2
/** … and by more than this many occurrences against what the other rate would have given: one may be chance. */
const margin = 1
const hour = 3_600_000

/**
 * Compares a device (or a group) with itself before an update. One figure that got worse makes it worse. Unknown while
 * nothing was observed on either side.
 */
export const compareHealth = (before: Health, after: Health): Comparison => {
  if (before.observedMs <= 0 || after.observedMs <= 0) return { verdict: 'unknown', reasons: [] }
  const moved = figures.map((figure) => ({ ...reasonOf(figure, before, after), trend: trendOf(figure, before, after) }))
  const worse = moved.filter(({ trend }) => trend === 'worse')
  const better = moved.filter(({ trend }) => trend === 'better')
  const verdict = worse.length > 0 ? 'worse' : better.length > 0 ? 'better' : 'same'
  return { verdict, reasons: (worse.length > 0 ? worse : better).map(({ trend: _trend, ...reason }) => reason) }
}

const perHour = (count: number, ms: number): number => (count * hour) / ms

const reasonOf = (figure: Reason['figure'], before: Health, after: Health): Reason => ({
  figure,
  before: before[figure],
  after: after[figure],
  beforePerHour: perHour(before[figure], before.observedMs),
  afterPerHour: perHour(after[figure], after.observedMs),
})

const trendOf = (figure: Reason['figure'], before: Health, after: Health): 'better' | 'same' | 'worse' => {
  const expected = (before[figure] * after.observedMs) / before.observedMs
  if (after[figure] > expected * factor && after[figure] - expected > margin) return 'worse'
  const missed = (after[figure] * before.observedMs) / after.observedMs
  return before[figure] > missed * factor && before[figure] - missed > margin ? 'better' : 'same'
}
