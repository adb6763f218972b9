// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { verifyCms } from '../../../main/station/trust/cms.ts'
import { isIssuedBy, type Certificate } from '../../../main/station/trust/certificate.ts'
import { readPemCertificate } from '../../../main/station/trust/issue-certificate.ts'
import { purposeOf, signatureRoles } from '../../../main/station/trust/roles.ts'
import { makeHolder, pkiTimes, signManifest, testPki, type KeyKind } from '../../support/pki.ts'

const content = new TextEncoder().encode('{"a":1}')
const kinds: KeyKind[] = ['P-256', 'P-384', 'P-521', 'RSA-3072']

describe('the test PKI', () => {
  it.each(signatureRoles)('signs for %s with a certificate of that purpose', (role) => {
    const result = verifyCms(signManifest(content, role), content)
    expect(result).toMatchObject({
      ok: true,
      signer: {
        spki: testPki()[role].spki,
        signingTime: pkiTimes.signed,
        certificate: { purposes: [purposeOf(role)], isCa: false, validFrom: pkiTimes.from, validUntil: pkiTimes.until },
      },
    })
  })

  it.each(kinds)('issues certificates from a %s key', (kind) => {
    const ca = makeHolder('ca', { kind })
    const leaf: Certificate = readPemCertificate(makeHolder('station', { kind, issuer: ca }).certificate)
    const caCertificate = readPemCertificate(ca.certificate)
    expect(isIssuedBy(leaf, caCertificate)).toBe(true)
    expect(isIssuedBy(caCertificate, leaf)).toBe(false)
    expect(isIssuedBy(leaf, readPemCertificate(makeHolder('ca', { kind: 'P-256' }).certificate))).toBe(false)
  })
})
