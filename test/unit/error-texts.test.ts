// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { errorCodes, isErrorCode } from '../../shared/error-codes.ts'
import { de } from '../../shared/text/de.ts'
import { en } from '../../shared/text/en.ts'

const codes = Object.keys(errorCodes).filter(isErrorCode)

describe('the error catalogue', () => {
  it('gives every code a number of its own', () => {
    const numbers = codes.map((code) => errorCodes[code].number)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers.every((number) => number >= 1000 && number <= 9999)).toBe(true)
  })

  it('gives every code a headline, a state and a first step, each a sentence', () => {
    const broken = codes.filter((code) => {
      const { headline, state, next } = en[code]
      return ![headline, state, ...next].every((text) => /^[A-Z{].*[.?!]$/.test(text))
    })
    expect(broken).toEqual([])
  })

  it('gives each reason for which a bundle is refused, 2101 to 2114, a text of its own and a next step (ux 13)', () => {
    const refusals = codes.filter((code) => errorCodes[code].number >= 2101 && errorCodes[code].number <= 2114)
    expect(refusals).toHaveLength(14)
    for (const texts of [en, de]) {
      const headlines = codes.map((code) => texts[code].headline)
      const shared = refusals.filter(
        (code) => headlines.filter((headline) => headline === texts[code].headline).length > 1,
      )
      expect(shared).toEqual([])
      expect(refusals.filter((code) => texts[code].next.length === 0)).toEqual([])
    }
  })

  it('never says nothing', () => {
    const texts = codes.flatMap((code) => [en[code].headline, en[code].state, ...en[code].next])
    expect(texts.filter((text) => /something went wrong|unknown error|stack/i.test(text))).toEqual([])
  })
})
