// SPDX-License-Identifier: Apache-2.0

/** Both are there in every runtime that Airlock uses, but not in the language's own library. */
declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: true; ignoreBOM: true })
  decode(bytes: Uint8Array): string
}
declare class TextEncoder {
  encode(text: string): Uint8Array
}

/** What a document's bytes are: a value in its one canonical form, or the code that says why not. */
export type CanonicalResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: 'manifest.parse' | 'manifest.not-canonical' }

const maxLevels = 32
const parseFault: CanonicalResult = { ok: false, code: 'manifest.parse' }
const formFault: CanonicalResult = { ok: false, code: 'manifest.not-canonical' }

/**
 * Reads a signed document (docs/formats/envelope.md, JSON). `manifest.parse`: not UTF-8, a byte order mark, not an
 * object, over 32 levels, no JSON. `manifest.not-canonical`: any byte differs from RFC 8785's form of the value, bytes
 * behind it, a key twice or named `__proto__`, a number that is not finite, a lone surrogate. Never throws.
 */
export const parseCanonical = (bytes: Uint8Array): CanonicalResult => {
  const text = decodeUtf8(bytes)
  if (text === undefined || text.startsWith('\uFEFF')) return parseFault
  const end = endOfObject(text)
  const value = end === undefined ? undefined : parse(text.slice(0, end))
  if (value === undefined) return parseFault
  // A key that stands twice is lost in parsing, so the form comes out shorter than the text.
  return encode(value) === text ? { ok: true, value } : formFault
}

/** RFC 8785 text of a JSON value. RangeError where there is none: undefined, NaN, a lone surrogate, `__proto__` … */
export const canonicalize = (value: unknown): string => {
  const text = encode(value)
  if (text === undefined) throw new RangeError('the value has no canonical JSON form')
  return text
}

/** UTF-8 bytes of `canonicalize`: what is signed and hashed. */
export const canonicalBytes = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalize(value))

const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Where the object that the text begins with ends, by brackets alone; undefined: none, cut off, or nested too deep. */
const endOfObject = (text: string): number | undefined => {
  if (!/^[ \t\r\n]*\{/.test(text)) return undefined
  let level = 0
  // Strings are skipped whole: a bracket in one is no bracket. A quote without its end runs to the end of the text.
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\[^][^"\\]*)*(?:"|\\?$)|[[\]{}]/g)) {
    if (token === '{' || token === '[') level += 1
    else if (token === '}' || token === ']') level -= 1
    if (level > maxLevels) return undefined
    if (level === 0) return index + 1
  }
  return undefined
}

const encode = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.isWellFormed() ? JSON.stringify(value) : undefined
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : undefined
  if (typeof value === 'boolean' || value === null) return String(value)
  if (typeof value !== 'object') return undefined
  if (Array.isArray(value)) return joined('[', value.map(encode), ']')
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => pair(key, encode(member)))
  return joined('{', members, '}')
}

const pair = (key: string, member: string | undefined): string | undefined =>
  member === undefined || key === '__proto__' || !key.isWellFormed() ? undefined : `${JSON.stringify(key)}:${member}`

const joined = (open: string, parts: (string | undefined)[], close: string): string | undefined =>
  parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`
