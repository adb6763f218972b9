// SPDX-License-Identifier: Apache-2.0
import { maxClockJump } from '../audit/clock-mark.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { clockTolerance } from './questions.ts'
import type { Fault } from './standing.ts'

/** What is known of time, milliseconds UTC; undefined: nothing was signed or audited here yet. */
export type ClockState = {
  readonly now: number
  readonly lastSignedTime: number | undefined
  readonly lastAuditTime: number | undefined
}

const day = 24 * 3_600_000

/** The highest of system clock, last signed time and last audit entry. */
export const trustedTimeOf = (clock: ClockState): number => Math.max(clock.now, highWater(clock) ?? clock.now)

const highWater = ({ lastSignedTime, lastAuditTime }: ClockState): number | undefined => {
  const known = [lastSignedTime, lastAuditTime].filter((time) => time !== undefined)
  return known.length === 0 ? undefined : Math.max(...known)
}

/**
 * Whether time can be relied on: `clock.rollback` (the clock is more than a day below the highest time seen),
 * `clock.jump` (it, or a time that a document or signature gives, is more than 400 days ahead).
 */
export const judgeClock = (clock: ClockState, signedTimes: readonly number[]): Fault | undefined => {
  const seen = highWater(clock)
  if (seen !== undefined && clock.now < seen - clockTolerance) return { code: 'clock.rollback' }
  if (seen !== undefined && clock.now > seen + maxClockJump) return { code: 'clock.jump', detail: 'system' }
  const limit = trustedTimeOf(clock) + maxClockJump
  return signedTimes.some((time) => time > limit) ? { code: 'clock.jump', detail: 'document' } : undefined
}

/** Whether a policy is past its end and its days of grace: `policy.expired`. */
export const judgePolicyExpiry = ({ expires, graceDays }: TrustPolicy, trustedTime: number): Fault | undefined =>
  trustedTime > timeMs(expires) + graceDays * day ? { code: 'policy.expired' } : undefined
