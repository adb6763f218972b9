// SPDX-License-Identifier: Apache-2.0
import type { Needles } from './needles.ts'

/** What was found in a text: the first secret value, the first word of the dictionary. */
export type Search = { readonly value: string | undefined; readonly word: string | undefined }

const clean: Search = { value: undefined, word: undefined }

const lower = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code | 32 : code))
/** Dashes, dots, underscores and commas as blanks, where words are looked for. */
const blank = lower.map((code) => (' ,-._'.includes(String.fromCharCode(code)) ? 32 : code))

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

  /** Fills both buffers with lower case, the second one with blanks for separators; gives their lengths. */
  const fill = (text: string): [number, number] => {
    if (units.length < text.length) {
      units = new Uint16Array(text.length * 2)
      folded = new Uint16Array(text.length * 2)
    }
    let out = 0
    let last = 32
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      const unit = code < 128 ? (lower[code] ?? 0) : code
      units[i] = unit
      const fold = code < 128 ? (blank[unit] ?? 0) : code
      if (fold === 32 && last === 32) continue
      folded[out++] = last = fold
    }
    return [text.length, out]
  }

  return (text) => {
    const [length, foldedLength] = fill(/[^\0-\x7f]/.test(text) ? text.toLowerCase() : text)
    const value = values.size === 0 ? undefined : values.firstIn(units, length)
    const word = words.size === 0 ? undefined : words.firstIn(folded, foldedLength)
    return value === undefined && word === undefined ? clean : { value, word }
  }
}
