// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { firmwareManifest, noise, sha256, testContents } from '../../support/bundle.ts'
import { judge, type Case, type Row } from '../../support/judge.ts'
import { makeHolder, roleOf, testPki } from '../../support/pki.ts'

const pki = testPki()
const good = firmwareManifest()
const payload = good.payloads[0]!
const time = (text: string): number => Date.parse(text)
const expired = { expires: '2026-06-01T11:59:59Z' }
const limits = (changes: object) => ({ limits: { ...pki.policy.limits, ...changes } })

const evidenceOf = (count: number): object[] =>
  Array.from({ length: count }, (_, n) => ({ path: `evidence/e${n}`, size: 1, sha256: sha256('x'), type: 'vex' }))

const statement = (subjects: Uint8Array[]): string =>
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects.map((content) => ({ name: 'x', digest: { sha256: sha256(content) } })),
    predicateType: 'https://slsa.dev/provenance/v1',
  })

/** The good bundle with a provenance of this text. */
const provenance = (text: string): Case => {
  const contents = { 'evidence/provenance.json': Buffer.from(text) }
  const evidence = firmwareManifest({}, { ...testContents, ...contents }).evidence.map((item) =>
    item.path.endsWith('provenance.json') ? { ...item, type: 'slsa-provenance' } : item,
  )
  return { contents, manifest: { evidence } }
}

const by = { day: '2026-06-01', first: 'Ada', second: 'Olga', reason: 'lost' }
const hereKey = ({ spki }: { spki: string }) => ({ keys: new Map([[spki, by]]) })
const qaFile = ['qa', 'qa'] as const
const siteCa = makeHolder('ca')
const underCa = makeHolder('release', { issuer: siteCa })
const caPolicy = { roles: { ...pki.policy.roles, release: roleOf([], [siteCa]) } }
const second = makeHolder('release')
const twoReleases = { roles: { ...pki.policy.roles, release: roleOf([pki.release, second]) } }
const both = [qaFile, ['release', 'release'], ['release', second]] as const

const rows: Row[] = [
  [97, 'an expired bundle', { manifest: { expires: '2026-06-01T11:59:59Z' } }, 'freshness.expired'],
  [98, 'a release of the day after tomorrow', { manifest: { releasedAt: '2026-06-03T00:00:00Z' } }, 'freshness.future'],
  [99, 'a clock that went back', { state: { now: time('2026-05-30T00:00:00Z') } }, 'clock.rollback'],
  [100, 'a clock far ahead', { state: { now: time('2028-06-01T00:00:00Z') } }, 'clock.jump'],
  [
    100,
    'a release far ahead',
    { manifest: { releasedAt: '2028-06-03T00:00:00Z', expires: '2029-01-01T00:00:00Z' } },
    'clock.jump',
  ],
  [101, "a counter below the policy's", { policy: { counters: { pump: 4 } } }, 'rollback.counter'],
  [101, "a counter below the site's", { state: { counters: { pump: 4 } } }, 'rollback.counter'],
  [
    104,
    'a version that was another bundle',
    { state: { imported: [{ ...good, manifest: 'a'.repeat(64) }] } },
    'rollback.equivocation',
  ],
  [105, 'a recalled manifest', { recall: { bundle: sha256(canonicalBytes(good)) } }, 'recall.bundle'],
  [105, 'a recalled bundle id', { recall: { bundleId: good.bundleId } }, 'recall.bundle'],
  [105, 'a recalled payload', { recall: { payload: payload.sha256 } }, 'recall.bundle'],
  [105, 'a recalled signer', { recall: { signer: pki.qa.spki } }, 'recall.bundle'],
  [105, 'a recalled range of counters', { recall: { belowCounter: { product: 'pump', counter: 4 } } }, 'recall.bundle'],
  [146, 'a bundle that needs a key that was withdrawn at the site', { here: hereKey(pki.qa) }, 'trust.withdrawn-here'],
  [
    146,
    'a bundle whose signer hangs on a CA that was withdrawn at the site',
    { here: hereKey(siteCa), policy: caPolicy, signers: [qaFile, ['release', underCa]] },
    'trust.withdrawn-here',
  ],
  [
    147,
    'a bundle that was withdrawn at the site',
    { here: { bundles: new Map([[sha256(canonicalBytes(good)), by]]) } },
    'recall.withdrawn-here',
  ],
  [107, 'a bundle for a newer policy', { manifest: { policyMin: 2 } }, 'trust.policy-too-old'],
  [108, 'a bundle for an older policy', { policy: limits({ minPolicy: 2 }) }, 'trust.policy-old'],
  [113, 'a bundle for a newer Airlock', { manifest: { importerMin: '0.2.0' } }, 'compat.importer'],
  [126, 'a policy past its grace', { policy: { expires: '2026-04-01T00:00:00Z' } }, 'policy.expired'],
  [132, 'a bundle for another site', { manifest: { scope: { sites: ['south'] } } }, 'trust.scope'],
  [30, 'a bundle larger than the room', { state: { freeBytes: 1000 } }, 'limit.total-size'],
  [29, 'more entries than an envelope holds', { manifest: { evidence: evidenceOf(60) } }, 'limit.entries'],
  [117, 'a provenance of other payloads', provenance(statement([noise(3)])), 'evidence.mismatch'],
  [
    117,
    'a provenance of one payload of two',
    provenance(statement(Object.values(testContents).slice(0, 1))),
    'evidence.mismatch',
  ],
  [117, 'a provenance that is none', provenance('{}'), 'evidence.mismatch'],
]

describe('what does not fit the station', () => {
  it.each(rows)('row %s: refuses %s', async (_row, _what, given, code) => {
    expect(await judge(given)).toMatchObject({ verdict: 'refused', code })
  })

  it('includes every bundle that names sites, where the station has none', async () => {
    expect(
      await judge({ manifest: { scope: { sites: ['north'] } }, state: { site: undefined } as never }),
    ).toMatchObject({
      code: 'trust.scope',
    })
  })
})

describe('what fits the station', () => {
  it.each<[string, Case]>([
    ['a provenance of every payload', provenance(statement(Object.values(testContents)))],
    [
      'a provenance in a DSSE envelope',
      provenance(
        JSON.stringify({
          payloadType: 'application/vnd.in-toto+json',
          payload: Buffer.from(statement(Object.values(testContents))).toString('base64'),
          signatures: [],
        }),
      ),
    ],
    ['the same bundle again', { state: { imported: [{ ...good, manifest: sha256(canonicalBytes(good)) }] } }],
    ['a counter that equals the floor', { policy: { counters: { pump: 3 } } }],
    ["another product's floor", { policy: { counters: { valve: 9 } } }],
    ['a policy within its grace', { policy: { expires: '2026-05-20T00:00:00Z' } }],
    ['a withdrawal of a key that it does not need', { here: hereKey(second) }],
    [
      'a withdrawal of one of two keys, where one is enough',
      { here: hereKey(second), policy: twoReleases, signers: both },
    ],
    ['a withdrawal of keys that sign no bundles', { here: hereKey(pki.root) }],
    ['a recall of something else', { recall: { payload: '0'.repeat(64) } }],
    ['a clock that is a little late', { state: { now: time('2026-05-31T12:00:00Z') } }],
    ['a station that never saw a time', { state: { lastSignedTime: undefined, lastAuditTime: undefined } }],
  ])('is %s', async (_what, given) => {
    expect(await judge(given)).toEqual(expect.objectContaining({ verdict: 'accepted' }))
  })

  it('is an expired bundle with a remark, where the policy only warns', async () => {
    const verdict = await judge({
      manifest: { expires: '2026-06-01T11:00:00Z' },
      policy: limits({ expiredBundle: 'warn' }),
    })
    expect(verdict.verdict).toBe('accepted')
    expect(verdict.checks.find(({ id }) => id === 'freshness')).toEqual({
      id: 'freshness',
      ok: true,
      detail: 'expired 2026-06-01T11:00:00Z',
    })
  })
})

describe('a withdrawal of two people at the site', () => {
  it('takes the thresholds as they are: with two needed, the other key alone is not enough', async () => {
    const policy = { roles: { ...twoReleases.roles, release: roleOf([pki.release, second], [], 2) } }
    const given = { policy, signers: both }
    expect((await judge(given)).verdict).toBe('accepted')
    const { code, checks } = await judge({ ...given, here: hereKey(second) })
    expect(code).toBe('trust.withdrawn-here')
    expect(checks.at(-1)).toMatchObject({ detail: '2026-06-01 Ada, Olga: lost', facts: by })
  })
})

describe('an exception that two people made', () => {
  const digest = sha256(canonicalBytes(firmwareManifest(expired)))
  const [forBundle, forPolicy] = ['a1', 'b2']
  const exceptions = { policy: forPolicy, bundles: new Map([[digest, forBundle]]) }
  const endedPolicy = { expires: '2026-04-01T00:00:00Z' }

  it('takes the question of the end away, and no other, and says so in its place', async () => {
    const { verdict, checks } = await judge({ manifest: expired, policy: endedPolicy, state: { exceptions } })
    expect(verdict).toBe('accepted')
    expect(checks.filter(({ exception }) => exception !== undefined)).toEqual([
      { id: 'policy-expiry', ok: true, detail: 'policy.expired', exception: forPolicy },
      { id: 'freshness', ok: true, detail: expired.expires, exception: forBundle },
    ])
    expect(checks.map(({ id }) => id)).toEqual((await judge({})).checks.map(({ id }) => id))
  })

  it('is not named where nothing has expired', async () => {
    const { checks } = await judge({ state: { exceptions } })
    expect(checks.filter(({ exception }) => exception !== undefined)).toEqual([])
  })

  it.each<[string, Case, string]>([
    ['another bundle', { manifest: { ...expired, version: '2.0.9' } }, 'freshness.expired'],
    ['a bundle where the policy allows none', { policy: limits({ expiredBundle: 'refuse' }) }, 'freshness.expired'],
    [
      'an expired policy, where it is for a bundle',
      { policy: endedPolicy, state: { exceptions: { bundles: exceptions.bundles } } },
      'policy.expired',
    ],
    ['a recalled bundle', { recall: { bundle: digest } }, 'recall.bundle'],
    ["a counter below the site's", { state: { exceptions, counters: { pump: 4 } } }, 'rollback.counter'],
    ["a counter below the policy's", { policy: { counters: { pump: 4 } } }, 'rollback.counter'],
    ['a missing signature', { signers: [['release', 'release']] }, 'trust.threshold'],
    ['another site', { manifest: { ...expired, scope: { sites: ['south'] } } }, 'trust.scope'],
    ['a clock that went back', { state: { exceptions, now: time('2026-05-30T00:00:00Z') } }, 'clock.rollback'],
  ])('is none for %s', async (_what, given, code) => {
    const state = { exceptions, ...given.state }
    expect(await judge({ manifest: expired, ...given, state })).toMatchObject({ verdict: 'refused', code })
  })
})

describe('a verdict', () => {
  it('lists every question in the order of the format', async () => {
    const { checks } = await judge({})
    expect(checks.map(({ id }) => id)).toEqual([
      'medium',
      'container',
      'signatures',
      'pq-signatures',
      'signers',
      'manifest',
      'manifest-rules',
      'clock',
      'policy-expiry',
      'signing-times',
      'products',
      'channel',
      'thresholds',
      'keys-withdrawn-here',
      'pq-thresholds',
      'site',
      'policy-version',
      'policy-age',
      'importer',
      'released',
      'freshness',
      'recall',
      'withdrawn-here',
      'counter',
      'equivocation',
      'space',
      'contents',
      'provenance',
    ])
  })

  it('ends with the question that was answered with no', async () => {
    const { checks } = await judge({ manifest: { policyMin: 2 } })
    expect(checks.at(-1)).toEqual({ id: 'policy-version', ok: false, code: 'trust.policy-too-old' })
  })
})
