// SPDX-License-Identifier: Apache-2.0
/** Rows 66 to 73, 77, 78 and 82 of docs/formats/refusals.md, with certificates that openssl made. */
import { describe, expect, it } from 'vitest'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { verifyCms } from '../../../main/station/trust/cms.ts'
import { readPemCertificate } from '../../../main/station/trust/issue-certificate.ts'
import { judgeSigner } from '../../../main/station/trust/questions.ts'
import type { SignatureRole } from '../../../main/station/trust/roles.ts'
import type { SignatureFile } from '../../../main/station/trust/standing.ts'
import { buildCms } from '../../support/cms-builder.ts'
import { opensslHolder } from '../../support/openssl.ts'
import { makeHolder, roleOf, testPki, type Holder } from '../../support/pki.ts'

const content = new TextEncoder().encode('{"a":1}')
const release = 'extendedKeyUsage = 1.3.6.1.4.1.32473.1.2'
const signer = ['basicConstraints = CA:FALSE', 'keyUsage = critical,digitalSignature', release]
const authority = ['basicConstraints = critical,CA:TRUE', 'keyUsage = critical,keyCertSign']

const fileBy = (holder: Holder, role: SignatureRole = 'release', extra: readonly Holder[] = []): SignatureFile => {
  const chain = [...holder.chain, ...extra.map(({ certificate }) => certificate)]
  const certificates = [holder.certificate, ...chain].map((pem) => readPemCertificate(pem).der)
  const result = verifyCms(buildCms(content, holder, { certificates }), content)
  if (!result.ok) throw new Error(result.code)
  return { role, name: `manifest.json.${role}.p7s`, signer: result.signer }
}
const policyWith = (change: Partial<TrustPolicy['roles']>, revoked: readonly Holder[] = []): TrustPolicy => {
  const { policy } = testPki()
  const revokedKeys = revoked.map(({ spki }) => ({ spki, reason: 'lost' }))
  return trustPolicySchema.parse({ ...policy, exclusive: [], roles: { ...policy.roles, ...change }, revokedKeys })
}
/** The answer when `holder` signs as release under a policy that pins it, or that pins its CA. */
const pinned = (holder: Holder): string =>
  judgeSigner(fileBy(holder), policyWith({ release: roleOf([holder]) }))?.code ?? 'fine'
const underCa = (holder: Holder, ca: Holder): string =>
  judgeSigner(fileBy(holder), policyWith({ release: roleOf([], [ca]) }))?.code ?? 'fine'

describe('judgeSigner', () => {
  it('is content with pinned signers of every role, and with a signer of a pinned CA', () => {
    const pki = testPki()
    for (const role of ['root', 'release', 'qa', 'recall', 'privacy', 'witness', 'station-ca', 'station'] as const) {
      expect(judgeSigner(fileBy(pki[role], role), pki.policy), role).toBeUndefined()
    }
    expect(pinned(opensslHolder(signer))).toBe('fine')
    const ca = opensslHolder(authority)
    expect(underCa(opensslHolder(signer, { issuer: ca }), ca)).toBe('fine')
  })

  it('takes a station whose CA is pinned as a key of station-ca', () => {
    const { stationCa, station } = testPki()
    const policy = policyWith({ 'station-ca': roleOf([stationCa]) })
    expect(judgeSigner(fileBy(station, 'station'), policy)).toBeUndefined()
  })

  it('ignores spare certificates, also of pinned CAs that did not issue the signer', () => {
    const ca = opensslHolder(authority)
    const spare = opensslHolder(authority, { subject: '/CN=spare' })
    const leaf = opensslHolder(signer, { issuer: ca })
    const policy = policyWith({ release: roleOf([], [ca, spare]) })
    expect(judgeSigner(fileBy(leaf, 'release', [spare]), policy)).toBeUndefined()
    expect(
      judgeSigner(fileBy(leaf, 'release', [spare]), policyWith({ release: roleOf([], [ca]) }, [spare])),
    ).toBeUndefined()
  })

  it('66: does not know a signer that no role pins', () => {
    expect(judgeSigner(fileBy(opensslHolder(signer)), testPki().policy)?.code).toBe('trust.unknown-signer')
    const ca = opensslHolder(authority)
    const leaf = opensslHolder(signer, { issuer: ca })
    expect(judgeSigner(fileBy(leaf), testPki().policy)?.code).toBe('trust.unknown-signer')
    const withoutCa = fileBy({ ...leaf, chain: [] })
    expect(judgeSigner(withoutCa, policyWith({ release: roleOf([], [ca]) }))?.code).toBe('trust.unknown-signer')
  })

  it('67: is not misled by a look-alike with the same subject and serial', () => {
    const real = opensslHolder(signer, { serial: '99' })
    const fake = opensslHolder(signer, { serial: '99' })
    expect(judgeSigner(fileBy(fake), policyWith({ release: roleOf([real]) }))?.code).toBe('trust.unknown-signer')
  })

  it.each([
    ['68 no basicConstraints', ['keyUsage = critical,keyCertSign']],
    ['68 not a CA', ['basicConstraints = CA:FALSE', 'keyUsage = keyCertSign']],
    ['68 no keyUsage', ['basicConstraints = critical,CA:TRUE']],
    ['68 keyUsage without keyCertSign', ['basicConstraints = critical,CA:TRUE', 'keyUsage = cRLSign']],
    ['69 nameConstraints', [...authority, 'nameConstraints = permitted;email:a.example']],
    ['69 policyConstraints', [...authority, 'policyConstraints = requireExplicitPolicy:0']],
    ['69 inhibitAnyPolicy', [...authority, 'inhibitAnyPolicy = 0']],
    ['69 policyMappings', [...authority, 'policyMappings = 1.2.3:1.2.4']],
    ['73 an unknown critical extension', [...authority, '1.2.3.4 = critical,ASN1:NULL']],
  ])('%s in the pinned CA is trust.chain', (_row, extensions) => {
    const ca = opensslHolder(extensions)
    expect(underCa(opensslHolder(signer, { issuer: ca }), ca)).toBe('trust.chain')
  })

  it('69: takes no step between the pinned CA and the signer', () => {
    const ca = opensslHolder([...authority.slice(1), 'basicConstraints = critical,CA:TRUE,pathlen:0'])
    const middle = opensslHolder(authority, { issuer: ca, subject: '/CN=middle' })
    expect(underCa(opensslHolder(signer, { issuer: middle }), ca)).toBe('trust.chain')
  })

  it('69: does not take a CA by its name alone', () => {
    const ca = opensslHolder(authority)
    const impostor = opensslHolder(authority)
    const leaf = opensslHolder(signer, { issuer: impostor })
    expect(underCa({ ...leaf, chain: [ca.certificate] }, ca)).toBe('trust.chain')
  })

  it.each([
    ['73 an unknown critical extension', '1.2.3.4 = critical,ASN1:NULL', 'trust.chain'],
    ['69 nameConstraints in a signer', 'nameConstraints = permitted;email:a.example', 'trust.chain'],
    ['an unknown extension that is not critical', '1.2.3.4 = ASN1:NULL', 'fine'],
    ['subjectAltName, critical', 'subjectAltName = critical,email:a@b.example', 'fine'],
    ['certificatePolicies', 'certificatePolicies = 1.2.3', 'fine'],
  ])('%s in a pinned signer is %s → %s', (_row, extension, code) => {
    expect(pinned(opensslHolder([...signer, extension]))).toBe(code)
  })

  it.each([
    ['70 a CA signs', ['basicConstraints = critical,CA:TRUE', 'keyUsage = digitalSignature,keyCertSign', release]],
    ['71 no extended key usage', signer.slice(0, 2)],
    ["71 another role's purpose", [...signer.slice(0, 2), 'extendedKeyUsage = 1.3.6.1.4.1.32473.1.3']],
    ['71 emailProtection only', [...signer.slice(0, 2), 'extendedKeyUsage = emailProtection']],
    ['71 anyExtendedKeyUsage', [...signer.slice(0, 2), 'extendedKeyUsage = anyExtendedKeyUsage']],
    ['72 no keyUsage', ['basicConstraints = CA:FALSE', release]],
    ['72 keyUsage without digitalSignature', ['keyUsage = nonRepudiation', release]],
  ])('%s is trust.purpose', (_row, extensions) => {
    expect(pinned(opensslHolder(extensions))).toBe('trust.purpose')
    const ca = opensslHolder(authority)
    expect(underCa(opensslHolder(extensions, { issuer: ca }), ca)).toBe('trust.purpose')
  })

  it('70: refuses the pinned CA itself as a signer', () => {
    const ca = opensslHolder(authority)
    expect(underCa(ca, ca)).toBe('trust.purpose')
  })

  it('77: refuses a revoked key before anything else is asked', () => {
    const lost = opensslHolder(['subjectKeyIdentifier = hash'])
    expect(judgeSigner(fileBy(lost), policyWith({ release: roleOf([lost]) }, [lost]))?.code).toBe('trust.revoked')
    expect(judgeSigner(fileBy(lost), policyWith({}, [lost]))?.code).toBe('trust.revoked')
  })

  it('78: refuses a signer whose CA is revoked, pinned or not', () => {
    const ca = opensslHolder(authority)
    const leaf = opensslHolder(signer, { issuer: ca })
    expect(judgeSigner(fileBy(leaf), policyWith({ release: roleOf([], [ca]) }, [ca]))?.code).toBe('trust.revoked')
    expect(judgeSigner(fileBy(leaf), policyWith({ release: roleOf([leaf]) }, [ca]))?.code).toBe('trust.revoked')
  })

  it('82: tells a file that was renamed to another role', () => {
    const { policy, qa, station } = testPki()
    expect(judgeSigner(fileBy(qa, 'release'), policy)?.code).toBe('trust.role')
    expect(judgeSigner(fileBy(station, 'release'), policy)?.code).toBe('trust.role')
    expect(judgeSigner(fileBy(qa, 'station'), policy)?.code).toBe('trust.role')
  })

  it('129: refuses a recall signature by a release key', () => {
    expect(judgeSigner(fileBy(testPki().release, 'recall'), testPki().policy)?.code).toBe('trust.role')
  })

  it('refuses a signer of a role that the policy does not have', () => {
    const policy = policyWith({ witness: undefined })
    expect(judgeSigner(fileBy(makeHolder('witness'), 'witness'), policy)?.code).toBe('trust.unknown-signer')
  })
})
