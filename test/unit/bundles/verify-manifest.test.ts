// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { firmwareManifest } from '../../support/bundle.ts'
import { judge, type Row } from '../../support/judge.ts'

const good = firmwareManifest()
/** A document signed as it is: `good` with a text replaced. */
const rewritten = (from: string, to: string): Uint8Array => {
  const text = Buffer.from(canonicalBytes(good)).toString()
  expect(text).toContain(from)
  return Buffer.from(text.replace(from, to))
}
const changed = (changes: object): Uint8Array => canonicalBytes({ ...good, ...changes })
const payload = good.payloads[0]!
const withOptions = (...options: object[]): object => ({
  payloads: good.payloads.map((item, n) => ({ ...item, options: options[n] ?? {} })),
})

const rows: Row[] = [
  [
    88,
    'a recall list',
    {
      document: canonicalBytes({
        kind: 'airlock.recall',
        schema: 1,
        version: 1,
        issuedAt: good.releasedAt,
        entries: [],
      }),
    },
    'manifest.kind',
  ],
  [
    89,
    'bytes that are not UTF-8',
    {
      document: Buffer.concat([
        canonicalBytes(good).subarray(0, 40),
        Buffer.from([0xff]),
        canonicalBytes(good).subarray(40),
      ]),
    },
    'manifest.parse',
  ],
  [
    89,
    'a byte order mark',
    { document: Buffer.concat([Buffer.from('\uFEFF'), canonicalBytes(good)]) },
    'manifest.parse',
  ],
  [89, 'a list', { document: Buffer.from('[]') }, 'manifest.parse'],
  [90, 'a key twice', { document: rewritten('"schema":1', '"schema":1,"schema":1') }, 'manifest.not-canonical'],
  [
    90,
    'a __proto__ key',
    { document: rewritten('{"bundleId"', '{"__proto__":{},"bundleId"') },
    'manifest.not-canonical',
  ],
  [90, 'an infinite number', { document: rewritten('"schema":1', '"schema":1e400') }, 'manifest.not-canonical'],
  [90, 'a lone surrogate', { document: rewritten('"build":"17"', '"build":"\\ud800"') }, 'manifest.not-canonical'],
  [91, 'a space', { document: rewritten('"schema":1', '"schema": 1') }, 'manifest.not-canonical'],
  [91, 'keys in another order', { document: Buffer.from(JSON.stringify(good)) }, 'manifest.not-canonical'],
  [92, 'another schema version', { document: changed({ schema: 2 }) }, 'manifest.schema'],
  [92, 'an unknown field', { document: changed({ note: 'x' }) }, 'manifest.schema'],
  [
    93,
    'an upper-case digest',
    { document: changed({ payloads: [{ ...payload, sha256: payload.sha256.toUpperCase() }] }) },
    'manifest.schema',
  ],
  [
    93,
    'a short digest',
    { document: changed({ payloads: [{ ...payload, sha256: payload.sha256.slice(2) }] }) },
    'manifest.schema',
  ],
  [93, 'a size of zero', { document: changed({ payloads: [{ ...payload, size: 0 }] }) }, 'manifest.schema'],
  [93, 'a size over 2^53−1', { document: rewritten('"size":1120', '"size":9007199254740992') }, 'manifest.schema'],
  [
    94,
    'an unknown digest algorithm',
    { document: changed({ payloads: [{ ...payload, md5: 'x' }] }) },
    'manifest.schema',
  ],
  [
    95,
    'a payload outside its folder',
    { document: changed({ payloads: [{ ...payload, path: 'evidence/app' }] }) },
    'manifest.schema',
  ],
  [
    95,
    'a path twice',
    { document: changed({ payloads: [payload, { ...payload, component: 'other' }] }) },
    'manifest.schema',
  ],
  [
    95,
    'a component twice',
    { document: changed({ payloads: [payload, { ...payload, path: 'payload/x' }] }) },
    'manifest.schema',
  ],
  [96, 'a range that ends above 2^32', { manifest: withOptions({ address: 2 ** 32 - 10 }) }, 'manifest.flash-range'],
  [
    96,
    'an address below its region',
    { manifest: withOptions({ address: 0, region: { start: 512, length: 9000 } }) },
    'manifest.flash-range',
  ],
  [
    96,
    'a range beyond its region',
    { manifest: withOptions({ address: 0, region: { start: 0, length: 100 } }) },
    'manifest.flash-range',
  ],
  [96, 'ranges that overlap', { manifest: withOptions({ address: 0 }, { address: 1000 }) }, 'manifest.flash-range'],
  [102, 'no security counter', { document: rewritten('"securityCounter":3,', '') }, 'manifest.schema'],
]

describe('what is wrong with a manifest', () => {
  it.each(rows)('row %s: refuses %s', async (_row, _what, given, code) => {
    expect(await judge(given)).toMatchObject({ verdict: 'refused', code })
  })

  it('is a matter of the kind first: nothing else of a foreign document is judged', async () => {
    const document = canonicalBytes({ kind: 'airlock.telemetry', anything: true })
    expect(await judge({ document })).toMatchObject({ code: 'manifest.kind' })
  })
})

describe('a good manifest', () => {
  it.each([
    ['ranges that touch', withOptions({ address: 0 }, { address: 1120 })],
    ['ranges of different memories', withOptions({ address: 0 }, { address: 0, memory: 'eeprom' })],
    ['a length that is shorter than the file', withOptions({ address: 0, length: 500 }, { address: 600 })],
    ['a range that ends at 2^32', withOptions({ address: 2 ** 32 - 1120 })],
    ['a list of sites with this one', { scope: { sites: ['north', 'south'] } }],
    ['no hardware revisions', { compat: [{ model: 'pump-controller' }] }],
    ['text that is not ASCII', { source: { ...good.source, builder: 'Bürger €\u{1f600}' } }],
  ])('may have %s', async (_what, manifest) => {
    expect(await judge({ manifest })).toEqual(expect.objectContaining({ verdict: 'accepted' }))
  })
})
