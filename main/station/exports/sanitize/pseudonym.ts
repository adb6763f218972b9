// SPDX-License-Identifier: Apache-2.0
import { createHmac } from 'node:crypto'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 base32 of 10 bytes, lower case: 16 characters. */
const base32 = (bytes: Uint8Array): string => {
  let text = ''
  for (let start = 0; start < 10; start += 5) {
    let block = 0
    for (let i = 0; i < 5; i++) block = block * 256 + (bytes[start + i] ?? 0)
    let part = ''
    for (let i = 0; i < 8; i++) {
      part = (alphabet[block % 32] ?? '') + part
      block = Math.floor(block / 32)
    }
    text += part
  }
  return text
}

/** The site's key for one kind of value; different kinds cannot be linked. */
export type KindKeys = (kind: string) => Uint8Array

/** Gives the pseudonym of a value; remembers what it gave, so that the map can stay on site. */
export type Pseudonyms = {
  /** `<kind>-<16 base32>`: HMAC-SHA-256 under the kind's key, first 80 bits. Unkeyed hashes are never used. */
  of(kind: string, value: string): string
  /** pseudonym → value, of this run. Never leaves the site. */
  readonly map: ReadonlyMap<string, string>
}

/** Pseudonyms under a site's keys: the same value has the same one within a site, and no other site's can be compared. */
export const createPseudonyms = (keys: KindKeys): Pseudonyms => {
  const known = new Map<string, Map<string, string>>()
  const map = new Map<string, string>()
  return {
    map,
    of(kind, value) {
      const ofKind = known.get(kind) ?? new Map<string, string>()
      known.set(kind, ofKind)
      const before = ofKind.get(value)
      if (before !== undefined) return before
      const pseudonym = `${kind}-${base32(createHmac('sha256', keys(kind)).update(value, 'utf8').digest())}`
      ofKind.set(value, pseudonym)
      map.set(pseudonym, value)
      return pseudonym
    },
  }
}
