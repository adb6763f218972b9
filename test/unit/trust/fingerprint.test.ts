// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fingerprintWords } from '../../../shared/formats/fingerprint-words.ts'
import { fingerprintOf, pickPlaces, wordsFit } from '../../../main/station/trust/fingerprint.ts'

const digest = createHash('sha256').update('policy').digest('hex')

describe('the fingerprint', () => {
  it("has BIP 39's list of 2 048 words", () => {
    expect(new Set(fingerprintWords).size).toBe(2048)
    const published = '2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda'
    expect(
      createHash('sha256')
        .update(`${fingerprintWords.join('\n')}\n`)
        .digest('hex'),
    ).toBe(published)
  })

  it('is the first 132 bits as twelve words', () => {
    expect(fingerprintOf('0'.repeat(64))).toEqual(Array.from({ length: 12 }, () => 'abandon'))
    expect(fingerprintOf('f'.repeat(64))).toEqual(Array.from({ length: 12 }, () => 'zoo'))
    // 0x80 0x20 … : the first eleven bits are 1024, the next eleven 1.
    const bits = `${'10000000000'}${'00000000001'}`.padEnd(256, '0')
    const hex = BigInt(`0b${bits}`).toString(16).padStart(64, '0')
    expect(fingerprintOf(hex).slice(0, 3)).toEqual(['length', 'ability', 'abandon'])
  })

  it('changes with every one of its bits', () => {
    const value = BigInt(`0x${digest}`)
    for (let bit = 0n; bit < 132n; bit += 1n) {
      const changed = (value ^ (1n << (255n - bit))).toString(16).padStart(64, '0')
      expect(fingerprintOf(changed)).not.toEqual(fingerprintOf(digest))
    }
  })

  it('asks for four different places, not always the same', () => {
    const picked = Array.from({ length: 200 }, () => pickPlaces())
    for (const places of picked) {
      expect(new Set(places).size).toBe(4)
      expect(places).toEqual([...places].sort((a, b) => a - b))
      expect(places.every((place) => place >= 0 && place < 12)).toBe(true)
    }
    expect(new Set(picked.flat()).size).toBe(12)
  })

  it('takes the words at the places and nothing else', () => {
    const words = fingerprintOf(digest)
    const [a = '', b = ''] = [words[3], words[7]]
    expect(wordsFit(digest, [3, 7], [a, ` ${b.toUpperCase()} `])).toBe(true)
    expect(wordsFit(digest, [3, 7], [b, a])).toBe(false)
    expect(wordsFit(digest, [3, 7], [a])).toBe(false)
    expect(wordsFit(digest, [3], [a, b])).toBe(false)
    expect(wordsFit(digest, [12], [''])).toBe(false)
  })
})
