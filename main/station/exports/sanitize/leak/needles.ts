// SPDX-License-Identifier: Apache-2.0

/** Where a value must not stand: anywhere, or only where no letter or digit touches it. */
export type Needle = { readonly text: string; readonly whole: boolean }

/** Finds any of many values in lower-case code units. */
export type Needles = {
  readonly size: number
  /** The needle that ends first in `units[0, length)`, or undefined. */
  firstIn(units: Uint16Array, length: number): string | undefined
}

const filterBits = 18
const tail = 4
const longTail = 16
/** What may end at a place: needles of less than four units, of less than sixteen, longer ones. */
const [short, middle, long] = [1, 2, 4]

/** The window of the last four units after one more of them. */
const slide = (window: number, unit: number): number => (window << 8) | (unit & 0xff)
const slotOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> (32 - filterBits)
const pairOf = (window: number): number => window & 0xffff

/**
 * An index over the last four units of each needle (shorter ones over the last two), and over the last sixteen for those
 * that are longer. A walk costs a nanosecond or two a unit, however many needles there are.
 */
export const createNeedles = (needles: Iterable<Needle>): Needles => {
  // Two sieves: by the last two units, which most places do not pass, and by the last four.
  const pairs = new Uint8Array(1 << 16)
  const filter = new Uint8Array(1 << filterBits)
  const shorts: Needle[] = []
  const byEnd = new Map<number, Needle[]>()
  const byLongEnd = new Map<string, Needle[]>()
  const expect = (window: number, kind: number): void => {
    pairs[pairOf(window)] = (pairs[pairOf(window)] ?? 0) | kind
    filter[slotOf(window)] = (filter[slotOf(window)] ?? 0) | kind
  }
  let size = 0
  for (const needle of needles) {
    const { text } = needle
    if (text === '') continue
    size++
    let window = 0
    for (let i = Math.max(0, text.length - tail); i < text.length; i++) window = slide(window, text.charCodeAt(i))
    if (text.length >= longTail) {
      expect(window, long)
      push(byLongEnd, text.slice(-longTail), needle)
    } else if (text.length >= tail) {
      expect(window, middle)
      push(byEnd, window, needle)
    } else {
      shorts.push(needle)
      // One unit alone may stand behind any other.
      if (text.length > 1) expect(window, short)
      else for (let other = 0; other < 256; other++) expect(window | (other << 8), short)
    }
  }
  const endingAt = (kinds: number, window: number, units: Uint16Array, end: number, length: number) =>
    (kinds & short ? standing(shorts, units, end, length) : undefined) ??
    (kinds & middle ? standing(byEnd.get(window), units, end, length) : undefined) ??
    (kinds & long && end >= longTail
      ? standing(byLongEnd.get(String.fromCharCode(...units.subarray(end - longTail, end))), units, end, length)
      : undefined)
  return {
    size,
    firstIn(units, length) {
      let window = 0
      for (let i = 0; i < length;) {
        window = slide(window, units[i++] ?? 0)
        const pair = pairs[pairOf(window)] ?? 0
        if (pair === 0) continue
        const kinds = (pair & short) | ((filter[slotOf(window)] ?? 0) & ~short)
        if (kinds === 0) continue
        const found = endingAt(kinds, window, units, i, length)
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}

const push = <Key>(lists: Map<Key, Needle[]>, key: Key, needle: Needle): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [needle])
  else list.push(needle)
}

const standing = (
  candidates: readonly Needle[] | undefined,
  units: Uint16Array,
  end: number,
  length: number,
): string | undefined => {
  for (const { text, whole } of candidates ?? []) {
    const start = end - text.length
    if (start < 0) continue
    let i = text.length - 1
    while (i >= 0 && units[start + i] === text.charCodeAt(i)) i--
    if (i >= 0) continue
    const joined =
      (start > 0 && touches(units[start - 1], units[start])) || (end < length && touches(units[end], units[end - 1]))
    if (!whole || !joined) return text
  }
  return undefined
}

/** Whether a word goes on across the border: both sides are letters or digits. */
const touches = (outside: number | undefined, inside: number | undefined): boolean => isWord(outside) && isWord(inside)

const isWord = (unit: number | undefined): boolean =>
  unit !== undefined &&
  ((unit >= 97 && unit <= 122) ||
    (unit >= 48 && unit <= 57) ||
    (unit > 127 && /[\p{L}\p{N}]/u.test(String.fromCharCode(unit))))
