// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  compareSemver,
  evidencePath,
  hex64,
  name,
  payloadPath,
  pin,
  semver,
  text,
  time,
  uuid,
  whole,
} from '../../../shared/formats/scalars.ts'

const cases: [string, z.ZodType, unknown[], unknown[]][] = [
  ['name', name, ['a', '0.x_y-z', 'a'.repeat(64)], ['', 'A', '-a', '.a', 'a'.repeat(65), 'ä', 'a\n', 1]],
  ['text', text, ['x', 'ü'.repeat(256), '😀'.repeat(256), 'a\nb'], ['', 'x'.repeat(257), 5]],
  ['hex64', hex64, ['0'.repeat(64)], ['0'.repeat(63), 'A'.repeat(64), '0'.repeat(96)]],
  [
    'time',
    time,
    ['2026-02-28T23:59:59Z', '2024-02-29T00:00:00Z'],
    [
      '2026-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-01-01T24:00:00Z',
      '2026-01-01T23:59:60Z',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00+00:00',
      '2026-01-01 00:00:00Z',
    ],
  ],
  [
    'semver',
    semver,
    ['0.0.0', '1.2.3-rc.1+build.5', '1.0.0--'],
    ['1.0', '01.0.0', '1.0.0-01', 'v1.0.0', '1.0.0+', `1.0.${'1'.repeat(61)}`],
  ],
  ['whole', whole, [0, 2 ** 53 - 1], [-1, 0.5, 2 ** 53, '1', Number.NaN]],
  [
    'uuid',
    uuid,
    ['01234567-89ab-4def-8123-456789abcdef'],
    ['01234567-89AB-4def-8123-456789abcdef', '0123456789ab4def8123456789abcdef'],
  ],
]

describe('scalars', () => {
  it.each(cases)('%s takes what fits and nothing else', (_name, type, good, bad) => {
    for (const value of good) expect(type.safeParse(value).success, String(value)).toBe(true)
    for (const value of bad) expect(type.safeParse(value).success, String(value)).toBe(false)
  })

  it('knows the names that are no entry of an envelope', () => {
    for (const last of ['con', 'nul.bin', 'com1', 'lpt0.x.y', 'a.', '.', '..', '', 'A', 'a b', 'a/b', 'a'.repeat(65)]) {
      expect(payloadPath.safeParse(`payload/${last}`).success, last).toBe(false)
    }
    for (const last of ['a.bin', '.hidden', 'console', 'com', 'com10', 'a..b', 'a'.repeat(64)]) {
      expect(payloadPath.safeParse(`payload/${last}`).success, last).toBe(true)
    }
    expect(payloadPath.safeParse('evidence/a').success).toBe(false)
    expect(evidencePath.safeParse('evidence/a').success).toBe(true)
  })

  it('takes a pin only when its window is open at all', () => {
    const spki = '0'.repeat(64)
    const from = '2026-01-01T00:00:00Z'
    expect(pin.safeParse({ spki, validFrom: from, validUntil: '2026-01-01T00:00:01Z' }).success).toBe(true)
    expect(pin.safeParse({ spki, validFrom: from, validUntil: from }).success).toBe(false)
  })
})

describe('compareSemver', () => {
  it('orders as SemVer 2.0.0 does', () => {
    const order = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.9.0',
      '1.10.0',
      '2.0.0',
      '9007199254740993.0.0',
      '9007199254740994.0.0',
    ]
    for (const [i, a] of order.entries()) {
      for (const [j, b] of order.entries()) expect(Math.sign(compareSemver(a, b)), `${a} ${b}`).toBe(Math.sign(i - j))
    }
  })

  it('leaves build metadata out', () => {
    expect(compareSemver('1.0.0+a', '1.0.0+b')).toBe(0)
  })
})
