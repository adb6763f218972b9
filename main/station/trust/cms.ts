// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { digestOf, fitsKey, isStrongKey, signatureAlgorithmOf, verifySignature, type Digest } from './algorithms.ts'
import { parseCertificate, publicKeyOf, type Certificate } from './certificate.ts'
import { cmsIds, implicitSetsSorted, names, readSignedData, type Attribute, type SignedData } from './cms-shape.ts'
import { decodeDer, oidOf, sameBytes, tags, timeOf } from './der.ts'

/** Who made a signature that verified; whether that means anything is for the trust policy to say. */
export type CmsSigner = {
  /** SHA-256 of the signer's DER SubjectPublicKeyInfo. */
  readonly spki: string
  readonly certificate: Certificate
  /** All enclosed certificates, the signer's too. */
  readonly caCertificates: readonly Certificate[]
  /** Milliseconds UTC of the signed attribute; absent: the document's own time counts. */
  readonly signingTime?: number
}
export type CmsResult =
  | { readonly ok: true; readonly signer: CmsSigner }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail?: string }

const maxCertificates = 4

const refused = (code: ErrorCode, detail?: string): { ok: false; code: ErrorCode; detail?: string } => ({
  ok: false,
  code,
  ...(detail === undefined ? {} : { detail }),
})

/**
 * Judges one detached CMS signature over `content`, in the order of docs/formats/signature-profile.md: the first fault
 * gives its `sig.*` code. Bad input never throws. It says who signed, not whether that signer is trusted.
 */
export const verifyCms = (der: Uint8Array, content: Uint8Array): CmsResult => {
  const decoded = decodeDer(der)
  if (!decoded.ok) return refused(decoded.code)
  if (!implicitSetsSorted(decoded.node)) return refused('sig.not-der', 'set order')
  const data = readSignedData(decoded.node)
  if (data === undefined) return refused('sig.parse', 'shape')
  if (data.hasContent) return refused('sig.not-detached')
  if (!isDataOnly(data)) return refused('sig.content-type')
  return verifySigner(data, content)
}

const isDataOnly = ({ contentType, signerInfos }: SignedData): boolean => {
  const claimed = signerInfos
    .flatMap(({ signed }) => signed?.attributes ?? [])
    .filter(({ id }) => id === cmsIds.contentType)
    .flatMap(({ values }) => values.map(oidOf))
  return [contentType, ...claimed].every((id) => id === cmsIds.data)
}

const verifySigner = (data: SignedData, content: Uint8Array): CmsResult => {
  const [info, ...others] = data.signerInfos
  if (info === undefined || others.length > 0) return refused('sig.signer-count')
  const certificates = enclosed(data)
  if (certificates === undefined) return refused('sig.certificate', 'enclosed')
  const { signed } = info
  const attributes = info.hasUnsigned || signed === undefined ? undefined : readAttributes(signed.attributes)
  if (signed === undefined || attributes === undefined) return refused('sig.attributes')
  const digest = soleDigest(data, digestOf(info.digestAlgorithm))
  const algorithm = digest === undefined ? undefined : signatureAlgorithmOf(info.signatureAlgorithm, digest)
  if (algorithm === undefined) return refused('sig.algorithm')
  const [certificate, ...twins] = certificates.filter((candidate) => names(info.signerId, candidate))
  if (certificate === undefined || twins.length > 0) return refused('sig.certificate', 'signer')
  const key = certificate.keyType === 'other' ? undefined : publicKeyOf(certificate)
  if (key === undefined) return refused('sig.key', 'type')
  if (!fitsKey(algorithm, key)) return refused('sig.algorithm', 'key type')
  if (!isStrongKey(key)) return refused('sig.key')
  const actual = createHash(algorithm.digest).update(content).digest()
  if (!sameBytes(actual, attributes.messageDigest)) return refused('sig.digest')
  if (!verifySignature(algorithm, key, signed.raw, info.signature)) return refused('sig.invalid')
  const { signingTime } = attributes
  const signer = { spki: certificate.spki, certificate, caCertificates: certificates }
  return { ok: true, signer: signingTime === undefined ? signer : { ...signer, signingTime } }
}

const enclosed = ({ hasCrls, certificates }: SignedData): readonly Certificate[] | undefined => {
  if (hasCrls || certificates.length > maxCertificates) return undefined
  const parsed = certificates.map(({ raw }) => parseCertificate(raw)).filter((one) => one !== undefined)
  return parsed.length === certificates.length ? parsed : undefined
}

const soleDigest = ({ digestAlgorithms }: SignedData, digest: Digest | undefined): Digest | undefined =>
  digestAlgorithms.length === 1 && digestOf(digestAlgorithms[0]) === digest ? digest : undefined

/** contentType and messageDigest, perhaps signingTime, each once with one value; undefined: anything else. */
const readAttributes = (
  attributes: readonly Attribute[],
): { messageDigest: Uint8Array; signingTime: number | undefined } | undefined => {
  const single = new Map(
    attributes.filter(({ values }) => values.length === 1).map(({ id, values }) => [id, values[0]]),
  )
  const messageDigest = single.get(cmsIds.messageDigest)
  const time = single.get(cmsIds.signingTime)
  const signingTime = timeOf(time)
  const expected = time === undefined ? 2 : 3
  if (attributes.length !== expected || single.size !== expected || !single.has(cmsIds.contentType)) return undefined
  if (messageDigest?.tag !== tags.octetString || (time !== undefined && signingTime === undefined)) return undefined
  return { messageDigest: messageDigest.content, signingTime }
}
