// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { findCodes, mostCodes, says } from '../../../renderer/features/help/search.ts'
import { errorCodes } from '../../../shared/error-codes.ts'

describe('the help', () => {
  it('finds every code by the number that a person reads out, in both languages, with what to do', () => {
    for (const language of ['en', 'de'] as const)
      for (const [code, { number }] of Object.entries(errorCodes)) {
        const [first] = findCodes(language, `AL-${number}`)
        expect(first).toMatchObject({ code, number: `AL-${number}` })
        expect(first?.headline).not.toBe('')
        expect(first?.next.length).toBeGreaterThan(0)
      }
  })

  it('takes a number without its letters, the beginning of one, and words of what a code says', () => {
    expect(findCodes('en', '2104')[0]?.code).toBe('trust.unknown-signer')
    expect(findCodes('en', 'al2104')[0]?.code).toBe('trust.unknown-signer')
    expect(findCodes('en', '21').every(({ number }) => number.startsWith('AL-21'))).toBe(true)
    expect(findCodes('en', 'signer not trusted').map(({ code }) => code)).toContain('trust.unknown-signer')
    expect(findCodes('de', 'Protokoll Siegel').map(({ code }) => code)).toContain('audit.truncated')
    expect(findCodes('en', 'e')).toHaveLength(mostCodes)
    expect(findCodes('en', 'no such words')).toEqual([])
  })

  it('needs every word, in any order and case', () => {
    expect(says('The drive was removed', 'REMOVED drive')).toBe(true)
    expect(says('The drive was removed', 'drive full')).toBe(false)
  })
})
