// SPDX-License-Identifier: Apache-2.0
import { lastSignedTime } from './bundles/rows.ts'
import type { Parts } from './parts.ts'
import { judgeClock, type ClockState } from './trust/trusted-time.ts'

/**
 * How the station judges its clock: `behind` (more than a day before what was signed or written down) and `ahead` (more
 * than 400 days after it) stop importing and signing; `stepped` was set while the station ran, and is a notice only.
 */
export type ClockLook = {
  readonly state: 'good' | 'stepped' | 'behind' | 'ahead'
  /** Milliseconds by which it is behind or ahead, or was moved. */
  readonly by: number
  /** The person who said that the clock is right, until another one confirms it. */
  readonly looked: { readonly uid: string; readonly name: string; readonly reason: string; readonly at: number } | null
}

type ClockParts = Pick<Parts, 'store' | 'audit' | 'trust' | 'clock'>

/** All that is known of time here. */
export const timesOf = ({ store, audit, trust, clock }: ClockParts): ClockState => {
  const signed = Math.max(trust.lastSignedTime() ?? 0, lastSignedTime(store.read) ?? 0)
  return { now: clock.now(), lastSignedTime: signed, lastAuditTime: audit.lastTime() }
}

/** Looks at the clock now. */
export const lookAtClock = (parts: ClockParts): ClockLook => {
  const times = timesOf(parts)
  const mark = parts.audit.clock()
  const looked = mark?.looked ?? null
  const seen = Math.max(times.lastSignedTime ?? 0, times.lastAuditTime ?? 0)
  const fault = mark === undefined ? undefined : judgeClock(times, [])
  if (fault !== undefined) {
    const state = fault.code === 'clock.jump' ? 'ahead' : 'behind'
    return { state, by: Math.abs(times.now - seen), looked }
  }
  const step = mark?.step ?? undefined
  if (step !== undefined) return { state: 'stepped', by: Math.abs(step.after - step.before), looked }
  return { state: 'good', by: 0, looked }
}
