// SPDX-License-Identifier: Apache-2.0
import { slide, type Needles } from './needles.ts'

/** What was found in a text: the first secret value, the first word of the dictionary. */
export type Search = { readonly value: string | undefined; readonly word: string | undefined }

const clean: Search = { value: undefined, word: undefined }

// What dashes, dots, underscores, commas and blanks become where words are looked for; 0: the unit stays.
const separators = new Uint8Array(128)
for (const c of ' ,-._') separators[c.charCodeAt(0)] = 32

/** A dictionary word in the form that it is looked for: lower case, with one blank for each separator. */
export const foldWord = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ ,._-]+/g, ' ')
    .trim()

/** Looks for secret values as they are and for words across their separators, in one walk over a text. */
export const createTextSearch = (values: Needles, words: Needles): ((text: string) => Search) => {
  let units = new Uint16Array(4096)
  let folded = new Uint16Array(4096)

  const fill = (text: string): number => {
    const lower = /[^\0-\x7f]/.test(text) ? text.toLowerCase() : text
    if (units.length < lower.length) {
      units = new Uint16Array(lower.length * 2)
      folded = new Uint16Array(lower.length * 2)
    }
    for (let i = 0; i < lower.length; i++) {
      const unit = lower.charCodeAt(i)
      units[i] = unit >= 65 && unit <= 90 ? unit | 32 : unit
    }
    return lower.length
  }
  /** Folds into the second buffer; gives its length. */
  const fold = (length: number): number => {
    let out = 0
    for (let i = 0; i < length; i++) {
      const unit = units[i] ?? 0
      if (unit >= 128 || separators[unit] === 0) folded[out++] = unit
      else if (out > 0 && folded[out - 1] !== 32) folded[out++] = 32
    }
    return out
  }

  return (text) => {
    const length = fill(text)
    const value = values.size === 0 ? undefined : firstIn(values, units, length)
    const word = words.size === 0 ? undefined : firstIn(words, folded, fold(length))
    return value === undefined && word === undefined ? clean : { value, word }
  }
}

const firstIn = (needles: Needles, units: Uint16Array, length: number): string | undefined => {
  let window = 0
  for (let i = 0; i < length;) {
    window = slide(window, units[i++] ?? 0)
    if (!needles.mayEnd(window)) continue
    const found = needles.endingAt(units, i, length)
    if (found !== undefined) return found
  }
  return undefined
}
