// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { compareVersions, median, metricPair, pairsOf } from '../../../main/cli/report/compare.ts'
import { sentenceOf } from '../../../main/cli/report/sentence.ts'
import type { DeviceUnit } from '../../../main/cli/report/units.ts'

const fleet = (devices: number, changes: Partial<DeviceUnit> = {}): DeviceUnit[] =>
  Array.from({ length: devices }, (_, n) => ({
    version: '1',
    device: `site/${n}`,
    boots: 20,
    hours: 100,
    crashes: n % 2,
    crashedBoots: n % 2,
    resets: n % 2,
    errors: 5,
    tries: 1,
    failures: 0,
    ...changes,
  }))
const averages = (count: number, value: number): Map<string, number> =>
  new Map(Array.from({ length: count }, (_, n) => [`site/${n}`, value + n]))

describe('compareVersions', () => {
  it('names what became worse first, with test and effect size', () => {
    const result = compareVersions(fleet(10), fleet(10, { crashes: 12 }), [])
    expect(result).toMatchObject({
      verdict: 'worse',
      findings: [{ measure: 'crashes', direction: 'worse', ratio: 24 }],
    })
    expect(result.findings[0]?.test).toMatch(/exact conditional/)
    expect(sentenceOf('1.0.0', '1.1.0', result)).toBe(
      '1.1.0 is worse than 1.0.0: 120 crashes per 1 000 device-hours (was 5). 1.1.0: 10 devices, 1\u202f000 h; 1.0.0: 10 devices, 1\u202f000 h.',
    )
  })

  it('says that a release is better, and says both where it is worse as well', () => {
    expect(compareVersions(fleet(10, { crashes: 12 }), fleet(10), [])).toMatchObject({ verdict: 'better' })
    const mixed = compareVersions(fleet(10, { crashes: 12 }), fleet(10, { errors: 50 }), [])
    expect(mixed.findings.map(({ direction }) => direction)).toEqual(['worse', 'better'])
    expect(sentenceOf('1', '2', mixed)).toContain('but better: 5 crashes')
  })

  it('is silent about equal versions', () => {
    const result = compareVersions(fleet(10), fleet(10), [])
    expect(result).toMatchObject({ verdict: 'no-difference', findings: [] })
    expect(sentenceOf('1', '2', result)).toMatch(/^2 is no different from 1 as far as these data tell/)
  })

  it('is silent below the least exposure, however bad it looks', () => {
    for (const newer of [fleet(2, { crashes: 100 }), fleet(5, { crashes: 100, hours: 1 })]) {
      const result = compareVersions(fleet(10), newer, [])
      expect(result).toMatchObject({ verdict: 'too-little-data', findings: [] })
      expect(sentenceOf('1', '2', result)).toContain('too few data to tell')
    }
  })

  it('leaves alone what differs surely but little', () => {
    const result = compareVersions(fleet(200, { errors: 1000 }), fleet(200, { errors: 1100 }), [])
    expect(result.findings).toEqual([])
  })

  it('says of a metric that it moved on the same devices, not that it is worse', () => {
    const result = compareVersions(fleet(10), fleet(10), [
      { title: 'heap', older: averages(10, 900), newer: averages(10, 700) },
    ])
    expect(result).toMatchObject({
      verdict: 'changed',
      findings: [{ direction: 'changed', older: 904.5, newer: 704.5 }],
    })
    expect(result.findings[0]?.test).toBe('sign test, same devices: 0 of 10 rose')
  })

  it('compares other devices by their ranks where none ran both versions', () => {
    const newer = new Map([...averages(10, 700)].map(([device, value]) => [`other/${device}`, value]))
    const result = compareVersions(fleet(10), fleet(10), [{ title: 'heap', older: averages(10, 900), newer }])
    expect(result.findings[0]?.test).toBe('Mann–Whitney over devices')
  })
})

describe('pairs and medians', () => {
  it('pair the devices that ran both versions', () => {
    expect(
      pairsOf(
        new Map([['a', 1]]),
        new Map([
          ['a', 2],
          ['b', 3],
        ]),
      ),
    ).toEqual([{ before: 1, after: 2 }])
    const versions = ['1', '2'].map((version) => ({ version, points: 1, quantiles: [], devices: new Map([['a', 1]]) }))
    const metric = { model: 'm', series: 'heap', unit: 'By', versions }
    expect(metricPair(metric, '1', '2')).toMatchObject([{ title: 'heap (By)' }])
    expect(metricPair(metric, '1', '3')).toEqual([])
  })

  it('take noise in the last digits for no change', () => {
    const [before, noise] = [12.6, 12.6 - 5e-15]
    expect(pairsOf(new Map([['a', before]]), new Map([['a', noise]]))).toEqual([{ before, after: before }])
    expect(pairsOf(new Map([['a', 1]]), new Map([['a', 1 + 1e-8]]))).toEqual([{ before: 1, after: 1 + 1e-8 }])
    expect(pairsOf(new Map([['a', 0]]), new Map([['a', 1e-12]]))).toEqual([{ before: 0, after: 1e-12 }])
  })

  it('take the middle of an even number of values', () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, Number.NaN])
  })
})
