// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { summarizeEvidence } from '../../../main/station/bundles/evidence.ts'

const bytes = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

describe('evidence of a bundle', () => {
  it("shows the components of a parts list that npm made of Airlock's own packages", () => {
    const root = join(import.meta.dirname, '../../..')
    const sbom = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      cwd: root,
      maxBuffer: 64 * 1_048_576,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const found = summarizeEvidence('cyclonedx-sbom', sbom)
    if (found.kind !== 'components') throw new Error(found.kind)
    expect(found.total).toBeGreaterThan(100)
    expect(found.items).toContainEqual({ name: 'react', version: '19.3.1', licence: 'MIT' })
    expect(found.items.length).toBeLessThanOrEqual(500)
  })

  it('tells no field that a document has made endless', () => {
    const licenses = Array.from({ length: 10_000 }, () => ({ license: { id: 'MIT' } }))
    const sbom = { bomFormat: 'CycloneDX', components: [{ name: 'a', licenses }] }
    const parts = summarizeEvidence('cyclonedx-sbom', bytes(sbom))
    expect(parts.kind === 'components' && parts.items[0]?.licence.length).toBe(256)
    const states = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`state-${n}`, []]))
    const vulnerabilities = [{ cve: 'CVE-2026-1', product_status: states }]
    const said = summarizeEvidence('vex', bytes({ document: { category: 'csaf_vex' }, vulnerabilities }))
    expect(said.kind === 'vulnerabilities' && said.items[0]?.state.length).toBe(256)
  })

  it.each([
    [
      'CycloneDX',
      { bomFormat: 'CycloneDX', vulnerabilities: [{ id: 'CVE-2026-1', analysis: { state: 'not_affected' } }] },
      'not_affected',
    ],
    [
      'OpenVEX',
      {
        '@context': 'https://openvex.dev/ns/v0.2.0',
        statements: [{ vulnerability: { name: 'CVE-2026-1' }, status: 'fixed' }],
      },
      'fixed',
    ],
    [
      'CSAF',
      {
        document: { category: 'csaf_vex' },
        vulnerabilities: [{ cve: 'CVE-2026-1', product_status: { known_not_affected: ['A'] } }],
      },
      'known_not_affected',
    ],
  ])('shows what %s says of a weakness', (_name, document, state) => {
    const items = [{ id: 'CVE-2026-1', state }]
    expect(summarizeEvidence('vex', bytes(document))).toEqual({ kind: 'vulnerabilities', total: 1, items })
  })

  it.each([
    ['v1', { buildDefinition: { buildType: 'make' }, runDetails: { builder: { id: 'ci' } } }],
    ['v0.2', { buildType: 'make', builder: { id: 'ci' } }],
  ])('shows who built it, by SLSA %s, plain and in a DSSE envelope', (_name, predicate) => {
    const statement = {
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'a', digest: { sha256: '0'.repeat(64) } }],
      predicate,
    }
    const payload = Buffer.from(JSON.stringify(statement)).toString('base64')
    const shown = { kind: 'provenance', builder: 'ci', buildType: 'make', subjects: 1 }
    expect(summarizeEvidence('slsa-provenance', bytes(statement))).toEqual(shown)
    const dsse = { payloadType: 'application/vnd.in-toto+json', payload, signatures: [] }
    expect(summarizeEvidence('slsa-provenance', bytes(dsse))).toEqual(shown)
  })

  it('cuts what is long, and says of what is another thing that it cannot be read', () => {
    expect(summarizeEvidence('release-notes', bytes('#'.repeat(70_000)))).toMatchObject({ kind: 'markdown', cut: true })
    expect(summarizeEvidence('test-report', bytes('ok'))).toEqual({ kind: 'text', text: 'ok', cut: false })
    for (const [type, content] of [
      ['cyclonedx-sbom', bytes('[]')],
      ['vex', bytes({ bomFormat: 'CycloneDX' })],
      ['slsa-provenance', bytes('{')],
      ['test-report', Uint8Array.of(0xff)],
      ['release-notes', Uint8Array.of(0xc3)],
    ] as const)
      expect(summarizeEvidence(type, content)).toEqual({ kind: 'unreadable' })
  })
})
