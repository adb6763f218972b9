// SPDX-License-Identifier: Apache-2.0
/** A source of numbers from 0 up to 1. */
export type Random = () => number

/** A whole number from `from` to `to`. */
export const int = (r: Random, from: number, to: number): number => from + Math.floor(r() * (to - from + 1))
/** One of a list. */
export const pick = <T>(r: Random, list: readonly T[]): T => list[int(r, 0, list.length - 1)]!
/** `n` characters of an alphabet. */
export const letters = (r: Random, n: number, alphabet: string): string =>
  Array.from({ length: n }, () => pick(r, Array.from(alphabet))).join('')
/** `n` hex digits. */
export const hex = (r: Random, n: number): string => letters(r, n, '0123456789abcdef')
/** `n` pairs of hex digits. */
export const pairs = (r: Random, n: number): string[] => Array.from({ length: n }, () => hex(r, 2))

/** Numbers from a seed: the same ones everywhere (mulberry32). */
export const seeded = (seed: number): Random => {
  let a = seed | 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
