// SPDX-License-Identifier: Apache-2.0

/** Where a value must not stand: anywhere, or only where no letter or digit touches it. */
export type Needle = { readonly text: string; readonly whole: boolean }

/** Finds any of many values in lower-case code units, by what they end with. */
export type Needles = {
  readonly size: number
  /** Whether a needle may end with these last four units; a bit test. */
  mayEnd(window: number): boolean
  /** The needle that ends right before `end`, or undefined; ask where `mayEnd` said so. */
  endingAt(units: Uint16Array, end: number, length: number): string | undefined
}

const filterBits = 20
const tail = 4
const longTail = 16

/** The window of the last four units after one more of them. */
export const slide = (window: number, unit: number): number => (window << 8) | (unit & 0xff)

const slotOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> (32 - filterBits)

/**
 * An index over the last four units of each needle (shorter ones over the last one), and over the last sixteen for those
 * that are longer. A walk costs about a nanosecond a unit, however many needles there are.
 */
export const createNeedles = (needles: Iterable<Needle>): Needles => {
  const filter = new Uint8Array(1 << filterBits)
  const shortEnds = new Uint8Array(256)
  const short: Needle[] = []
  const middle = new Map<number, Needle[]>()
  const long = new Map<string, Needle[]>()
  let size = 0
  for (const needle of needles) {
    const { text } = needle
    if (text === '') continue
    size++
    let window = 0
    for (let i = Math.max(0, text.length - tail); i < text.length; i++) window = slide(window, text.charCodeAt(i))
    if (text.length < tail) {
      short.push(needle)
      shortEnds[window & 0xff] = 1
      continue
    }
    filter[slotOf(window)] = 1
    if (text.length >= longTail) push(long, text.slice(-longTail), needle)
    else push(middle, window, needle)
  }
  const windowAt = (units: Uint16Array, end: number): number => {
    let window = 0
    for (let i = Math.max(0, end - tail); i < end; i++) window = slide(window, units[i] ?? 0)
    return window
  }
  return {
    size,
    mayEnd: (window) => filter[slotOf(window)] === 1 || shortEnds[window & 0xff] === 1,
    endingAt: (units, end, length) =>
      standing(short, units, end, length) ??
      standing(middle.get(windowAt(units, end)), units, end, length) ??
      (long.size > 0 && end >= longTail
        ? standing(long.get(String.fromCharCode(...units.subarray(end - longTail, end))), units, end, length)
        : undefined),
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
