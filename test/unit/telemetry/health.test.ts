// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { compareHealth, healthOf, type Health, type Observed } from '../../../main/station/telemetry/health.ts'

const hour = 3_600_000
const session = (more: Partial<Observed>): Observed => ({
  device: 'd1',
  firmware: '1.0.0',
  kind: 'cold',
  bootReason: 'power-on',
  started: 0,
  lastHeard: hour,
  errorEvents: 0,
  crashes: 0,
  ...more,
})

const health = (more: Partial<Health>): Health => ({
  device: 'd1',
  firmware: '1.0.0',
  boots: 1,
  unexpectedResets: 0,
  crashes: 0,
  errorEvents: 0,
  observedMs: hour,
  ...more,
})

describe('health', () => {
  it('sums per device and firmware', () => {
    const sessions = [
      session({ device: 'd2', firmware: null, kind: 'unknown', bootReason: 'port open' }),
      session({ kind: 'watchdog', crashes: 1, errorEvents: 4 }),
      session({}),
      session({ firmware: '2.0.0', kind: 'update' }),
    ]
    expect(healthOf(sessions)).toEqual([
      health({ boots: 2, unexpectedResets: 1, crashes: 1, errorEvents: 4, observedMs: 2 * hour }),
      health({ firmware: '2.0.0' }),
      health({ device: 'd2', firmware: '', boots: 0 }),
    ])
  })

  it('does not depend on the order of sessions', () => {
    const sessions = [session({}), session({ firmware: '2.0.0' }), session({ device: 'd0' })]
    expect(healthOf(sessions.toReversed())).toEqual(healthOf(sessions))
  })
})

describe('comparison', () => {
  it('says worse with the figures that got worse', () => {
    expect(
      compareHealth(health({ errorEvents: 2 }), health({ errorEvents: 12, crashes: 3, observedMs: 2 * hour })),
    ).toEqual({
      verdict: 'worse',
      reasons: [
        { figure: 'crashes', before: 0, after: 3, beforePerHour: 0, afterPerHour: 1.5 },
        { figure: 'errorEvents', before: 2, after: 12, beforePerHour: 2, afterPerHour: 6 },
      ],
    })
  })

  it('says better only where nothing got worse', () => {
    const before = health({ crashes: 5 })
    expect(compareHealth(before, health({})).verdict).toBe('better')
    expect(compareHealth(before, health({ errorEvents: 5 })).verdict).toBe('worse')
  })

  it('takes one more occurrence for chance', () => {
    expect(compareHealth(health({}), health({ crashes: 1 }))).toEqual({ verdict: 'same', reasons: [] })
  })

  it('weighs by the time that was observed', () => {
    expect(compareHealth(health({ crashes: 1 }), health({ crashes: 10, observedMs: 10 * hour })).verdict).toBe('same')
  })

  it('knows nothing while nothing was observed', () => {
    expect(compareHealth(health({}), health({ observedMs: 0, crashes: 9 })).verdict).toBe('unknown')
  })
})
