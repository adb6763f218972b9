// SPDX-License-Identifier: Apache-2.0
import { fingerprintWords } from '../../../shared/formats/fingerprint-words.ts'
import { randomOctets } from '../platform/ids.ts'

/** Words in a fingerprint: 132 bits. */
export const fingerprintLength = 12
/** Words that each of the two people types. */
export const askedWords = 4
const bitsPerWord = 11n

/** The first 132 bits of a SHA-256 (lower-case hex) as twelve words, to compare with a paper that came another way. */
export const fingerprintOf = (digest: string): readonly string[] => {
  const bits = BigInt(`0x${digest}`) >> (256n - bitsPerWord * BigInt(fingerprintLength))
  return Array.from({ length: fingerprintLength }, (_, place) => {
    const shift = bitsPerWord * BigInt(fingerprintLength - 1 - place)
    return fingerprintWords[Number((bits >> shift) & 0x7ffn)] ?? ''
  })
}

/** Four different places (from 0, ascending) that a person is asked for, picked at random. */
export const pickPlaces = (): readonly number[] =>
  Array.from({ length: fingerprintLength }, (_, place) => ({
    place,
    order: Buffer.from(randomOctets(8)).toString('hex'),
  }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, askedWords)
    .map(({ place }) => place)
    .sort((a, b) => a - b)

/** Whether the words that a person typed are those that stand at the places; case and spaces around do not count. */
export const wordsFit = (digest: string, places: readonly number[], typed: readonly string[]): boolean => {
  const words = fingerprintOf(digest)
  return typed.length === places.length && places.every((place, n) => words[place] === typed[n]?.trim().toLowerCase())
}
