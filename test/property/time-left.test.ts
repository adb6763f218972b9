// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { leftAt, lineLeft, steady, type Steady } from '../../main/station/campaigns/time-left.ts'

/** What real Optiboot boards told while they were written: ms since the start of writing, ms left by the protocol's constants. */
const recorded = z
  .array(z.object({ board: z.string(), endedAt: z.number(), told: z.array(z.tuple([z.number(), z.number()])) }))
  .parse(JSON.parse(readFileSync('test/vectors/progress/optiboot.json', 'utf8')))

const tail = 2000

/** Every figure that a person could have seen: after each that was told, and as it runs down until the next. */
const seen = (told: readonly (readonly [at: number, left: number])[], named: (n: number) => boolean) => {
  const shown: { at: number; left: number; named: boolean }[] = []
  let last: Steady | undefined
  for (const [n, [at, left]] of told.entries()) {
    last = steady(last, left, at, named(n))
    const until = told[n + 1]?.[0] ?? at + 1000
    for (let time = at; time < until; time += 200)
      shown.push({ at: time, left: leftAt(last, time), named: named(n) && time === at })
  }
  return shown
}

/** The most that any figure stands above an earlier one, as a factor, since the last named cause. */
const worstGrowth = (shown: readonly { left: number; named: boolean }[]): number => {
  let least = Infinity
  let worst = 1
  for (const { left, named } of shown) {
    if (named) least = Infinity
    if (least > 0) worst = Math.max(worst, left / least)
    least = Math.min(least, left)
  }
  return worst
}

describe('the time left', () => {
  it('never grows by more than 30 % without a named cause, whatever the figures do (ux 29)', () => {
    const figures = fc.array(
      fc.record({
        wait: fc.integer({ min: 1, max: 3000 }),
        left: fc.integer({ min: 1, max: 600_000 }),
        named: fc.boolean(),
      }),
      { minLength: 1, maxLength: 60 },
    )
    fc.assert(
      fc.property(figures, (list) => {
        let at = 0
        const told = list.map(({ wait, left }) => [(at += wait), left] as const)
        expect(worstGrowth(seen(told, (n) => list[n]?.named === true))).toBeLessThanOrEqual(1.3 + 1e-9)
      }),
    )
  })

  it('falls steadily on what real boards have told on a busy machine, and is there until the end (ux 29)', () => {
    expect(recorded.length).toBeGreaterThan(1)
    for (const { endedAt, told } of recorded) {
      const shown = seen(
        told.map(([at, left]) => [at, left + tail] as const),
        () => false,
      ).filter(({ at }) => at < endedAt)
      expect(worstGrowth(shown)).toBeLessThanOrEqual(1.3)
      expect(Math.min(...shown.map(({ left }) => left))).toBeGreaterThan(1000)
      expect(shown.at(-1)?.left).toBeLessThan((shown[0]?.left ?? 0) / 2)
    }
  })

  it('takes a new figure at once when its cause is named', () => {
    const before = steady(undefined, 1000, 0)
    expect(steady(before, 60_000, 100, true).left).toBe(60_000)
    expect(steady(before, 60_000, 100).left).toBeLessThanOrEqual(1300)
  })

  it('of a line is that of its slowest lane', () => {
    const time = fc.integer({ min: 0, max: 100_000 })
    fc.assert(
      fc.property(fc.array(time, { maxLength: 4 }), fc.integer({ min: 0, max: 40 }), time, (active, waiting, each) => {
        const left = lineLeft({ active, waiting, each, atOnce: 4 })
        const work = active.reduce((sum, one) => sum + one, 0) + waiting * each
        expect(left).toBeGreaterThanOrEqual(work / 4)
        expect(left).toBeGreaterThanOrEqual(Math.max(0, ...active))
        expect(left).toBeLessThanOrEqual(Math.max(work / 4, ...active, 0) + each)
      }),
    )
    expect(lineLeft({ active: [10, 20], waiting: 3, each: 30, atOnce: 2 })).toBe(70)
  })
})
