// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'
import { randomOctets } from '../../../platform/ids.ts'
import { createNeedles, type Needle } from './needles.ts'
import { rowWalker, type RowVisitor } from './rows.ts'
import { createSeen } from './seen.ts'
import { createTextSearch, foldWord } from './text-search.ts'

/** Version of the rules below; goes into every archive. */
export const leakScanVersion = '1'

export type LeakScanRequest = {
  /** The finished clear files, in pieces that end with a line. */
  readonly tables: readonly { readonly path: string; readonly pieces: Iterable<Uint8Array> }[]
  /** Everything else that leaves: file names, manifest facts, report. Any JSON value. */
  readonly documents: readonly { readonly name: string; readonly value: unknown }[]
  /** Values that a detector found or that got a pseudonym: nowhere, in any case of letters. */
  readonly found: Iterable<string>
  /** Other dropped strings: not as a whole token. */
  readonly dropped: Iterable<string>
  /** The site dictionary with people, logins and serial numbers; undefined: missing, and nothing passes. */
  readonly dictionary: readonly string[] | undefined
  /** Values that were planted in the records to see whether they come out. */
  readonly canaries: readonly string[]
  /** Field names, enum values and public values: may stand as a whole value. */
  readonly exempt: ReadonlySet<string>
}

/** One leak. `value` is shown to reviewers on the station and goes nowhere else. */
export type LeakHit = { readonly where: string; readonly rule: string; readonly value: string }

export type LeakScanResult = { readonly clean: boolean; readonly hits: readonly LeakHit[]; readonly bytes: number }

/** More hits than this say nothing new. */
const maxHits = 100
const maxValue = 65_536

/** Forms that no cleaned file holds, whatever its records were: a coarse net behind the fine one. */
const forms: readonly { readonly rule: string; readonly hint: string; readonly pattern: RegExp }[] = [
  {
    rule: 'form-email',
    hint: '@',
    pattern: /[^\s"'<>[\]@]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?![a-z0-9])/i,
  },
  { rule: 'form-pem', hint: '-----', pattern: /-----BEGIN/ },
  { rule: 'form-jwt', hint: 'eyJ', pattern: /\beyJ[\w-]{10,}\.[\w-]{4,}/ },
  { rule: 'form-mac', hint: ':', pattern: /(?<![0-9a-z:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![0-9a-z:])/i },
  { rule: 'form-private-address', hint: '192.168.', pattern: /(?<![\d.])192\.168\.\d{1,3}\.\d{1,3}(?![\d.])/ },
]

/**
 * Looks through everything that is about to leave, with rules and code other than the detectors'. Fails closed: a byte
 * that cannot be read, a name of a field that nobody declared, or a missing dictionary is a hit like any other.
 * Rejects with the signal's reason when it is aborted.
 */
export const leakScan = async (request: LeakScanRequest, signal: AbortSignal): Promise<LeakScanResult> => {
  const hits: LeakHit[] = []
  const hit = (where: string, rule: string, value: string): void => {
    if (hits.length < maxHits) hits.push({ where, rule, value })
  }
  if (request.dictionary === undefined) hit('station', 'dictionary-missing', '')
  const inspect = inspector(request, hit)
  let bytes = 0
  for (const { path, pieces } of request.tables) {
    inspect.value(path, path)
    const scan = pieceScanner(path, request.exempt, inspect, hit)
    for (const piece of pieces) {
      signal.throwIfAborted()
      await setImmediate()
      bytes += piece.length
      if (!scan(piece)) break
    }
  }
  for (const { name, value } of request.documents) inspect.document(name, value, 0)
  return { clean: hits.length === 0, hits, bytes }
}

type Inspector = {
  value(where: string, text: string): boolean
  number(where: string, text: Uint8Array, start: number, end: number): boolean
  document(where: string, value: unknown, depth: number): void
}
type Hit = (where: string, rule: string, value: string) => void

const inspector = (request: LeakScanRequest, hit: Hit): Inspector => {
  const { exempt } = request
  const own = new Set([...exempt].map((word) => word.toLowerCase()))
  const found = [...request.found].map((text) => text.toLowerCase()).filter((text) => text !== '' && !own.has(text))
  const dropped = [...request.dropped].map((text) => text.toLowerCase()).filter((text) => !own.has(text))
  const dictionary = [...(request.dictionary ?? [])].map(foldWord).filter((text) => text.length > 1)
  const values = createNeedles([
    ...found.map((text): Needle => ({ text, whole: text.length < 6 })),
    ...dropped.map((text): Needle => ({ text, whole: true })),
    ...request.canaries.map((text): Needle => ({ text: text.toLowerCase(), whole: false })),
  ])
  const words = createNeedles(dictionary.map((text): Needle => ({ text, whole: true })))
  const search = createTextSearch(values, words)
  const numbers = new Set(found.filter((text) => /^[+-]?[\d.]{8,}$/.test(text)))
  const numberEnds = new Uint8Array(1 << 16)
  for (const text of numbers)
    numberEnds[endSlot(text.charCodeAt(text.length - 2), text.charCodeAt(text.length - 1))] = 1

  const value = (where: string, text: string): boolean => {
    if (exempt.has(text)) return true
    if (text.length > maxValue) return (hit(where, 'too-long', ''), false)
    const { value: secret, word } = search(text)
    if (secret !== undefined) hit(where, 'value', secret)
    if (word !== undefined) hit(where, 'dictionary', word)
    const form = forms.find(({ hint, pattern }) => text.includes(hint) && pattern.test(text))
    if (form !== undefined) hit(where, form.rule, text.slice(0, 200))
    return secret === undefined && word === undefined && form === undefined
  }
  const document = (where: string, item: unknown, depth: number): void => {
    if (depth > 16) return hit(where, 'too-deep', '')
    if (typeof item === 'string') value(where, item)
    else if (typeof item === 'number') {
      const digits = Buffer.from(String(item))
      number(where, digits, 0, digits.length)
    } else if (typeof item === 'object' && item !== null)
      for (const [name, member] of Object.entries(item)) {
        if (!Array.isArray(item)) value(where, name)
        document(where, member, depth + 1)
      }
  }
  const number = (where: string, text: Uint8Array, start: number, end: number): boolean => {
    if (numberEnds[endSlot(text[end - 2], text[end - 1])] !== 1) return true
    const digits = Buffer.from(text.subarray(start, end)).toString('latin1')
    if (!numbers.has(digits)) return true
    return (hit(where, 'value', digits), false)
  }
  return { value, number, document }
}

/** Slot of a number's last two characters. */
const endSlot = (a = 0, b = 0): number => (a << 8) | b

/** Scans one piece after the other; false as soon as one cannot be read. */
const pieceScanner = (path: string, exempt: ReadonlySet<string>, inspect: Inspector, hit: Hit) => {
  const seen = createSeen()
  // Without seeds that nobody knows, a device could make a value with the fingerprint of a clean one.
  const seeds = new Int32Array(randomOctets(8).slice().buffer)
  return (bytes: Uint8Array): boolean => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const walk = rowWalker(bytes, visitor(path, text, [seeds[0] ?? 1, seeds[1] ?? 1], seen, exempt, inspect, hit))
    for (let at = 0; at < bytes.length;) {
      at = walk(at)
      if (at < 0) return (hit(path, 'parse', ''), false)
    }
    return true
  }
}

const visitor = (
  path: string,
  text: Buffer,
  [seedA, seedB]: readonly [number, number],
  seen: ReturnType<typeof createSeen>,
  exempt: ReadonlySet<string>,
  inspect: Inspector,
  hit: Hit,
): RowVisitor => {
  const cached = (start: number, end: number, look: (value: string) => boolean): boolean => {
    let a = seedA
    let b = seedB
    for (let i = start; i < end; i++) {
      const byte = text[i] ?? 0
      a = Math.imul(a ^ byte, 0x01000193)
      b = Math.imul(b + byte, 0x85ebca6b) ^ (b >>> 15)
    }
    if (seen.has(a, b)) return true
    const clean = look(text.toString('utf8', start, end))
    if (clean) seen.add(a, b)
    return clean
  }
  const decode = (value: string): string | undefined => {
    if (!value.includes('\\')) return value.includes('\ufffd') ? undefined : value
    try {
      const decoded: unknown = JSON.parse(`"${value}"`)
      return typeof decoded === 'string' ? decoded : undefined
    } catch {
      return undefined
    }
  }
  const look = (raw: string): boolean => {
    const value = decode(raw)
    if (value === undefined) return (hit(path, 'parse', ''), false)
    if (!inspect.value(path, value)) return false
    // Lists and labels are JSON inside the string: what is in them is looked at without its escapes as well.
    return !/^(?:\["|\{")/.test(value) || nested(value, path, inspect)
  }
  return {
    name: (start, end) =>
      cached(start, end, (name) => exempt.has(name) || (hit(path, 'undeclared-field', name), false)),
    string: (start, end) => cached(start, end, look),
    number: (start, end) => end - start < 8 || inspect.number(path, text, start, end),
  }
}

const nested = (value: string, path: string, inspect: Inspector): boolean => {
  let parsed: unknown
  try {
    parsed = JSON.parse(value)
  } catch {
    return true
  }
  let clean = true
  const walk = (item: unknown): void => {
    if (typeof item === 'string') clean = inspect.value(path, item) && clean
    else if (typeof item === 'object' && item !== null)
      for (const [name, member] of Object.entries(item)) {
        if (!Array.isArray(item)) walk(name)
        walk(member)
      }
  }
  walk(parsed)
  return clean
}
