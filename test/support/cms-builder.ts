// SPDX-License-Identifier: Apache-2.0
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { digestIdentifier, keyInput, signatureIdentifier } from '../../main/station/trust/algorithms.ts'
import { cmsIds } from '../../main/station/trust/cms-shape.ts'
import { tags } from '../../main/station/trust/der.ts'
import { derTime, element, octetString, oid, sequence, setOf, small } from '../../main/station/trust/der-writer.ts'
import { readPemCertificate, signingAlgorithm, type KeyPair } from '../../main/station/trust/issue-certificate.ts'
import { pkiTimes } from './pki.ts'

/** Every part of a CMS signature that a test may replace; the signature is always made over what is there. */
export type CmsParts = {
  holder: KeyPair
  content: Uint8Array
  version: number
  digestAlgorithms: Uint8Array[]
  contentType: string
  embedded: Uint8Array[]
  certificates: Uint8Array[]
  crls: Uint8Array[]
  signerVersion: number
  signerId: Uint8Array
  digestAlgorithm: Uint8Array
  /** undefined: no signed attributes at all. */
  attributes: Uint8Array[] | undefined
  signatureAlgorithm: Uint8Array
  sign: (data: Uint8Array) => Uint8Array
  unsigned: Uint8Array[]
  signerInfos: (one: Uint8Array) => Uint8Array[]
}

/** One attribute with any number of values. */
export const attribute = (id: string, ...values: Uint8Array[]): Uint8Array => sequence(oid(id), setOf(values))

/** The three attributes of the profile over a content. */
export const attributesFor = (content: Uint8Array, digest = 'sha384'): Uint8Array[] => [
  attribute(cmsIds.contentType, oid(cmsIds.data)),
  attribute(cmsIds.messageDigest, octetString(createHash(digest).update(content).digest())),
  attribute(cmsIds.signingTime, derTime(pkiTimes.signed)),
]

/** A CMS signature with parts replaced; without any it is a good one. */
export const buildCms = (content: Uint8Array, holder: KeyPair, replaced: Partial<CmsParts> = {}): Uint8Array => {
  const certificate = readPemCertificate(holder.certificate)
  const key = createPrivateKey(holder.key)
  const algorithm = signingAlgorithm(key, 'sha384')
  const parts: CmsParts = {
    holder,
    content,
    version: 1,
    digestAlgorithms: [digestIdentifier('sha384')],
    contentType: cmsIds.data,
    embedded: [],
    certificates: [certificate.der],
    crls: [],
    signerVersion: 1,
    signerId: sequence(certificate.issuer, element(tags.integer, certificate.serial)),
    digestAlgorithm: digestIdentifier('sha384'),
    attributes: attributesFor(content),
    signatureAlgorithm: signatureIdentifier(algorithm),
    sign: (data) => sign('sha384', data, keyInput(algorithm, key)),
    unsigned: [],
    signerInfos: (one) => [one],
    ...replaced,
  }
  const { attributes } = parts
  const signerInfo = sequence(
    small(parts.signerVersion),
    parts.signerId,
    parts.digestAlgorithm,
    ...(attributes === undefined ? [] : [setOf(attributes, tags.context(0))]),
    parts.signatureAlgorithm,
    octetString(parts.sign(attributes === undefined ? content : setOf(attributes))),
    ...(parts.unsigned.length === 0 ? [] : [setOf(parts.unsigned, tags.context(1))]),
  )
  const signedData = sequence(
    small(parts.version),
    setOf(parts.digestAlgorithms),
    sequence(oid(parts.contentType), ...parts.embedded.map((bytes) => element(tags.context(0), octetString(bytes)))),
    ...(parts.certificates.length === 0 ? [] : [setOf(parts.certificates, tags.context(0))]),
    ...(parts.crls.length === 0 ? [] : [setOf(parts.crls, tags.context(1))]),
    setOf(parts.signerInfos(signerInfo)),
  )
  return sequence(oid(cmsIds.signedData), element(tags.context(0), signedData))
}
