// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { canonicalBytes, canonicalize, parseCanonical } from '../../../shared/formats/canonical-json.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const nested = (levels: number): string => '{"a":'.repeat(levels - 1) + '{}' + '}'.repeat(levels - 1)

describe('parseCanonical', () => {
  it.each([
    ['{}', {}],
    ['{"a":[1,"é",null,true],"b":{}}', { a: [1, 'é', null, true], b: {} }],
    ['{"€":"\\u000f\\n\\\\","😀":1e+30}', { '€': '\u000f\n\\', '😀': 1e30 }],
    ['{"brackets":"}]{[\\""}', { brackets: '}]{["' }],
  ])('reads %s', (text, value) => {
    expect(parseCanonical(bytes(text))).toEqual({ ok: true, value })
  })

  it('reads 32 levels', () => {
    expect(parseCanonical(bytes(nested(32)))).toMatchObject({ ok: true })
  })

  it.each([
    ['nothing', bytes('')],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
    ['an over-long UTF-8 form', new Uint8Array([0x7b, 0x22, 0xc1, 0x81, 0x22, 0x3a, 0x31, 0x7d])],
    ['a byte order mark', bytes('\uFEFF{}')],
    ['a list', bytes('[{}]')],
    ['a string', bytes('"{}"')],
    ['33 levels', bytes(nested(33))],
    ['20 000 levels', bytes(nested(20_000))],
    ['a cut object', bytes('{"a":1')],
    ['a cut string', bytes('{"a')],
    ['a cut escape', bytes('{"a\\')],
    ['brackets that do not fit', bytes('{]')],
    ['NaN', bytes('{"a":NaN}')],
    ['a comment', bytes('{/**/}')],
    ['a comma behind the last member', bytes('{"a":1,}')],
  ])('answers manifest.parse to %s', (_what, input) => {
    expect(parseCanonical(input)).toEqual({ ok: false, code: 'manifest.parse' })
  })

  it.each([
    ['{"a":1,"a":2}'],
    ['{"a":1,"a":1}'],
    ['{"__proto__":1}'],
    ['{"a":{"__proto__":{}}}'],
    ['{"a":1e400}'],
    ['{"a":-1e400}'],
    ['{"a":-0}'],
    ['{"a":1.0}'],
    ['{"a":1E2}'],
    ['{"a":"\\ud800"}'],
    ['{"\\udc00":1}'],
    ['{"a":"\\u0041"}'],
    ['{"a":"\\/"}'],
    ['{"b":1,"a":2}'],
    ['{"a": 1}'],
    [' {}'],
    ['{}\n'],
    ['{}{}'],
    ['{}]x'],
  ])('answers manifest.not-canonical to %s', (text) => {
    expect(parseCanonical(bytes(text))).toEqual({ ok: false, code: 'manifest.not-canonical' })
  })

  it('reads a mebibyte of escapes without an end in reasonable time', () => {
    expect(parseCanonical(bytes(`{"${'\\"'.repeat(500_000)}\\`))).toMatchObject({ ok: false })
  })
})

describe('canonicalize', () => {
  it('sorts keys by UTF-16 code units, as the example of RFC 8785 does', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalize(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
  })

  it('gives bytes that parse back', () => {
    expect(parseCanonical(canonicalBytes({ b: [1, { d: 'ü', c: null }], a: false }))).toMatchObject({ ok: true })
  })

  it.each([[undefined], [Number.NaN], [{ a: undefined }], ['\ud800'], [JSON.parse('{"__proto__":1}')]])(
    'refuses %o',
    (value: unknown) => {
      expect(() => canonicalize(value)).toThrow(RangeError)
    },
  )
})
