// SPDX-License-Identifier: Apache-2.0

/** Where a value must not stand: anywhere, or only where no letter or digit touches it. */
export type Needle = { readonly text: string; readonly whole: boolean }

/** Finds any of many values in a text of lower-case code units. */
export type Needles = {
  readonly size: number
  /** The first needle that is in `units[0, length)`, or undefined. */
  find(units: Uint16Array, length: number): string | undefined
}

const filterBits = 20
const head = 4
const longHead = 16

/**
 * An index over the first four units of each needle (shorter ones over all of theirs) and, for those with many
 * siblings, the first sixteen. A walk costs about a nanosecond a unit, however many needles there are.
 */
export const createNeedles = (needles: Iterable<Needle>): Needles => {
  const filter = new Uint8Array(1 << filterBits)
  const shortLists = new Map<number, Needle[]>()
  const longLists = new Map<string, Needle[]>()
  const lengths = new Set<number>()
  let size = 0
  for (const needle of needles) {
    const { text } = needle
    if (text === '') continue
    size++
    const headLength = Math.min(head, text.length)
    lengths.add(headLength)
    let key = headLength
    for (let i = 0; i < headLength; i++) key = step(key, text.charCodeAt(i))
    key = finish(key)
    filter[key >>> (32 - filterBits)] = 1
    if (text.length >= longHead) push(longLists, text.slice(0, longHead), needle)
    else push(shortLists, key, needle)
  }
  return {
    size,
    find(units, length) {
      // Needles of one to three units have keys of their own length: each length takes a walk of its own.
      for (const headLength of lengths) {
        for (let at = 0; at + headLength <= length; at++) {
          let key = headLength
          for (let i = at; i < at + headLength; i++) key = step(key, units[i] ?? 0)
          key = finish(key)
          if (filter[key >>> (32 - filterBits)] !== 1) continue
          const found =
            standing(shortLists.get(key), units, at, length) ??
            (headLength === head && longLists.size > 0 && at + longHead <= length
              ? standing(longLists.get(String.fromCharCode(...units.subarray(at, at + longHead))), units, at, length)
              : undefined)
          if (found !== undefined) return found
        }
      }
      return undefined
    },
  }
}

/** 32-bit key of the first units, one after the other. */
const step = (key: number, unit: number): number => Math.imul(key ^ unit, 0x9e3779b1)
const finish = (key: number): number => (key ^ (key >>> 15)) >>> 0

const push = <Key>(lists: Map<Key, Needle[]>, key: Key, known: Needle): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [known])
  else list.push(known)
}

const standing = (
  candidates: readonly Needle[] | undefined,
  units: Uint16Array,
  at: number,
  length: number,
): string | undefined => {
  for (const { text, whole } of candidates ?? []) {
    const end = at + text.length
    if (end > length) continue
    const last = text.length - 1
    if (whole && (touches(units[at - 1], units[at]) || (end < length && touches(units[end], units[end - 1])))) continue
    let i = last
    while (i >= 0 && units[at + i] === text.charCodeAt(i)) i--
    if (i < 0) return text
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
