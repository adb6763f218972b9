// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../platform/clock.ts'

/** A wall clock that is ahead of the monotonic one by more than this, ms, has been set, or the machine slept. */
const tolerance = 2000

/** Host time for records, and how often the wall clock was seen to be set. */
export type HostTime = { now(): number; readonly steps: number }

/**
 * Milliseconds UTC that never go back. Between settings it runs with the monotonic clock. A wall clock set forward is
 * followed (a machine that slept has no other witness), one set back is not: what was recorded stays in order.
 */
export const createHostTime = (clock: Clock): HostTime => {
  let wall: number = clock.now()
  let ticks = clock.monotonic()
  let steps = 0
  let behind = false
  return {
    now() {
      const run = wall + Number((clock.monotonic() - ticks) / 1_000_000n)
      const drift = clock.now() - run
      if (drift > tolerance) {
        wall = run + drift
        ticks = clock.monotonic()
        steps += 1
        return wall
      }
      if (drift < -tolerance !== behind) {
        behind = !behind
        if (behind) steps += 1
      }
      return run
    },
    get steps() {
      return steps
    },
  }
}
