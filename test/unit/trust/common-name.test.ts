// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { verifyCms, type CmsSigner } from '../../../main/station/trust/cms.ts'
import { commonNameOf, namesBehind } from '../../../main/station/trust/common-name.ts'
import { issueCertificate, readPemCertificate, type KeyPair } from '../../../main/station/trust/issue-certificate.ts'
import { buildCms } from '../../support/cms-builder.ts'
import { makeHolder, pkiTimes } from '../../support/pki.ts'

const content = new TextEncoder().encode('{}')
const span = { validFrom: pkiTimes.from, validUntil: pkiTimes.until }
const der = ({ certificate }: { certificate: string }) => readPemCertificate(certificate).der

/** The signer of a file that encloses these certificates beside its own. */
const signerOf = (holder: KeyPair, ...enclosed: { certificate: string }[]): CmsSigner => {
  const found = verifyCms(buildCms(content, holder, { certificates: [holder, ...enclosed].map(der) }), content)
  if (!found.ok) throw new Error(found.code)
  return found.signer
}

describe('the name of a key', () => {
  const release = makeHolder('release')
  const ca = makeHolder('ca')
  const underCa = makeHolder('release', { issuer: ca })

  it('is what the key says itself, and that of a CA what it has signed', () => {
    expect([...namesBehind(signerOf(release))]).toEqual([[release.spki, 'test release']])
    expect([...namesBehind(signerOf(underCa, ca))]).toEqual([[ca.spki, 'test ca']])
  })

  it('is not what somebody else encloses, who knows the key only', () => {
    const stranger = makeHolder('ca')
    const named = (key: string, commonName: string) =>
      issueCertificate({ commonName, key, use: 'release', ...span }, stranger)
    const spare = { certificate: named(ca.key, 'Quality assurance') }
    expect([...namesBehind(signerOf(release, spare))]).toEqual([[release.spki, 'test release']])
    const wrapped = { key: release.key, certificate: named(release.key, 'Quality assurance') }
    expect(namesBehind(signerOf(wrapped, stranger)).get(release.spki)).toBeUndefined()
    expect(namesBehind(signerOf(wrapped)).size).toBe(0)
  })

  it('has no characters that turn it round or are not seen', () => {
    const certificate = issueCertificate({ commonName: 'A\u202Ec\u0000me', key: release.key, use: 'release', ...span })
    expect(commonNameOf(readPemCertificate(certificate))).toBe('Acme')
  })
})
