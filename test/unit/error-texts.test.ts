// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { errorCodes, isErrorCode } from '../../shared/error-codes.ts'
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

  it('never says nothing', () => {
    const texts = codes.flatMap((code) => [en[code].headline, en[code].state, ...en[code].next])
    expect(texts.filter((text) => /something went wrong|unknown error|stack/i.test(text))).toEqual([])
  })
})
