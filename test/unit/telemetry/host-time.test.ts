// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createHostTime } from '../../../main/station/telemetry/host-time.ts'
import { testClock } from '../../support/clock.ts'

const noon = Date.parse('2026-06-01T12:00:00Z')

describe('host time', () => {
  it('runs with the clock', () => {
    const clock = testClock()
    const time = createHostTime(clock)
    clock.advance(1500)
    expect(time.now()).toBe(noon + 1500)
    expect(time.steps).toBe(0)
  })

  it('does not go back when the wall clock is set back, and counts that once', () => {
    const clock = testClock()
    const time = createHostTime(clock)
    clock.set('2026-06-01T11:00:00Z')
    clock.advance(1000)
    expect([time.now(), time.now()]).toEqual([noon + 1000, noon + 1000])
    expect(time.steps).toBe(1)
  })

  it('follows a wall clock that is set forward, as after sleep', () => {
    const clock = testClock()
    const time = createHostTime(clock)
    clock.set('2026-06-01T13:00:00Z')
    expect(time.now()).toBe(noon + 3_600_000)
    clock.advance(10)
    expect(time.now()).toBe(noon + 3_600_010)
    expect(time.steps).toBe(1)
  })

  it('does not mind a wall clock that is slewed', () => {
    const clock = testClock()
    const time = createHostTime(clock)
    clock.set('2026-06-01T12:00:01Z')
    expect(time.now()).toBe(noon)
    expect(time.steps).toBe(0)
  })
})
