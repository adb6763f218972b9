// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { noise } from '../../support/bundle.ts'
import { judge, type Row, type Signers } from '../../support/judge.ts'
import { makeHolder, roleOf, testPki, type Holder } from '../../support/pki.ts'

const pki = testPki()
const time = (text: string): number => Date.parse(text)
const revoked = (spki: string) => ({ revokedKeys: [{ spki, reason: 'lost' }] })
const both = (release: Holder, qa = pki.qa): Signers => [
  ['qa', qa],
  ['release', release],
]
const ca = makeHolder('ca')
const stranger = makeHolder('release')
const withCa: Partial<TrustPolicy> = { roles: { ...pki.policy.roles, release: roleOf([], [ca]) } }
const released = (options: Parameters<typeof makeHolder>[1] = {}) => makeHolder('release', { issuer: ca, ...options })
const pinned = (spki: string, validFrom: string, validUntil: string): Partial<TrustPolicy> => ({
  roles: { ...pki.policy.roles, release: { ...roleOf([]), keys: [{ spki, validFrom, validUntil }] } },
})
const scoped = (products: string[]): Partial<TrustPolicy> => ({
  roles: { ...pki.policy.roles, qa: { ...roleOf([pki.qa]), products } },
})
/** One key under both roles: its certificate is good for either name that the file has. */
const doubled: Partial<TrustPolicy> = {
  roles: { ...pki.policy.roles, qa: roleOf([pki.qa, pki.release]) },
}
const sameKeyAsQa = makeHolder('qa', { key: pki.release.key })

/** A release certificate made by another release certificate, which stands where the CA should. */
function leafChain(): Holder {
  const leaf = makeHolder('release', { issuer: ca })
  return { ...makeHolder('release', { issuer: leaf }), chain: [leaf.certificate, ca.certificate] }
}

const rows: Row[] = [
  [66, 'an unknown signer', { signers: both(stranger) }, 'trust.unknown-signer'],
  [67, 'a look-alike with the same subject', { signers: both(makeHolder('release')) }, 'trust.unknown-signer'],
  [68, 'a certificate made by a leaf', { policy: withCa, signers: both(leafChain()) }, 'trust.chain'],
  [
    70,
    'a signer that is a CA',
    { policy: { roles: { ...pki.policy.roles, release: roleOf([ca]) } }, signers: both(ca) },
    'trust.purpose',
  ],
  [
    71,
    "another role's purpose",
    { policy: { roles: { ...pki.policy.roles, release: roleOf([pki.recall]) } }, signers: both(pki.recall) },
    'trust.purpose',
  ],
  [
    74,
    'a certificate that had expired',
    { policy: withCa, signers: both(released({ validUntil: time('2026-05-31T00:00:00Z') })) },
    'trust.expired',
  ],
  [
    75,
    'a certificate that was not yet valid',
    { policy: withCa, signers: both(released({ validFrom: time('2026-06-02T00:00:00Z') })) },
    'trust.not-yet-valid',
  ],
  [
    76,
    "a signature before the key's window",
    { policy: pinned(pki.release.spki, '2026-06-01T11:00:00Z', '2030-01-01T00:00:00Z') },
    'trust.signing-time',
  ],
  [
    76,
    "a signature after the key's window",
    { policy: pinned(pki.release.spki, '2026-01-01T00:00:00Z', '2026-06-01T09:00:00Z') },
    'trust.signing-time',
  ],
  [
    76,
    'a signature from the day after tomorrow',
    { state: { now: time('2026-05-30T09:00:00Z'), lastAuditTime: undefined, lastSignedTime: undefined } },
    'trust.signing-time',
  ],
  [77, 'a revoked key', { policy: revoked(pki.release.spki) }, 'trust.revoked'],
  [
    78,
    'a key whose CA is revoked',
    { policy: { ...withCa, ...revoked(ca.spki) }, signers: both(released()) },
    'trust.revoked',
  ],
  [79, 'one of two required roles', { signers: [['release', 'release']] }, 'trust.threshold'],
  [80, 'one key for both roles', { policy: doubled, signers: both(pki.release, sameKeyAsQa) }, 'trust.threshold'],
  [
    81,
    'one key under two certificates',
    {
      policy: { roles: { ...pki.policy.roles, release: { ...roleOf([pki.release, stranger]), threshold: 2 } } },
      signers: both(pki.release),
    },
    'trust.threshold',
  ],
  [
    82,
    'a signature under the name of another role',
    {
      signers: [
        ['qa', 'release'],
        ['release', 'release'],
      ],
    },
    'trust.role',
  ],
  [83, 'a bundle without the signature of qa', { signers: [['release', 'release']] }, 'trust.threshold'],
  [84, 'a role for another product', { policy: scoped(['valve']) }, 'trust.scope'],
  [
    'channel',
    'a channel that the policy does not know',
    { policy: { require: { pilot: ['release'] } } },
    'trust.scope',
  ],
  [85, 'no counter-signature where the policy wants one', { policy: { pq: 'required' } }, 'trust.pq-missing'],
  [
    '3',
    'a role that signs no firmware',
    {
      signers: [
        ['qa', 'qa'],
        ['recall', 'recall'],
        ['release', 'release'],
      ],
    },
    'trust.role',
  ],
]

describe('what is wrong with the signers', () => {
  it.each(rows)('row %s: refuses %s', async (_row, _what, given, code) => {
    expect(await judge(given)).toMatchObject({ verdict: 'refused', code })
  })

  it('is found before anything is said of the manifest', async () => {
    expect(await judge({ signers: both(stranger), document: noise(300) })).toMatchObject({
      code: 'trust.unknown-signer',
    })
  })
})

describe('good signers', () => {
  it('are accepted by their pinned keys', async () => {
    expect(await judge({})).toMatchObject({ verdict: 'accepted' })
  })

  it('are accepted by the CA that made their certificates', async () => {
    expect(await judge({ policy: withCa, signers: both(released()) })).toMatchObject({ verdict: 'accepted' })
  })

  it('are as many as the channel needs', async () => {
    const pilot = { manifest: { channel: 'pilot' }, signers: [['release', 'release']] } as const
    expect(await judge(pilot)).toMatchObject({ verdict: 'accepted' })
  })

  it('may have used any key of the profile', async () => {
    for (const kind of ['P-256', 'P-521', 'RSA-3072'] as const) {
      expect(await judge({ policy: withCa, signers: both(released({ kind })) })).toMatchObject({ verdict: 'accepted' })
    }
  })
})
