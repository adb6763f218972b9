// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createIncidents } from '../../../main/shell/incidents.ts'
import type { Incident } from '../../../shared/host/host.ts'

/** Incidents in a world where time is a number, with a station that listens when the test says so. */
const makeIncidents = () => {
  const clock = { now: 0 }
  const waits: { at: number; next: () => void }[] = []
  const incidents = createIncidents(
    () => clock.now,
    (ms, next) => void waits.push({ at: clock.now + ms, next }),
  )
  const told: Incident[] = []
  const abort = new AbortController()
  const pass = (to: number): void => {
    clock.now = to
    for (const wait of waits.splice(0)) {
      if (wait.at <= to) wait.next()
      else waits.push(wait)
    }
  }
  return { incidents, told, waits, pass, abort, listen: () => incidents.tell((one) => told.push(one), abort.signal) }
}

describe('what the shell saw', () => {
  it('is told at once, and counted while the same thing goes on', () => {
    const { incidents, told, pass, listen } = makeIncidents()
    void listen()
    incidents.note('refused', 'request', 'https://a.invalid/')
    for (let n = 0; n < 1000; n += 1) incidents.note('refused', 'request', `https://b.invalid/${n}`)
    incidents.note('refused', 'navigation', 'https://c.invalid/')
    expect(told).toEqual([
      { kind: 'refused', what: 'request', detail: 'https://a.invalid/', count: 1 },
      { kind: 'refused', what: 'navigation', detail: 'https://c.invalid/', count: 1 },
    ])
    pass(59_999)
    expect(told).toHaveLength(2)
    pass(60_000)
    expect(told[2]).toEqual({ kind: 'refused', what: 'request', detail: 'https://b.invalid/0', count: 1000 })
  })

  it('waits for a station, and for the next one', async () => {
    const { incidents, told, pass, abort, listen } = makeIncidents()
    incidents.note('lost', 'page', 'crashed')
    pass(60_000)
    expect(told).toEqual([])
    const first = listen()
    expect(told).toHaveLength(1)
    abort.abort()
    await first
    incidents.note('forced', '4 devices')
    expect(told).toHaveLength(1)
    void incidents.tell((one) => told.push(one), new AbortController().signal)
    expect(told[1]).toEqual({ kind: 'forced', what: '4 devices', detail: '', count: 1 })
  })

  it('has text of a length that a log takes, whole characters only', () => {
    const { incidents, told, listen } = makeIncidents()
    void listen()
    incidents.note('refused', 'request', `${'x'.repeat(255)}😀`)
    expect(told[0]?.detail).toHaveLength(256)
    expect(told[0]?.detail.isWellFormed()).toBe(true)
  })
})
