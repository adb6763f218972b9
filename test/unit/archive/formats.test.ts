// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contentDigest } from '../../../main/station/exports/archive.ts'
import { piecesOf } from '../../../main/station/exports/archive/clear-table.ts'
import { telemetryManifestSchema, type TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { rowSchema, tableColumns } from '../../../shared/formats/telemetry-rows.ts'

const hex = (letter: string): string => letter.repeat(64)
const manifest: TelemetryManifest = {
  kind: 'airlock.telemetry',
  schema: 1,
  exportId: '00000000-0000-4000-8000-000000000001',
  site: 'site-7',
  station: '00000000-0000-4000-8000-000000000002',
  pseudonymKey: 'key-1',
  number: 2,
  previous: hex('1'),
  createdAt: '2026-06-01T09:00:00Z',
  range: { from: '2026-05-01T00:00:00Z', to: '2026-05-31T00:00:00Z' },
  trustPolicy: 3,
  contentDigest: hex('2'),
  approval: { person: 'person-1', meaning: 'approved', time: '2026-06-01T08:00:00Z', contentDigest: hex('2') },
  sanitization: {
    policyDigest: hex('3'),
    input: { points: 12 },
    output: { points: 10 },
    rules: [{ table: 'points', field: 'labels', rule: 'schema', action: 'drop', count: 2 }],
    scan: { result: 'clean', bytes: 100, version: '1' },
  },
  audit: { checkpoint: 'a\n1\nb\n', key: 'a+00000000+b' },
  payloads: [
    {
      table: 'points',
      path: 'payload/points.ndjson.zst.age',
      size: 10,
      sha256: hex('4'),
      clearSize: 20,
      clearSha256: hex('5'),
      records: 1,
    },
  ],
}
const [points] = manifest.payloads

describe('the manifest', () => {
  it('is taken as it is written', () => {
    expect(telemetryManifestSchema.parse(manifest)).toEqual(manifest)
  })

  it.each([
    ['an unknown field', { secret: 1 }],
    ['a first archive with a previous one', { number: 1 }],
    ['a later archive without one', { previous: null }],
    ['a range that ends before it begins', { range: { from: '2026-05-02T00:00:00Z', to: '2026-05-01T00:00:00Z' } }],
    ['no tables', { payloads: [] }],
    ['a table twice', { payloads: [points, points] }],
    ['a path of another table', { payloads: [{ ...points, path: 'payload/events.ndjson.zst.age' }] }],
    [
      'a scan that found something',
      { sanitization: { ...manifest.sanitization, scan: { result: 'dirty', bytes: 1, version: '1' } } },
    ],
    ['a signature that rejects', { approval: { ...manifest.approval, meaning: 'rejected' } }],
    ['a site with a path in it', { site: '../lake' }],
    ['a station that is no UUID', { station: 'hall-3-bench-2' }],
  ])('is refused with %s', (_, changes) => {
    expect(telemetryManifestSchema.safeParse({ ...manifest, ...changes }).success).toBe(false)
  })
})

describe('a row', () => {
  it('may leave out or empty any field, and has no other', () => {
    const row = rowSchema('points')
    expect(row.safeParse({}).success).toBe(true)
    expect(row.safeParse({ device: null, value: 1.5, t: 1 }).success).toBe(true)
    expect(row.safeParse({ operator: 'Ann' }).success).toBe(false)
    expect(row.safeParse({ value: '1.5' }).success).toBe(false)
    expect(row.safeParse({ t: 1.5 }).success).toBe(false)
  })

  it('has a device in every table, so that all can be tied to one', () => {
    expect(Object.values(tableColumns).every((columns) => 'device' in columns)).toBe(true)
  })
})

describe('contentDigest', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
  const table = (path: string, text: string) => ({ path, bytes: Buffer.from(text) })

  it('is the SHA-256 of the canonical list of paths and digests', () => {
    const list = `[{"path":"events.ndjson","sha256":"${sha256('e')}"},{"path":"points.ndjson","sha256":"${sha256('p')}"}]`
    expect(contentDigest([table('points.ndjson', 'p'), table('events.ndjson', 'e')])).toBe(sha256(list))
  })

  it('is that of the documentation for its example', () => {
    const digest = contentDigest([table('points.ndjson', '{}\n')])
    const page = readFileSync(new URL('../../../docs/formats/telemetry-archive.md', import.meta.url), 'utf8')
    expect(page).toContain(`has the content digest\n\`${digest}\``)
  })

  it('does not depend on the order of tables or on how their bytes come', () => {
    const [a, b] = [table('a.ndjson', 'one\ntwo\n'), table('b.ndjson', '')]
    const pieces = { path: 'a.ndjson', bytes: () => ['one', '\ntw', 'o\n'].map((text) => Buffer.from(text)) }
    expect(contentDigest([b, pieces])).toBe(contentDigest([a, b]))
    expect([...piecesOf(pieces)]).toHaveLength(3)
  })

  it('changes with one byte, and with one name', () => {
    const digests = [table('a', 'x'), table('a', 'y'), table('b', 'x')].map((one) => contentDigest([one]))
    expect(new Set(digests).size).toBe(3)
  })
})
