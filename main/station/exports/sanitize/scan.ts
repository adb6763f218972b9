// SPDX-License-Identifier: Apache-2.0
import { feature } from './features.ts'
import { labels } from './labels.ts'
import { mark, type Lexicon } from './lexicon.ts'

/** A run without blanks, quotes and brackets, and what was noticed of it. */
export type Chunk = { readonly start: number; readonly end: number; readonly features: number }

/** What one walk over a text found out: features of the whole, the chunks worth a closer look, words to look up. */
export type Scan = {
  readonly features: number
  readonly chunks: readonly Chunk[]
  /** [start, end) of words whose hash is that of an entry's first part (or whole entry, where `joined`). */
  readonly words: readonly { readonly start: number; readonly end: number; readonly joined: boolean }[]
}

// Classes of characters: 0 ends a chunk, 1–3 and 15 make words, the others stand inside chunks.
const [digit, hexLetter, letter, other] = [1, 2, 3, 15]
const [dot, dash, underscore, colon, at, symbol] = [4, 5, 6, 7, 8, 9]
const classes = new Uint8Array(128)
const classify = (characters: string, value: number): void => {
  for (const c of characters) classes[c.charCodeAt(0)] = value
}
classify('0123456789', digit)
classify('abcdefABCDEF', hexLetter)
classify('ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ', letter)
classify('.', dot)
classify('-', dash)
classify('_', underscore)
classify(':', colon)
classify('@', at)
classify('/\\=%+~#&?!$*^', symbol)

// Both in one word: camel case, which hides labels inside words.
const [capital, small] = [1 << 16, 1 << 17]
/** Of a character of words: its lower case in eight bits, above them a bit for its class and one for its case; else 0. */
const wordBits = Int32Array.from(classes, (kind, code) => {
  if (kind === 0 || kind > letter) return 0
  if (kind === digit) return (1 << (digit + 8)) | code
  return (1 << (kind + 8)) | ((code >= 97 ? small : capital) << 8) | code | 32
})
const otherBits = (1 << (other + 8)) | (small << 8)
const prime = 0x01000193
const seed = 0x811c9dc5
const lowerCode = (code: number): number => String.fromCharCode(code).toLowerCase().charCodeAt(0)
/** Words whose chunk deserves a detector's time; the rest is prose. */
const telling =
  feature.at |
  feature.dot |
  feature.colons |
  feature.dashes |
  feature.long |
  feature.hexRun |
  feature.pairRun |
  feature.fours |
  feature.scheme

/** Where the walk is: the chunk, the run of words with `-_.` between, the run of base64 characters. */
type Walk = {
  readonly text: string
  readonly table: Uint8Array
  readonly chunks: Chunk[]
  readonly words: { start: number; end: number; joined: boolean }[]
  features: number
  chunkStart: number
  inChunk: number
  dots: number
  dashes: number
  colons: number
  pairs: number
  fours: number
  pairChunks: number
  runStart: number
  hRun: number
  longStart: number
  /** Digits in a row with nothing but blanks and dashes between them. */
  streak: number
}

/** Walks over the text once: about two nanoseconds a character for plain prose. */
export const scan = (text: string, { table }: Lexicon): Scan => {
  const walk: Walk = {
    text,
    table,
    chunks: [],
    words: [],
    features: 0,
    chunkStart: -1,
    inChunk: 0,
    dots: 0,
    dashes: 0,
    colons: 0,
    pairs: 0,
    fours: 0,
    pairChunks: 0,
    runStart: -1,
    hRun: seed,
    longStart: -1,
    streak: 0,
  }
  for (let i = 0; i <= text.length;) {
    const code = i < text.length ? text.charCodeAt(i) : 32
    const kind = code < 128 ? (classes[code] ?? 0) : other
    if (kind !== 0 && walk.chunkStart < 0) startChunk(walk, i)
    if ((kind > 0 && kind <= letter) || kind === other) {
      i = walkWord(walk, i)
      continue
    }
    if (kind !== dash && code !== 32) walk.streak = 0
    if (walk.runStart >= 0 && kind !== dot && kind !== dash && kind !== underscore) endRun(walk, i)
    if (walk.longStart >= 0 && (kind === dot || kind === colon || kind === at || kind === 0)) endLong(walk, i)
    if (kind === 0) pause(walk, i, code)
    else sign(walk, i, code, kind)
    i += 1
  }
  return walk
}

const startChunk = (walk: Walk, at: number): void => {
  walk.chunkStart = at
  walk.inChunk = 0
  walk.dots = walk.dashes = walk.colons = walk.pairs = walk.fours = 0
}

/** Takes a word of letters and digits; gives the place behind it. */
const walkWord = (walk: Walk, start: number): number => {
  const { text } = walk
  if (walk.runStart < 0) walk.runStart = start
  if (walk.longStart < 0) walk.longStart = start
  let h = seed
  let kinds = 0
  let i = start
  for (; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const bits = code < 128 ? (wordBits[code] ?? 0) : otherBits
    if (bits === 0) break
    let folded = bits & 0xff
    if (code > 127) {
      folded = lowerCode(code)
      if (code === 0xb0) walk.features |= feature.degrees
    }
    // A capital at the beginning is no camel's.
    kinds |= i === start ? bits & ~(capital << 8) : bits
    h = Math.imul(h ^ folded, prime)
  }
  walk.hRun = walk.runStart === start ? h : hashOn(walk.hRun, text, start, i)
  endWord(walk, start, i, h, kinds >>> 8)
  return i
}

/** The hash of a run with one more word. */
const hashOn = (run: number, text: string, start: number, end: number): number => {
  let h = run
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    h = Math.imul(h ^ (code < 128 ? (wordBits[code] ?? 0) & 0xff : lowerCode(code)), prime)
  }
  return h
}

const endWord = (walk: Walk, start: number, end: number, h: number, kinds: number): void => {
  const { text } = walk
  const length = end - start
  const bits = walk.table[(h ^ (h >>> 15)) & 0xffff] ?? 0
  if (bits & mark.first) walk.words.push({ start, end, joined: false })
  if (bits & mark.label || (kinds & capital && kinds & small)) walk.features |= labelOf(text.slice(start, end))
  if (kinds & (1 << other)) walk.features |= feature.odd
  const digits = (kinds & (1 << digit)) !== 0
  const onlyDigits = kinds === 1 << digit
  walk.inChunk |= (digits ? feature.digit : 0) | (onlyDigits ? 0 : feature.letter)
  walk.streak = onlyDigits ? walk.streak + length : 0
  if (walk.streak >= 13) walk.features |= feature.digits13
  if (onlyDigits && length >= 4 && text.startsWith('00', start)) walk.features |= feature.zeros
  if ((kinds & ((1 << letter) | (1 << other))) === 0) {
    if (length === 2) walk.pairs++
    else if (length === 4) walk.fours++
    else if ((length === 12 || length === 16) && digits && !onlyDigits) walk.inChunk |= feature.hexRun
    if (length >= 4 && onlyDigits && text.charCodeAt(start - 1) === 46) walk.features |= feature.fraction
  }
  if (digits && !onlyDigits && length >= 4 && isIbanHead(text, start)) walk.features |= feature.iban
}

const endRun = (walk: Walk, end: number): void => {
  const { hRun } = walk
  if ((walk.table[(hRun ^ (hRun >>> 15)) & 0xffff] ?? 0) & mark.joined)
    walk.words.push({ start: walk.runStart, end, joined: true })
  walk.runStart = -1
}

const endLong = (walk: Walk, end: number): void => {
  if (end - walk.longStart >= 16) walk.inChunk |= feature.long
  walk.longStart = -1
}

/** A character that ends a chunk. */
const pause = (walk: Walk, i: number, code: number): void => {
  if (walk.chunkStart >= 0) endChunk(walk, i)
  if (code < 32 && code !== 9 && code !== 10 && code !== 13) walk.features |= feature.odd
  if ((code === 91 || code === 40 || code === 123) && isDefanged(walk.text, i)) walk.features |= feature.escape
}

const endChunk = (walk: Walk, end: number): void => {
  let found = walk.inChunk
  if (walk.dots >= 3) found |= feature.dots
  if (walk.colons >= 2) found |= feature.colons
  if (walk.dashes >= 3) found |= feature.dashes
  if (walk.pairs >= 6) found |= feature.pairRun
  if (walk.fours >= 3) found |= feature.fours
  const { chunkStart: start } = walk
  if (found & telling) walk.chunks.push({ start, end, features: found })
  walk.pairChunks = end - start === 2 && walk.pairs === 1 ? walk.pairChunks + 1 : 0
  if (walk.pairChunks >= 6) walk.features |= feature.pairs
  walk.features |= found
  walk.chunkStart = -1
}

/** A character inside a chunk that is no word. */
const sign = (walk: Walk, i: number, code: number, kind: number): void => {
  if (kind === dot) {
    walk.inChunk |= feature.dot
    walk.dots++
  } else if (kind === dash || kind === underscore) walk.dashes++
  else if (kind === at) walk.inChunk |= feature.at
  else if (kind === colon) {
    walk.colons++
    if (walk.text.charCodeAt(i + 1) === 47 && walk.text.charCodeAt(i + 2) === 47) walk.inChunk |= feature.scheme
  } else walk.features |= symbolOf(walk.text, i, code)
}

/** Features of the words that a camel-case word is made of, and of the word itself. */
const labelOf = (word: string): number => {
  let bits = labels.get(word.toLowerCase()) ?? 0
  for (const part of word.split(/(?<=[a-z0-9])(?=[A-Z])/)) bits |= labels.get(part.toLowerCase()) ?? 0
  return bits
}

const isLetterAt = (text: string, at: number): boolean => {
  const kind = classes[text.charCodeAt(at)] ?? 0
  return kind === hexLetter || kind === letter
}
const isDigitAt = (text: string, at: number): boolean => classes[text.charCodeAt(at)] === digit

const isIbanHead = (text: string, start: number): boolean =>
  isLetterAt(text, start) && isLetterAt(text, start + 1) && isDigitAt(text, start + 2) && isDigitAt(text, start + 3)

/** A bracket right before a dot, an at sign, or the words `dot` and `at`. */
const isDefanged = (text: string, bracket: number): boolean =>
  /^[[({]\s?(?:[.@:]|dot|punkt|at\b)/i.test(text.slice(bracket, bracket + 8))

const symbolOf = (text: string, i: number, code: number): number => {
  const next = text.charCodeAt(i + 1)
  if (code === 43) return isDigitAt(text, i + 1) ? feature.plus : 0
  if (code === 36) return isLetterAt(text, i + 1) ? feature.dollar : 0
  if (code === 37) return (classes[next] ?? 0) <= hexLetter && (classes[next] ?? 0) > 0 ? feature.escape : 0
  if (code === 38) return next === 35 || isLetterAt(text, i + 1) ? feature.escape : 0
  if (code === 92) return next === 92 ? feature.escape | feature.path : feature.escape
  return 0
}
