// SPDX-License-Identifier: Apache-2.0
import { createHash, createPrivateKey, createPublicKey, X509Certificate, sign, type KeyObject } from 'node:crypto'
import { AirlockError } from '../../../shared/errors.ts'
import { randomOctets } from '../platform/ids.ts'
import {
  digestBytes,
  isStrongKey,
  keyInput,
  signatureIdentifier,
  type Digest,
  type SignatureAlgorithm,
} from './algorithms.ts'
import { extensionIds, parseCertificate, type Certificate } from './certificate.ts'
import { tags } from './der.ts'
import { bitString, derTime, element, octetString, oid, sequence, setOf, small, unsigned } from './der-writer.ts'
import { purposeOf, type SignatureRole } from './roles.ts'

/** A key and its certificate, both PEM. */
export type KeyPair = { readonly key: string; readonly certificate: string }

/** What a certificate is to say. */
export type CertificateRequest = {
  /** Common name; for a station a random id that says nothing. */
  readonly commonName: string
  /** PEM of the public key (or of a private one: its public half is taken). */
  readonly key: string
  /** Role of a signer's certificate; `ca`: it may issue certificates, and signs nothing else. */
  readonly use: SignatureRole | 'ca'
  /** Milliseconds UTC. */
  readonly validFrom: number
  readonly validUntil: number
}

/**
 * Issues an X.509 v3 certificate (RFC 5280) as PEM; without an issuer the key signs itself, which needs the private key.
 * Extensions: basicConstraints and keyUsage critical, extended key usage of the role, key identifiers.
 * Errors: `sig.certificate` where the issuer's certificate is none, `sig.key` for a key that cannot sign here.
 */
export const issueCertificate = (request: CertificateRequest, issuer?: KeyPair): string => {
  const publicKey = createPublicKey(request.key)
  const name = distinguishedName(request.commonName)
  const issuerCertificate = issuer === undefined ? undefined : readPemCertificate(issuer.certificate)
  const key = createPrivateKey(issuer?.key ?? request.key)
  const algorithm = signingAlgorithm(key, 'sha384')
  const keyId = keyIdOf(publicKey)
  const tbs = sequence(
    element(tags.context(0), small(2)),
    unsigned(Buffer.concat([Buffer.from([0x40]), randomOctets(15)])),
    signatureIdentifier(algorithm),
    issuerCertificate?.subject ?? name,
    sequence(derTime(request.validFrom), derTime(request.validUntil)),
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    element(tags.context(3), sequence(...extensions(request.use, keyId, issuerCertificate?.keyId ?? keyId))),
  )
  const signature = sign(algorithm.digest, tbs, keyInput(algorithm, key))
  return toPem(sequence(tbs, signatureIdentifier(algorithm), bitString(signature)))
}

/** PEM of a certificate's DER. */
export const toPem = (der: Uint8Array): string => new X509Certificate(der).toString()

/** The first certificate of a PEM text. Errors: `sig.certificate`. */
export const readPemCertificate = (pem: string): Certificate => {
  const [, base64 = ''] = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem) ?? []
  const certificate = parseCertificate(Buffer.from(base64, 'base64'))
  if (certificate === undefined) throw new AirlockError('sig.certificate')
  return certificate
}

/** How a private key signs: ECDSA, or RSA with PKCS#1 v1.5 or PSS (salt as long as the digest). Errors: `sig.key`. */
export const signingAlgorithm = (key: KeyObject, digest: Digest, pss = false): SignatureAlgorithm => {
  if (!isStrongKey(key)) throw new AirlockError('sig.key', { type: key.asymmetricKeyType ?? 'unknown' })
  if (key.asymmetricKeyType === 'ec') return { scheme: 'ecdsa', digest }
  return pss ? { scheme: 'pss', digest, salt: digestBytes[digest] } : { scheme: 'rsa', digest }
}

/** DER of a name that is one common name. */
export const distinguishedName = (commonName: string): Uint8Array =>
  sequence(setOf([sequence(oid('2.5.4.3'), element(tags.utf8, Buffer.from(commonName)))]))

const keyIdOf = (key: KeyObject): Uint8Array =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest()
    .subarray(0, 20)

const yes = element(tags.boolean, Buffer.from([0xff]))
const extension = (id: string, value: Uint8Array, critical = false): Uint8Array =>
  sequence(oid(id), ...(critical ? [yes] : []), octetString(value))

/** What a signer or CA may do: basicConstraints and keyUsage critical, extended key usage of the role. */
export const usageExtensions = (use: SignatureRole | 'ca'): Uint8Array[] => {
  const isCa = use === 'ca'
  // pathLenConstraint 0: whatever such a CA issues is a signer.
  const constraints = isCa ? sequence(yes, small(0)) : sequence()
  const usage = isCa ? bitString(Buffer.from([0x06]), 1) : bitString(Buffer.from([0x80]), 7)
  return [
    extension(extensionIds.basicConstraints, constraints, true),
    extension(extensionIds.keyUsage, usage, true),
    ...(use === 'ca' ? [] : [extension(extensionIds.extendedKeyUsage, sequence(oid(purposeOf(use))))]),
  ]
}

const extensions = (use: SignatureRole | 'ca', keyId: Uint8Array, issuerKeyId: Uint8Array): Uint8Array[] => [
  ...usageExtensions(use),
  extension(extensionIds.subjectKeyId, octetString(keyId)),
  extension(extensionIds.authorityKeyId, sequence(element(0x80, issuerKeyId))),
]
