// SPDX-License-Identifier: Apache-2.0
/** How long it still takes, told so that people can believe it. Pure; milliseconds. */

/** The last estimate that was told, when, and the least one since a cause for more was named. */
export type Steady = { readonly left: number; readonly at: number; readonly least: number }

/** How far an estimate may rise above the least one that was told, without a cause that is named. */
const growth = 1.3

/** How much of the way to a new estimate is gone at once: single slow pages do not shake the figure. */
const trust = 0.3

/** What is left of an estimate after some time without a new one; it falls no further than it may rise again. */
export const leftAt = ({ left, at }: Steady, now: number): number =>
  Math.max(left / growth, left - Math.max(0, now - at))

/**
 * The next estimate to tell. Without a named cause it never rises by more than 30 % above the least one told; with
 * one (`named`) the new figure stands at once.
 */
export const steady = (before: Steady | undefined, raw: number, at: number, named = false): Steady => {
  if (before === undefined || named) return { left: raw, at, least: raw }
  const due = leftAt(before, at)
  const least = Math.min(before.least, due)
  const left = Math.min(due + (raw - due) * trust, least * growth)
  return { left, at, least: Math.min(least, left) }
}

/** The middle value; undefined of none. */
export const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/**
 * How long a line takes: `active` are the times left of those that are being written, `waiting` more take `each`, and at
 * most `atOnce` are written at the same time. Whoever is done first makes room for the next one.
 */
export const lineLeft = ({
  active,
  waiting,
  each,
  atOnce,
}: {
  readonly active: readonly number[]
  readonly waiting: number
  readonly each: number
  readonly atOnce: number
}): number => {
  const lanes = [...active, ...Array.from({ length: Math.max(0, atOnce - active.length) }, () => 0)]
  for (let n = 0; n < waiting; n += 1) {
    const first = lanes.indexOf(Math.min(...lanes))
    lanes[first] = (lanes[first] ?? 0) + each
  }
  return Math.max(0, ...lanes)
}
