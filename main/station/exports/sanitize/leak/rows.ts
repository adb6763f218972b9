// SPDX-License-Identifier: Apache-2.0

/** A value inside an NDJSON file: bytes [start, end) of a string without its quotes, or of a number. False: a leak. */
export type RowVisitor = {
  name(start: number, end: number): boolean
  string(start: number, end: number): boolean
  number(start: number, end: number): boolean
}

const [quote, backslash, comma, colon, open, close, newline] = [34, 92, 44, 58, 123, 125, 10]
const [minus, plus, dot, zero, nine, exponent] = [45, 43, 46, 48, 57, 101]
const nullWord = [110, 117, 108, 108] as const

/**
 * Walks over lines of flat canonical JSON, one a call: takes where the line begins and gives the place behind its line
 * feed, or −1 where the bytes are anything else: a blank, a nested value, a control character, a missing end. A member
 * that is the same as the one in its place in the line before is not visited again, unless it was a leak.
 */
export const rowWalker = (bytes: Uint8Array, visit: RowVisitor): ((at: number) => number) => {
  // Where the members of the line before begin, and where each ends.
  const starts: number[] = []
  const ends: number[] = []

  const member = (at: number): { end: number; clean: boolean } => {
    const nameEnd = endOfString(bytes, at)
    if (nameEnd < 0 || bytes[nameEnd + 1] !== colon) return bad
    const named = visit.name(at + 1, nameEnd)
    const start = nameEnd + 2
    if (bytes[start] === quote) {
      const end = endOfString(bytes, start)
      return end < 0 ? bad : { end: end + 1, clean: visit.string(start + 1, end) && named }
    }
    if (bytes[start] === nullWord[0])
      return nullWord.every((byte, i) => bytes[start + i] === byte) ? { end: start + 4, clean: named } : bad
    const end = endOfNumber(bytes, start)
    return end < 0 ? bad : { end, clean: visit.number(start, end) && named }
  }

  return (at) => {
    if (bytes[at] !== open) return -1
    let i = at + 1
    for (let place = 0; ; place++) {
      let end = sameAs(bytes, i, starts[place] ?? 0, ends[place] ?? 0)
      let clean = true
      if (end < 0) {
        ;({ end, clean } = member(i))
        if (end < 0) return -1
      }
      starts[place] = i
      ends[place] = clean ? end : i
      i = end + 1
      if (bytes[end] === comma) continue
      return bytes[end] === close && bytes[i] === newline ? i + 1 : -1
    }
  }
}

const bad = { end: -1, clean: false } as const

/** End of the member at `at` where it is the same as [start, end), or −1. */
const sameAs = (bytes: Uint8Array, at: number, start: number, end: number): number => {
  if (start === end) return -1
  let [i, j] = [at, start]
  while (j < end && bytes[i] === bytes[j]) {
    i += 1
    j += 1
  }
  return j === end && (bytes[i] === comma || bytes[i] === close) ? i : -1
}

/** Place of the closing quote of the string that opens at `at`, or −1. */
const endOfString = (bytes: Uint8Array, at: number): number => {
  if (bytes[at] !== quote) return -1
  for (let i = at + 1; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte === quote) return i
    if (byte === backslash) i += 1
    else if (byte < 32) return -1
  }
  return -1
}

/** End of digits that begin at `at`. */
const endOfDigits = (bytes: Uint8Array, at: number): number => {
  let i = at
  for (let byte = bytes[i] ?? 0; byte >= zero && byte <= nine; byte = bytes[i] ?? 0) i += 1
  return i
}

/** End of a number (RFC 8259) at `at`, or −1. */
const endOfNumber = (bytes: Uint8Array, at: number): number => {
  const start = bytes[at] === minus ? at + 1 : at
  let i = endOfDigits(bytes, start)
  if (i === start || (bytes[start] === zero && i > start + 1)) return -1
  if (bytes[i] === dot) {
    const fraction = i + 1
    i = endOfDigits(bytes, fraction)
    if (i === fraction) return -1
  }
  if (bytes[i] !== exponent) return i
  const power = bytes[i + 1] === plus || bytes[i + 1] === minus ? i + 2 : i + 1
  i = endOfDigits(bytes, power)
  return i === power ? -1 : i
}
