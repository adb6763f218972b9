// SPDX-License-Identifier: Apache-2.0
/** The promise of docs/formats/signature-profile.md both ways: stock openssl makes and checks what Airlock checks and makes. */
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyCms } from '../../../main/station/trust/cms.ts'
import { signCms } from '../../../main/station/trust/sign.ts'
import { openssl, opensslHolder, opensslSign, opensslVerifies } from '../../support/openssl.ts'
import { makeHolder, makeKey, pkiTimes, type Holder, type KeyKind } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const content = new TextEncoder().encode('{"kind":"airlock.firmware"}')
const extensions = [
  'keyUsage = digitalSignature',
  'extendedKeyUsage = 1.3.6.1.4.1.32473.1.2',
  'subjectKeyIdentifier = hash',
]
const holderOf = (kind: KeyKind): Holder => opensslHolder(extensions, { key: makeKey(kind) })
const pssWords = ['-keyopt', 'rsa_padding_mode:pss', '-keyopt']

const codeOf = (signature: Uint8Array): string => {
  const result = verifyCms(signature, content)
  return result.ok ? 'accepted' : result.code
}

describe('openssl cms -sign', () => {
  it.each([
    ['P-256', 'sha256', []],
    ['P-256', 'sha512', []],
    ['P-384', 'sha384', []],
    ['P-521', 'sha512', []],
    ['P-521', 'sha256', []],
    ['P-384', 'sha384', ['-keyid']],
    ['RSA-3072', 'sha256', []],
    ['RSA-3072', 'sha384', []],
    ['RSA-3072', 'sha512', ['-keyid']],
    ['RSA-3072', 'sha384', [...pssWords, 'rsa_pss_saltlen:-1']],
    ['RSA-3072', 'sha256', [...pssWords, 'rsa_pss_saltlen:32']],
    ['RSA-3072', 'sha256', [...pssWords, 'rsa_pss_saltlen:100']],
    ['RSA-3072', 'sha512', [...pssWords, 'rsa_pss_saltlen:-2']],
  ] as const)('%s with %s %j is accepted', (kind, digest, words) => {
    expect(codeOf(opensslSign(content, holderOf(kind), '-md', digest, ...words))).toBe('accepted')
  })

  it('encloses a chain that is read', () => {
    const ca = makeHolder('ca')
    const signature = opensslSign(content, makeHolder('release', { issuer: ca }), '-md', 'sha384')
    const result = verifyCms(signature, content)
    expect(result.ok && result.signer.caCertificates.map(({ spki }) => spki)).toContain(ca.spki)
  })

  it.each([
    ['S/MIME capabilities', 'sig.attributes', ['-md', 'sha384'], true],
    ['no attributes', 'sig.attributes', ['-md', 'sha384', '-noattr'], false],
    ['embedded content', 'sig.not-detached', ['-md', 'sha384', '-nodetach'], false],
    ['no certificate', 'sig.certificate', ['-md', 'sha384', '-nocerts'], false],
    ['SHA-1', 'sig.algorithm', ['-md', 'sha1'], false],
    ['SHA-224', 'sig.algorithm', ['-md', 'sha224'], false],
    ['BER by streaming', 'sig.not-der', ['-md', 'sha384', '-nodetach', '-stream'], false],
    ['another content type', 'sig.content-type', ['-md', 'sha384', '-econtent_type', '1.2.3.4'], false],
  ])('with %s is %s', (_what, code, words, capabilities) => {
    const holder = holderOf('P-256')
    const signature = capabilities ? withCapabilities(holder) : opensslSign(content, holder, ...words)
    expect(codeOf(signature)).toBe(code)
  })

  it('with a short PSS salt, a small RSA key or another curve is refused', () => {
    expect(codeOf(opensslSign(content, holderOf('RSA-3072'), '-md', 'sha384', ...pssWords, 'rsa_pss_saltlen:20'))).toBe(
      'sig.algorithm',
    )
    const pem = (key: ReturnType<typeof generateKeyPairSync>): string =>
      key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    const small = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const curve = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })
    for (const key of [small, curve]) {
      expect(codeOf(opensslSign(content, opensslHolder(extensions, { key: pem(key) }), '-md', 'sha384'))).toBe(
        'sig.key',
      )
    }
  })
})

describe('signCms', () => {
  it.each([
    ['P-256', 'sha256', false],
    ['P-384', 'sha384', false],
    ['P-521', 'sha512', false],
    ['RSA-3072', 'sha384', false],
    ['RSA-3072', 'sha384', true],
  ] as const)('makes what openssl cms -verify accepts: %s, %s, PSS %s', (kind, digest, pss) => {
    const ca = makeHolder('ca', { kind: 'P-384' })
    const { key, certificate, chain } = makeHolder('release', { kind, issuer: ca })
    const signature = signCms({ content, key, certificate, chain, digest, pss, signingTime: pkiTimes.signed })
    expect(codeOf(signature)).toBe('accepted')
    expect(opensslVerifies(content, signature, ca.certificate)).toBe(true)
    expect(opensslVerifies(new TextEncoder().encode('{}'), signature, ca.certificate)).toBe(false)
  })

  it('refuses a certificate of another key, and keys outside the profile', () => {
    const [one, two] = [makeHolder('release'), makeHolder('release')]
    const request = { content, certificate: two.certificate, signingTime: pkiTimes.signed }
    expect(() => signCms({ ...request, key: one.key })).toThrow('sig.certificate')
    const weak = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey.export({
      format: 'pem',
      type: 'pkcs8',
    })
    expect(() => signCms({ ...request, key: weak.toString() })).toThrow('sig.key')
    expect(() => signCms({ ...request, key: two.key, certificate: 'no PEM' })).toThrow('sig.certificate')
  })
})

/** The same without -nosmimecap. */
const withCapabilities = (holder: Holder): Uint8Array => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'key'), holder.key)
  writeFileSync(join(folder, 'certificate'), holder.certificate)
  writeFileSync(join(folder, 'content'), content)
  const words = ['-signer', 'certificate', '-inkey', 'key', '-in', 'content', '-md', 'sha384', '-outform', 'DER']
  return openssl(folder, 'cms', '-sign', '-binary', ...words)
}
