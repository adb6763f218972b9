// SPDX-License-Identifier: Apache-2.0

/** A value inside an NDJSON file: bytes [start, end) of a string without its quotes, or of a number. */
export type RowVisitor = {
  name(start: number, end: number): void
  string(start: number, end: number): void
  number(start: number, end: number): void
}

const [quote, backslash, comma, colon, open, close, newline] = [34, 92, 44, 58, 123, 125, 10]

/**
 * Walks over one line of flat canonical JSON that begins at `at`; gives the place behind its line feed, or −1 where the
 * bytes are anything else: a blank, a nested value, a control character, a missing end.
 */
export const walkRow = (bytes: Uint8Array, at: number, visit: RowVisitor): number => {
  if (bytes[at] !== open) return -1
  let i = at + 1
  for (;;) {
    const nameEnd = endOfString(bytes, i)
    if (nameEnd < 0 || bytes[nameEnd + 1] !== colon) return -1
    visit.name(i + 1, nameEnd)
    const start = nameEnd + 2
    if (bytes[start] === quote) {
      const end = endOfString(bytes, start)
      if (end < 0) return -1
      visit.string(start + 1, end)
      i = end + 1
    } else {
      i = endOfWord(bytes, start)
      if (i < 0) return -1
      if (bytes[start] !== 110) visit.number(start, i)
    }
    if (bytes[i] === comma) i += 1
    else if (bytes[i] === close) return bytes[i + 1] === newline ? i + 2 : -1
    else return -1
  }
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

const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/

/** End of a number or `null` at `at`, or −1. */
const endOfWord = (bytes: Uint8Array, at: number): number => {
  let i = at
  let digits = true
  while (i < bytes.length && bytes[i] !== comma && bytes[i] !== close && i - at < 32) {
    const byte = bytes[i] ?? 0
    digits &&= byte >= 48 && byte <= 57
    i += 1
  }
  if (i === at) return -1
  if (digits && (bytes[at] !== 48 || i === at + 1)) return i
  const text = String.fromCharCode(...bytes.subarray(at, i))
  return text === 'null' || numberForm.test(text) ? i : -1
}
