// SPDX-License-Identifier: Apache-2.0

/** Looks for values that are known to be secret, wherever they stand. */
export type KnownValues = {
  /** False only when no known value is in the text, as it is or inside JSON strings; cheap. */
  mayHold(text: string): boolean
  /** The text with every known value replaced, longest first; `count` of replacements. */
  replace(text: string): { text: string; count: number }
}

const gram = 6
const slots = 1 << 18
/** What a walk over a text meets: the end of a long value, what may be the end of a short one, other letters than ASCII. */
const [long, brief, odd] = [1, 2, 4]

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1)

/** ASCII in lower case; other texts are folded before they come here. */
const folded = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code | 32 : code))
/** No letter, no digit: what may stand beside a short value. */
const borders = folded.map((code) => (/[a-z0-9]/.test(String.fromCharCode(code)) ? 0 : 1))
/** The last four characters after one more of them. */
const slide = (window: number, code: number): number => (window << 8) | (folded[code & 127] ?? 0)
const slotOf = (window: number): number => Math.imul(window, 0x9e3779b1) >>> 14
const briefSlotOf = (window: number): number => slotOf(window & 0xffff)

/**
 * Values of six characters or more are found anywhere, without regard to case; shorter ones only as a whole token
 * (no letter or digit beside it). `replacements`: value → what stands instead.
 */
export const createKnownValues = (replacements: ReadonlyMap<string, string>): KnownValues => {
  const table = new Uint8Array(slots)
  const tails = new Set<string>()
  const byTail = new Map<string, { value: string; replacement: string }[]>()
  const short = new Map<string, string>()
  const expect = (text: string, bit: number, place: (window: number) => number): void => {
    let window = 0
    for (let i = 0; i < text.length; i++) window = slide(window, text.charCodeAt(i))
    const slot = place(window)
    table[slot] = (table[slot] ?? 0) | bit
  }
  for (const [original, replacement] of replacements) {
    const value = original.toLowerCase()
    if (value.length < gram) {
      if (!short.has(value)) short.set(value, replacement)
      expect(value, brief, briefSlotOf)
      continue
    }
    const tail = value.slice(-gram)
    const list = byTail.get(tail) ?? []
    byTail.set(tail, list)
    if (!list.some((known) => known.value === value)) list.push({ value, replacement })
    // A line holds its strings as JSON, and lists of strings as JSON inside JSON.
    for (const spelling of [value, quoted(value), quoted(quoted(value))]) {
      tails.add(spelling.slice(-gram))
      expect(spelling, long, slotOf)
    }
  }
  for (const list of byTail.values()) list.sort((a, b) => b.value.length - a.value.length)
  const shortPattern = wholeTokens([...short.keys()])

  const walk = (text: string): number => {
    let window = 0
    let seen = 0
    let met = 0
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      seen |= code
      if (borders[code & 127] === 1) met |= table[briefSlotOf(window)] ?? 0
      window = slide(window, code)
      if ((table[slotOf(window)] ?? 0) & long && tails.has(text.slice(Math.max(0, i + 1 - gram), i + 1).toLowerCase()))
        return long
    }
    met |= table[briefSlotOf(window)] ?? 0
    return (met & brief) | (seen > 127 ? odd : 0)
  }
  const mayHold = (text: string): boolean => {
    if (replacements.size === 0) return false
    const met = walk(text)
    if (met & odd) return walk(text.toLowerCase()) === long || shortPattern?.test(text) === true
    return met === long || (met === brief && shortPattern?.test(text) === true)
  }

  const replace = (text: string): { text: string; count: number } => {
    const lower = text.toLowerCase()
    // Where lower case changes the length (İ), places cannot be carried over: then the whole text goes.
    if (lower.length !== text.length) return { text: '[removed]', count: 1 }
    const spans: { start: number; end: number; replacement: string }[] = []
    for (let end = gram; end <= lower.length; end++) {
      for (const { value, replacement } of byTail.get(lower.slice(end - gram, end)) ?? [])
        if (lower.endsWith(value, end)) spans.push({ start: end - value.length, end, replacement })
    }
    if (shortPattern !== undefined)
      for (const match of lower.matchAll(new RegExp(shortPattern.source, 'giu')))
        spans.push({ start: match.index, end: match.index + match[0].length, replacement: short.get(match[0]) ?? '' })
    return splice(text, spans)
  }
  return { mayHold, replace }
}

const wholeTokens = (values: readonly string[]): RegExp | undefined => {
  if (values.length === 0) return undefined
  const any = values
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((value) => value.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|')
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'iu')
}

/** Replaces spans: of those that overlap the longest wins, and what it does not cover of the others goes too. */
export const splice = (
  text: string,
  spans: readonly { start: number; end: number; replacement: string }[],
): { text: string; count: number } => {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const merged: { start: number; end: number; length: number; replacement: string }[] = []
  for (const { start, end, replacement } of sorted) {
    const last = merged.at(-1)
    const length = end - start
    if (last === undefined || start >= last.end) merged.push({ start, end, length, replacement })
    else {
      last.end = Math.max(last.end, end)
      if (length > last.length) Object.assign(last, { length, replacement })
    }
  }
  let result = ''
  let at = 0
  for (const { start, end, replacement } of merged) {
    result += text.slice(at, start) + replacement
    at = end
  }
  return { text: result + text.slice(at), count: merged.length }
}
