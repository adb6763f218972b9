// SPDX-License-Identifier: Apache-2.0
/** Keeps docs/ux-acceptance.md true: every point once, every tag a point, every required point a test. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { acceptance, acceptanceDocument, acceptanceFile, notShown, shownBy } from '../../tools/acceptance.ts'

const numbers = acceptance.points.map(({ number }) => number)

describe('the list of what the app must hold', () => {
  it('is as the document shows it: else run node tools/acceptance.ts', () => {
    expect(readFileSync(acceptanceFile, 'utf8') === acceptanceDocument(), 'run node tools/acceptance.ts').toBe(true)
  })

  it('has every point once, in order', () => {
    expect(numbers).toEqual(Array.from({ length: 96 }, (_, n) => n + 1))
  })

  it('is named by tests with numbers that it has', () => {
    const shown = shownBy()
    expect(shown.length).toBeGreaterThan(5)
    expect(shown.filter(({ points }) => points.some((point) => !numbers.includes(point)))).toEqual([])
  })

  it('has a test for every point that is required', () => {
    const open = new Set(notShown(shownBy()))
    expect(acceptance.required.filter((number) => open.has(number))).toEqual([])
  })
})
