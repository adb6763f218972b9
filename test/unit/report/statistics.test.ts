// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { betaIncomplete, logGamma, normalTail, studentTail } from '../../../main/cli/report/distributions.ts'
import {
  binomialTest,
  compareRates,
  holm,
  mannWhitney,
  poissonRate,
  wilson,
} from '../../../main/cli/report/statistics.ts'
import { randomFrom } from '../../support/fleet.ts'

describe('distributions', () => {
  it('agree with exact values', () => {
    expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 9)
    // I_0.5(2, 3) = 11/16.
    expect(betaIncomplete(0.5, 2, 3)).toBeCloseTo(11 / 16, 10)
    expect(betaIncomplete(0, 2, 3)).toBe(0)
    expect(betaIncomplete(1, 2, 3)).toBe(1)
  })

  it('agree with the tables of the normal and of Student’s t distribution', () => {
    expect(normalTail(1.959963984540054)).toBeCloseTo(0.025, 7)
    expect(normalTail(3.090232306167813) / 0.001).toBeCloseTo(1, 5)
    expect(normalTail(0)).toBeCloseTo(0.5, 7)
    expect(studentTail(2.228139, 10)).toBeCloseTo(0.05, 6)
    expect(studentTail(12.7062, 1)).toBeCloseTo(0.05, 5)
  })
})

describe('wilson', () => {
  it('gives the published interval of 8 in 10, and of 0 and all', () => {
    expect(wilson(8, 10).low).toBeCloseTo(0.4902, 4)
    expect(wilson(8, 10).high).toBeCloseTo(0.9433, 4)
    expect(wilson(0, 10).low).toBe(0)
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 4)
    expect(wilson(10, 10)).toMatchObject({ high: 1 })
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })
})

describe('poissonRate', () => {
  it('is within a hundredth of the exact interval of 10 events', () => {
    const { low, high } = poissonRate(10, 1)
    expect(low).toBeCloseTo(4.7954, 1)
    expect(high).toBeCloseTo(18.3904, 1)
    expect(poissonRate(0, 100)).toMatchObject({ low: 0 })
    expect(poissonRate(0, 100).high).toBeCloseTo(0.0369, 2)
    expect(poissonRate(3, 0)).toEqual({ low: 0, high: Number.POSITIVE_INFINITY })
  })
})

describe('tests', () => {
  it('give exact binomial values', () => {
    expect(binomialTest(8, 10, 0.5)).toBeCloseTo(0.109375, 8)
    expect(binomialTest(5, 10, 0.5)).toBe(1)
    expect(binomialTest(0, 8, 0.5)).toBeCloseTo(2 / 256, 8)
    expect(binomialTest(300_000, 600_000, 0.5)).toBe(1)
  })

  it('tell two parted samples from two equal ones', () => {
    expect(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(0.0122, 3)
    expect(mannWhitney([1, 1, 1], [1, 1, 1])).toBe(1)
    expect(mannWhitney([1, 3, 5, 7], [2, 4, 6, 8])).toBeGreaterThan(0.5)
  })

  it('correct by Holm as published', () => {
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02])
    expect(holm([])).toEqual([])
  })
})

describe('compareRates', () => {
  const units = (counts: readonly number[], exposure = 100) => counts.map((count) => ({ count, exposure }))

  it('finds a rate that is ten times as high, with the ratio inside its interval', () => {
    const result = compareRates(units([1, 2, 0, 1, 2, 1]), units([11, 12, 9, 14, 10, 13]))
    expect(result.p).toBeLessThan(1e-4)
    expect(result.ratio).toBeCloseTo(69 / 7, 6)
    expect(result.interval?.low).toBeLessThan(69 / 7)
    expect(result.interval?.high).toBeGreaterThan(69 / 7)
  })

  it('does not blame a release for one device that crashes in a loop', () => {
    const { p } = compareRates(units([1, 0, 1, 0, 1, 0, 1, 0]), units([1, 0, 1, 400, 0, 1, 0, 1]))
    expect(p).toBeGreaterThan(0.2)
  })

  it('knows no ratio to nothing, and finds no difference between nothing and nothing', () => {
    expect(compareRates(units([0, 0, 0]), units([9, 11, 10])).ratio).toBeUndefined()
    expect(compareRates(units([0, 0, 0]), units([0, 0, 0])).p).toBe(1)
  })

  it('is wrong about equal rates as seldom as it says', () => {
    const random = randomFrom(7)
    const draw = () =>
      units(Array.from({ length: 12 }, () => Array.from({ length: 40 }, random).filter((x) => x < 0.1).length))
    const found = Array.from({ length: 400 }, () => compareRates(draw(), draw()).p).filter((p) => p < 0.05)
    expect(found.length).toBeLessThan(32)
  })
})
