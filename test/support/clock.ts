// SPDX-License-Identifier: Apache-2.0
import { millis, type Millis } from '../../shared/units.ts'
import type { Clock } from '../../main/station/platform/clock.ts'

/** A clock that stands still until a test moves it; sleeping moves it. */
export const testClock = (
  start = '2026-06-01T12:00:00Z',
): Clock & { advance(ms: number): void; set(time: string): void } => {
  let now = Date.parse(start)
  let ticks = 0n
  return {
    now: () => millis(now),
    monotonic: () => ticks,
    zoneOffset: () => 0,
    sleep: async (ms: Millis) => {
      now += ms
      ticks += BigInt(ms) * 1_000_000n
    },
    advance(ms) {
      now += ms
      ticks += BigInt(ms) * 1_000_000n
    },
    set(time) {
      now = Date.parse(time)
    },
  }
}
