// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gap, noBurst, scanStep, shortest, type Key } from '../../renderer/state/scan.ts'

const character = fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme-ascii' })
const code = fc.array(character, { minLength: shortest, maxLength: 40 })
const quick = fc.integer({ min: 0, max: gap - 1 })
const slow = fc.integer({ min: gap, max: 5000 })

/** Keys one after the other, each with its time since the one before; gives what was taken for scans. */
const play = (keys: readonly (readonly [key: string, after: number])[]): string[] => {
  let burst = noBurst
  let at = 0
  const scans: string[] = []
  for (const [key, after] of keys) {
    at += after
    const step = scanStep(burst, { key, at } satisfies Key)
    burst = step.burst
    if (step.scan !== undefined) scans.push(step.scan)
  }
  return scans
}

describe('a scanner', () => {
  it('is heard whole, with Shift between its keys, whatever was typed before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(character, slow)), code, fc.array(quick), (typed, text, gaps) => {
        const burst = text.flatMap((key, n) => [['Shift', 0] as const, [key, n === 0 ? gap : (gaps[n] ?? 1)] as const])
        expect(play([...typed, ...burst, ['Enter', 1]])).toEqual([text.join('')])
      }),
    )
  })

  it('is never heard where a hand types, Enter or not', () => {
    const key = fc.oneof(character, fc.constantFrom('Enter', 'Tab', 'Backspace', 'ArrowDown'))
    fc.assert(fc.property(fc.array(fc.tuple(key, slow)), (keys) => play(keys).length === 0))
  })

  it('is never heard when one of the last four gaps is a hand’s', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 1, max: shortest }), slow, (text, back, pause) => {
        const keys = [...text, 'Enter'].map((key) => [key, 1] as [string, number])
        const late = keys[keys.length - back]
        if (late !== undefined) late[1] = pause
        expect(play(keys)).toEqual([])
      }),
    )
  })

  it('starts anew after a key that is no character', () => {
    fc.assert(
      fc.property(code, code, fc.constantFrom('Tab', 'Escape', 'ArrowUp'), (first, second, other) => {
        const keys = [...first, other, ...second, 'Enter'].map((key) => [key, 1] as const)
        expect(play(keys)).toEqual([second.join('')])
      }),
    )
  })
})
