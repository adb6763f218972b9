// SPDX-License-Identifier: Apache-2.0
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { AirlockError } from '../../../shared/errors.ts'
import { digestIdentifier, keyInput, signatureIdentifier, type Digest } from './algorithms.ts'
import { sha256Hex } from './certificate.ts'
import { cmsIds } from './cms-shape.ts'
import { tags } from './der.ts'
import { derTime, element, octetString, oid, sequence, setOf, small } from './der-writer.ts'
import { readPemCertificate, signingAlgorithm } from './issue-certificate.ts'

/** What is signed, by whom and when. */
export type SigningRequest = {
  readonly content: Uint8Array
  /** PEM, PKCS#8: an elliptic curve of the profile or RSA. */
  readonly key: string
  /** PEM of the signer's certificate, and of those that lead to the pinned CA. */
  readonly certificate: string
  readonly chain?: readonly string[]
  /** SHA-384 unless told otherwise. */
  readonly digest?: Digest
  /** RSA only: RSASSA-PSS instead of PKCS#1 v1.5. */
  readonly pss?: boolean
  /** Milliseconds UTC; only whole seconds are kept. */
  readonly signingTime: number
}

/**
 * Makes a detached CMS signature as docs/formats/signature-profile.md wants it, in DER.
 * Errors: `sig.certificate` for a PEM that is none or does not belong to the key, `sig.key` for another kind of key.
 */
export const signCms = (request: SigningRequest): Uint8Array => {
  const { content, digest = 'sha384' } = request
  const key = createPrivateKey(request.key)
  const algorithm = signingAlgorithm(key, digest, request.pss)
  const signer = readPemCertificate(request.certificate)
  const spki = sha256Hex(createPublicKey(key).export({ format: 'der', type: 'spki' }))
  if (spki !== signer.spki) throw new AirlockError('sig.certificate', { what: 'the certificate is of another key' })
  const attributes = [
    attribute(cmsIds.contentType, oid(cmsIds.data)),
    attribute(cmsIds.messageDigest, octetString(createHash(digest).update(content).digest())),
    attribute(cmsIds.signingTime, derTime(request.signingTime)),
  ]
  const certificates = [signer, ...(request.chain ?? []).map(readPemCertificate)].map(({ der }) => der)
  const signerInfo = sequence(
    small(1),
    sequence(signer.issuer, element(tags.integer, signer.serial)),
    digestIdentifier(digest),
    setOf(attributes, tags.context(0)),
    signatureIdentifier(algorithm),
    octetString(sign(digest, setOf(attributes), keyInput(algorithm, key))),
  )
  const signedData = sequence(
    small(1),
    setOf([digestIdentifier(digest)]),
    sequence(oid(cmsIds.data)),
    setOf(certificates, tags.context(0)),
    setOf([signerInfo]),
  )
  return sequence(oid(cmsIds.signedData), element(tags.context(0), signedData))
}

const attribute = (id: string, value: Uint8Array): Uint8Array => sequence(oid(id), setOf([value]))
