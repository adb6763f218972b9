// SPDX-License-Identifier: Apache-2.0
/** Rows 40 to 65 and 87 of docs/formats/refusals.md: each bad signature gives exactly its code. */
import { createHash, createPrivateKey, generateKeyPairSync, privateEncrypt, constants, sign } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { digestIdentifier, signatureIdentifier } from '../../../main/station/trust/algorithms.ts'
import { verifyCms } from '../../../main/station/trust/cms.ts'
import { cmsIds } from '../../../main/station/trust/cms-shape.ts'
import { decodeDer, tags } from '../../../main/station/trust/der.ts'
import {
  bitString,
  derTime,
  element,
  octetString,
  oid,
  sequence,
  setOf,
  small,
} from '../../../main/station/trust/der-writer.ts'
import { readPemCertificate } from '../../../main/station/trust/issue-certificate.ts'
import { attribute, attributesFor, buildCms, type CmsParts } from '../../support/cms-builder.ts'
import { makeHolder, testPki, type Holder } from '../../support/pki.ts'

const content = new TextEncoder().encode('{"a":1}')
const other = new TextEncoder().encode('{"a":2}')
let holder: Holder
let second: Holder
let rsa: Holder
let good: Uint8Array

beforeAll(() => {
  holder = testPki().release
  second = testPki().qa
  rsa = makeHolder('release', { kind: 'RSA-3072' })
  good = buildCms(content, holder)
})

const codeOf = (der: Uint8Array, over: Uint8Array = content): string => {
  const result = verifyCms(der, over)
  return result.ok ? 'accepted' : result.code
}
const built = (replaced: Partial<CmsParts>, by: Holder = holder): string => codeOf(buildCms(content, by, replaced))

/** The same elements with a spare octet in the outer length, or without a length at all. */
const longLength = (der: Uint8Array): Uint8Array => Buffer.concat([Buffer.from([0x30, 0x83, 0]), der.subarray(2)])
const indefinite = (der: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from([0x30, 0x80]), der.subarray(4), Buffer.from([0, 0])])

/** Replaces the only place where `from` stands; lengths stay as they are. */
const swap = (der: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array => {
  const at = Buffer.from(der).indexOf(from)
  expect(at).toBeGreaterThan(0)
  expect(to.length).toBe(from.length)
  return Buffer.concat([der.subarray(0, at), to, der.subarray(at + from.length)])
}

const attributes = () => attributesFor(content)
const certificateOf = ({ certificate }: Holder): Uint8Array => readPemCertificate(certificate).der

describe('verifyCms', () => {
  it('accepts a good signature and says who signed when', () => {
    expect(verifyCms(good, content)).toMatchObject({ ok: true, signer: { spki: holder.spki } })
  })

  it('accepts a signature without a signing time', () => {
    const result = verifyCms(buildCms(content, holder, { attributes: attributes().slice(0, 2) }), content)
    expect(result.ok && result.signer.signingTime === undefined).toBe(true)
  })

  it('accepts a signer that is named by its key identifier, and certificates that are spare', () => {
    const keyId = readPemCertificate(holder.certificate).keyId ?? new Uint8Array()
    const certificates = [holder, second, testPki().root, testPki().stationCa].map(certificateOf)
    expect(built({ version: 3, signerVersion: 3, signerId: element(0x80, keyId), certificates })).toBe('accepted')
  })

  it('accepts digest parameters that are NULL', () => {
    const id = sequence(oid('2.16.840.1.101.3.4.2.2'), element(tags.null))
    expect(built({ digestAlgorithm: id, digestAlgorithms: [id] })).toBe('accepted')
  })

  it('accepts rsaEncryption as the algorithm of a PKCS#1 v1.5 signature', () => {
    const id = sequence(oid('1.2.840.113549.1.1.1'), element(tags.null))
    expect(built({ signatureAlgorithm: id }, rsa)).toBe('accepted')
  })

  it('accepts ECDSA with n − s, which is the same signature (row 61)', () => {
    const n = BigInt(
      '0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    )
    const integer = (value: bigint): Uint8Array => {
      const hex = value.toString(16)
      const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
      return element(tags.integer, ...((octets[0] ?? 0) >= 0x80 ? [Buffer.from([0])] : []), octets)
    }
    const malleated = (data: Uint8Array): Uint8Array => {
      const decoded = decodeDer(sign('sha384', data, createPrivateKey(holder.key)))
      const [r, s] = decoded.ok ? decoded.node.children : []
      const flipped = n - BigInt(`0x${Buffer.from(s?.content ?? []).toString('hex')}`)
      return sequence(r?.raw ?? new Uint8Array(), integer(flipped))
    }
    expect(built({ sign: malleated })).toBe('accepted')
  })

  const rows: [string, string, () => string][] = [
    ['40 an empty file', 'sig.parse', () => codeOf(new Uint8Array())],
    ['41 random bytes', 'sig.parse', () => codeOf(createHash('sha512').update('seed').digest())],
    ['41 a SET', 'sig.parse', () => codeOf(setOf([small(1)]))],
    ['41 a cut file', 'sig.parse', () => codeOf(good.subarray(0, -1))],
    ['42 bytes behind', 'sig.parse', () => codeOf(Buffer.concat([good, Buffer.from([0])]))],
    ['43 an indefinite length', 'sig.not-der', () => codeOf(indefinite(good))],
    ['43 an indefinite length, cut', 'sig.parse', () => codeOf(indefinite(good).subarray(0, -1))],
    ['43 an indefinite length, bytes behind', 'sig.parse', () => codeOf(Buffer.concat([indefinite(good), good]))],
    ['44 a length with a leading zero', 'sig.not-der', () => codeOf(longLength(good))],
    [
      '44 a long length for a short content',
      'sig.not-der',
      () =>
        codeOf(
          swap(
            sequence(...Array.from({ length: 3 }, () => octetString(Buffer.from([1])))),
            Buffer.from([4, 1, 1, 4, 1, 1]),
            Buffer.from([4, 0x81, 3, 4, 1, 1]),
          ),
        ),
    ],
    ['44 a length of nine octets', 'sig.not-der', () => codeOf(Buffer.from('3089000000000000000002' + '0500', 'hex'))],
    ['45 nested 20 000 deep', 'sig.parse', () => codeOf(Buffer.alloc(40_000, Buffer.from([0x30, 0x80])))],
    [
      '45 nested 17 deep',
      'sig.parse',
      () => codeOf(Array.from({ length: 17 }).reduce<Uint8Array>((inner) => sequence(inner), new Uint8Array())),
    ],
    ['45 a high tag number', 'sig.parse', () => codeOf(sequence(Buffer.from([0x1f, 0x21, 0])))],
    [
      'DER: an INTEGER with a spare zero',
      'sig.not-der',
      () => codeOf(sequence(element(tags.integer, Buffer.from([0, 1])))),
    ],
    [
      'DER: an INTEGER with spare ones',
      'sig.not-der',
      () => codeOf(sequence(element(tags.integer, Buffer.from([0xff, 0x80])))),
    ],
    ['DER: a BOOLEAN of 01', 'sig.not-der', () => codeOf(sequence(element(tags.boolean, Buffer.from([1]))))],
    ['DER: an unsorted SET', 'sig.not-der', () => codeOf(sequence(element(tags.set, small(2), small(1))))],
    ['DER: unsorted certificates', 'sig.not-der', () => codeOf(unsorted())],
    ['another shape', 'sig.parse', () => codeOf(sequence(oid(cmsIds.signedData)))],
    [
      'another content type outside',
      'sig.parse',
      () => codeOf(sequence(oid(cmsIds.data), element(tags.context(0), octetString(content)))),
    ],
    [
      'an identifier of 60 000 octets',
      'sig.parse',
      () => codeOf(sequence(element(tags.oid, Buffer.alloc(60_000, 0x81), Buffer.from([1])))),
    ],
    ['46 no signer', 'sig.signer-count', () => built({ signerInfos: () => [] })],
    ['47 the same signer twice', 'sig.signer-count', () => built({ signerInfos: (one) => [one, one] })],
    ['48 two signers', 'sig.signer-count', () => built({ signerInfos: (one) => [one, otherSignerInfo()] })],
    ['49 other content embedded', 'sig.not-detached', () => built({ embedded: [other] })],
    ['50 the content embedded', 'sig.not-detached', () => built({ embedded: [content] })],
    ['51 content that is not data', 'sig.content-type', () => built({ contentType: cmsIds.signedData })],
    [
      '51 an attribute that says so',
      'sig.content-type',
      () => built({ attributes: [attribute(cmsIds.contentType, oid(cmsIds.signedData)), ...attributes().slice(1)] }),
    ],
    ['52 no signed attributes', 'sig.attributes', () => built({ attributes: undefined })],
    [
      '53 signed attributes stripped',
      'sig.attributes',
      () => built({ attributes: undefined, sign: () => Buffer.alloc(64, 1) }),
    ],
    [
      '54 no messageDigest',
      'sig.attributes',
      () => built({ attributes: [attributes()[0] ?? content, attributes()[2] ?? content] }),
    ],
    ['54 no contentType', 'sig.attributes', () => built({ attributes: attributes().slice(1) })],
    [
      '54 an attribute twice',
      'sig.attributes',
      () => built({ attributes: [...attributes(), attribute(cmsIds.signingTime, derTime(0))] }),
    ],
    [
      '54 an attribute with two values',
      'sig.attributes',
      () =>
        built({ attributes: [...attributes().slice(0, 2), attribute(cmsIds.signingTime, derTime(0), derTime(1000))] }),
    ],
    [
      '54 an attribute without a value',
      'sig.attributes',
      () => built({ attributes: [...attributes().slice(0, 2), attribute(cmsIds.signingTime)] }),
    ],
    [
      '54 a time that is none',
      'sig.attributes',
      () =>
        built({
          attributes: [
            ...attributes().slice(0, 2),
            attribute(cmsIds.signingTime, element(tags.utcTime, Buffer.from('260230000000Z'))),
          ],
        }),
    ],
    [
      '55 an unknown signed attribute',
      'sig.attributes',
      () => built({ attributes: [...attributes(), attribute('1.2.840.113549.1.9.15', sequence())] }),
    ],
    [
      '55 an unsigned attribute',
      'sig.attributes',
      () => built({ unsigned: [attribute('1.2.840.113549.1.9.16.2.14', sequence())] }),
    ],
    [
      '56 SHA-1',
      'sig.algorithm',
      () =>
        built({ digestAlgorithm: sequence(oid('1.3.14.3.2.26')), digestAlgorithms: [sequence(oid('1.3.14.3.2.26'))] }),
    ],
    [
      '56 MD5',
      'sig.algorithm',
      () =>
        built({
          digestAlgorithm: sequence(oid('1.2.840.113549.2.5')),
          digestAlgorithms: [sequence(oid('1.2.840.113549.2.5'))],
        }),
    ],
    [
      '57 a signature of another digest',
      'sig.algorithm',
      () => built({ signatureAlgorithm: signatureIdentifier({ scheme: 'ecdsa', digest: 'sha256' }) }),
    ],
    ['57 a list of other digests', 'sig.algorithm', () => built({ digestAlgorithms: [digestIdentifier('sha256')] })],
    [
      '57 a list of more digests',
      'sig.algorithm',
      () => built({ digestAlgorithms: [digestIdentifier('sha256'), digestIdentifier('sha384')] }),
    ],
    [
      '57 digest parameters',
      'sig.algorithm',
      () => built({ digestAlgorithm: sequence(oid('2.16.840.1.101.3.4.2.2'), small(1)) }),
    ],
    [
      '57 an RSA algorithm with an EC key',
      'sig.algorithm',
      () => built({ signatureAlgorithm: signatureIdentifier({ scheme: 'rsa', digest: 'sha384' }) }),
    ],
    [
      '57 PSS with a short salt',
      'sig.algorithm',
      () => built({ signatureAlgorithm: signatureIdentifier({ scheme: 'pss', digest: 'sha384', salt: 47 }) }, rsa),
    ],
    [
      '57 PSS without parameters',
      'sig.algorithm',
      () => built({ signatureAlgorithm: sequence(oid('1.2.840.113549.1.1.10')) }, rsa),
    ],
    [
      '57 PSS of another digest',
      'sig.algorithm',
      () => built({ signatureAlgorithm: signatureIdentifier({ scheme: 'pss', digest: 'sha512', salt: 64 }) }, rsa),
    ],
    [
      '62 another key signed',
      'sig.invalid',
      () => built({ sign: (data) => sign('sha384', data, createPrivateKey(second.key)) }),
    ],
    [
      '62 PSS signed as PKCS#1 v1.5',
      'sig.invalid',
      () => built({ signatureAlgorithm: signatureIdentifier({ scheme: 'pss', digest: 'sha384', salt: 48 }) }, rsa),
    ],
    [
      '59 PKCS#1 v1.5 with bytes behind the digest',
      'sig.invalid',
      () => built({ sign: (data) => paddedWrong(data, Buffer.alloc(8, 0xff)) }, rsa),
    ],
    [
      '59 PKCS#1 v1.5 with parameters behind the algorithm',
      'sig.invalid',
      () => built({ sign: (data) => paddedWrong(data) }, rsa),
    ],
    ['63 another manifest', 'sig.digest', () => codeOf(good, other)],
    ['64 a signature of another manifest', 'sig.digest', () => codeOf(buildCms(other, holder))],
    ['65 the certificate is not enclosed', 'sig.certificate', () => built({ certificates: [] })],
    ['65 only others are enclosed', 'sig.certificate', () => built({ certificates: [certificateOf(second)] })],
    [
      '65 it is enclosed twice',
      'sig.certificate',
      () => built({ certificates: [certificateOf(holder), certificateOf(holder)] }),
    ],
    [
      '65 five certificates',
      'sig.certificate',
      () =>
        built({
          certificates: [testPki().root, testPki().recall, testPki().qa, testPki().privacy, testPki().release].map(
            certificateOf,
          ),
        }),
    ],
    [
      '65 a certificate that is none',
      'sig.certificate',
      () => built({ certificates: [certificateOf(holder), sequence(small(1))] }),
    ],
    ['65 a revocation list', 'sig.certificate', () => built({ crls: [sequence(small(1))] })],
  ]
  it.each(rows)('row %s is %s', (_row, code, answer) => {
    expect(answer()).toBe(code)
  })

  it('refuses a bit changed anywhere in the signature value as sig.invalid or sig.parse (row 62)', () => {
    const length = good.length
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Buffer.from(good)
      changed[length - 1] = (changed[length - 1] ?? 0) ^ (1 << bit)
      expect(codeOf(changed)).toBe('sig.invalid')
    }
  })
})

describe('keys of the profile (row 58)', () => {
  const spkiCode = (key: ReturnType<typeof generateKeyPairSync>, scheme: 'rsa' | 'pss' | 'ecdsa'): string => {
    const certificate = foreignCertificate(key.publicKey.export({ format: 'der', type: 'spki' }))
    const parsed = readPemCertificate(pem(certificate))
    const algorithm =
      scheme === 'pss' ? ({ scheme, digest: 'sha384', salt: 48 } as const) : ({ scheme, digest: 'sha384' } as const)
    return built({
      certificates: [certificate],
      signerId: sequence(parsed.issuer, element(tags.integer, parsed.serial)),
      signatureAlgorithm: signatureIdentifier(algorithm),
      sign: () => Buffer.alloc(64, 1),
    })
  }
  const pem = (der: Uint8Array): string =>
    `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`

  it.each([
    ['RSA with 2048 bits', () => spkiCode(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'rsa')],
    [
      'RSA with exponent 3',
      () => spkiCode(generateKeyPairSync('rsa', { modulusLength: 3072, publicExponent: 3 }), 'rsa'),
    ],
    ['secp256k1', () => spkiCode(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }), 'ecdsa')],
    ['P-224', () => spkiCode(generateKeyPairSync('ec', { namedCurve: 'secp224r1' }), 'ecdsa')],
    ['Ed25519', () => spkiCode(generateKeyPairSync('ed25519'), 'ecdsa')],
    ['id-RSASSA-PSS as the key type', () => spkiCode(generateKeyPairSync('rsa-pss', { modulusLength: 3072 }), 'pss')],
    [
      'a P-256 curve spelled out',
      () => spkiCode(generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }), 'ecdsa'),
    ],
  ])('%s is sig.key', (_what, answer) => {
    expect(answer()).toBe('sig.key')
  })

  it('refuses an RSA key under an ECDSA algorithm as sig.algorithm, whatever its size', () => {
    expect(spkiCode(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'ecdsa')).toBe('sig.algorithm')
  })
})

/** Certificates in the wrong order: the builder sorts, so the two are exchanged by hand. */
const unsorted = (): Uint8Array => {
  const pair = [certificateOf(holder), certificateOf(second)]
  const sorted = Buffer.concat([...pair].sort((a, b) => Buffer.compare(a, b)))
  const der = buildCms(content, holder, { certificates: pair })
  return swap(der, sorted, Buffer.concat([...pair].sort((a, b) => Buffer.compare(b, a))))
}

const otherSignerInfo = (): Uint8Array => {
  const decoded = decodeDer(buildCms(content, second))
  const infos = decoded.ok ? decoded.node.children[1]?.children[0]?.children.at(-1) : undefined
  return infos?.children[0]?.raw ?? new Uint8Array()
}

/** A PKCS#1 v1.5 signature whose DigestInfo is not the one: what a lenient verifier with a small exponent lets in. */
const paddedWrong = (data: Uint8Array, behind = Buffer.alloc(0)): Uint8Array => {
  const digest = createHash('sha384').update(data).digest()
  const parameters = behind.length === 0 ? octetString(Buffer.from('garbage')) : element(tags.null)
  const info = sequence(sequence(oid('2.16.840.1.101.3.4.2.2'), parameters), octetString(digest))
  return privateEncrypt({ key: rsa.key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([info, behind]))
}

/** A v3 certificate around any key; nobody has signed it. */
const foreignCertificate = (spki: Uint8Array): Uint8Array => {
  const name = sequence(setOf([sequence(oid('2.5.4.3'), element(tags.utf8, Buffer.from('x')))]))
  const algorithm = signatureIdentifier({ scheme: 'ecdsa', digest: 'sha384' })
  const validity = sequence(derTime(0), derTime(Date.parse('2040-01-01T00:00:00Z')))
  const tbs = sequence(element(tags.context(0), small(2)), small(7), algorithm, name, validity, name, spki)
  return sequence(tbs, algorithm, bitString(Buffer.alloc(8)))
}
