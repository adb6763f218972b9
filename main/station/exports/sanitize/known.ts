// SPDX-License-Identifier: Apache-2.0

/** Looks for values that are known to be secret, wherever they stand. */
export type KnownValues = {
  /** False only when no known value is in the text, as it is or inside JSON strings; cheap. */
  mayHold(text: string): boolean
  /** The text with every known value replaced, longest first; `count` of replacements. */
  replace(text: string): { text: string; count: number }
}

const gram = 6
const base = 0x01000193
/** base^gram in 32 bits: takes the oldest character out of the rolling hash. */
const oldest = Array.from({ length: gram }).reduce<number>((power) => Math.imul(power, base), 1)
const slots = 1 << 18

/** Lower case of ASCII; other letters are folded before they come here. */
const fold = (code: number): number => (code >= 65 && code <= 90 ? code | 32 : code)
const quoted = (text: string): string => JSON.stringify(text).slice(1, -1)
const slotOf = (h: number): number => (h ^ (h >>> 14)) & (slots - 1)

/**
 * Values of six characters or more are found anywhere, without regard to case; shorter ones only as a whole token
 * (no letter or digit beside it). `replacements`: value → what stands instead.
 */
export const createKnownValues = (replacements: ReadonlyMap<string, string>): KnownValues => {
  const table = new Uint8Array(slots)
  const tails = new Set<string>()
  const byTail = new Map<string, { value: string; replacement: string }[]>()
  const short = new Map<string, string>()
  const expect = (tail: string): void => {
    let h = 0
    for (let i = 0; i < gram; i++) h = Math.imul(h, base) + tail.charCodeAt(i)
    table[slotOf(h)] = 1
    tails.add(tail)
  }
  for (const [original, replacement] of replacements) {
    const value = original.toLowerCase()
    if (value.length < gram) {
      if (!short.has(value)) short.set(value, replacement)
      continue
    }
    const tail = value.slice(-gram)
    const list = byTail.get(tail) ?? []
    byTail.set(tail, list)
    if (!list.some((known) => known.value === value)) list.push({ value, replacement })
    // A line holds its strings as JSON, and lists of strings as JSON inside JSON.
    for (const spelling of [value, quoted(value), quoted(quoted(value))]) expect(spelling.slice(-gram))
  }
  for (const list of byTail.values()) list.sort((a, b) => b.value.length - a.value.length)
  const shortPattern = wholeTokens([...short.keys()])

  const rolls = (text: string): boolean | 'odd' => {
    let h = 0
    let seen = 0
    for (let i = 0; i < text.length; i++) {
      seen |= text.charCodeAt(i)
      h = (Math.imul(h, base) + fold(text.charCodeAt(i))) | 0
      if (i >= gram) h = (h - Math.imul(oldest, fold(text.charCodeAt(i - gram)))) | 0
      if (i >= gram - 1 && table[slotOf(h)] === 1 && tails.has(text.slice(i - gram + 1, i + 1).toLowerCase()))
        return true
    }
    return seen > 127 ? 'odd' : false
  }
  const mayHold = (text: string): boolean => {
    if (shortPattern?.test(text)) return true
    if (byTail.size === 0) return false
    const answer = rolls(text)
    return answer === 'odd' ? rolls(text.toLowerCase()) === true : answer
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
