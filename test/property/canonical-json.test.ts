// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalBytes, canonicalize, parseCanonical } from '../../shared/formats/canonical-json.ts'

const wellFormed = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => text.isWellFormed())
const value = fc.letrec<{ any: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    wellFormed,
    fc.boolean(),
    fc.constant(null),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  any: fc.oneof(
    { depthSize: 'medium', maxDepth: 8 },
    tie('leaf'),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.dictionary(
      wellFormed.filter((key) => key !== '__proto__'),
      tie('any'),
      { maxKeys: 5 },
    ),
  ),
})).any
const document = fc.dictionary(
  wellFormed.filter((key) => key !== '__proto__'),
  value,
  { maxKeys: 6 },
)

/** The same by another way: JSON.stringify of objects whose keys were put in order. Whole-number keys come out of order there. */
const sorted = (input: unknown): unknown => {
  if (Array.isArray(input)) return input.map(sorted)
  if (typeof input !== 'object' || input === null) return input
  return Object.fromEntries(
    Object.entries(input)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}

describe('canonical JSON', () => {
  it('comes back as it went in', () => {
    fc.assert(
      fc.property(document, (input) => {
        const bytes = canonicalBytes(input)
        const result = parseCanonical(bytes)
        expect(result.ok && canonicalize(result.value)).toBe(new TextDecoder().decode(bytes))
        expect(result.ok && result.value).toEqual(JSON.parse(JSON.stringify(input)))
      }),
      { numRuns: 1000 },
    )
  })

  it('is what JSON.stringify gives for sorted keys', () => {
    const noIndex = (input: unknown): boolean => !/"(0|[1-9]\d*)":/.test(JSON.stringify(input))
    fc.assert(
      fc.property(document.filter(noIndex), (input) => {
        expect(canonicalize(input)).toBe(JSON.stringify(sorted(input)))
      }),
      { numRuns: 1000 },
    )
  })

  it('has one form only: no other text of the same value is taken', () => {
    fc.assert(
      fc.property(document, fc.constantFrom(1, 2, '\t'), (input, indent) => {
        const pretty = JSON.stringify(input, null, indent)
        fc.pre(pretty !== canonicalize(input))
        expect(parseCanonical(new TextEncoder().encode(pretty))).toEqual({ ok: false, code: 'manifest.not-canonical' })
      }),
    )
  })

  it('answers any bytes with a code', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 60 }),
          fc
            .string({ unit: fc.constantFrom(...'{}[]":,\\0e-ntu '.split('')) })
            .map((text) => new TextEncoder().encode(`{${text}`)),
        ),
        (bytes) => {
          const result = parseCanonical(bytes)
          if (result.ok) expect(Buffer.from(canonicalBytes(result.value)).equals(bytes)).toBe(true)
          else expect(result.code).toMatch(/^manifest\.(parse|not-canonical)$/)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
