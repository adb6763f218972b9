// SPDX-License-Identifier: Apache-2.0
import { isSorted, oidOf, sameBytes, tags, type DerNode } from './der.ts'

/** One attribute: its type and the values that its SET holds. */
export type Attribute = { readonly id: string; readonly values: readonly DerNode[] }

/** A SignerInfo taken apart (RFC 5652, 5.3), nothing in it judged. */
export type SignerInfo = {
  /** By issuer and serial number, or by subject key identifier. */
  readonly signerId: { readonly issuer: Uint8Array; readonly serial: Uint8Array } | { readonly keyId: Uint8Array }
  readonly digestAlgorithm: DerNode
  /** `raw` is the SET OF that was signed; undefined: there are no signed attributes. */
  readonly signed: { readonly raw: Uint8Array; readonly attributes: readonly Attribute[] } | undefined
  readonly signatureAlgorithm: DerNode
  readonly signature: Uint8Array
  readonly hasUnsigned: boolean
}

/** A SignedData taken apart (RFC 5652, 5.1), nothing in it judged. */
export type SignedData = {
  readonly digestAlgorithms: readonly DerNode[]
  readonly contentType: string
  readonly hasContent: boolean
  readonly certificates: readonly DerNode[]
  readonly hasCrls: boolean
  readonly signerInfos: readonly SignerInfo[]
}

/** Identifiers of the content types and attributes of the profile. */
export const cmsIds = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
} as const

const [certificatesTag, crlsTag] = [tags.context(0), tags.context(1)]
const [signedTag, unsignedTag] = [tags.context(0), tags.context(1)]

/** DER of the sets that are tagged implicitly, which a decoder cannot know as sets. */
export const implicitSetsSorted = (root: DerNode): boolean => {
  const fields = root.children[1]?.children[0]?.children ?? []
  const signerInfos = fields.at(-1)?.children ?? []
  const sets = [fields, ...signerInfos.map(({ children }) => children)]
    .flat()
    .filter(({ tag }) => tag === tags.context(0) || tag === tags.context(1))
  return sets.every(({ children }) => isSorted(children))
}

/** Takes a ContentInfo with SignedData apart; undefined: it has another shape. */
export const readSignedData = (root: DerNode): SignedData | undefined => {
  const [type, wrapper, ...more] = root.children
  const body = wrapper?.children[0]
  if (oidOf(type) !== cmsIds.signedData || wrapper?.tag !== tags.context(0) || more.length > 0) return undefined
  if (body?.tag !== tags.sequence || wrapper.children.length !== 1) return undefined
  const [version, digestAlgorithms, encapsulated, ...rest] = body.children
  if (!isVersion(version, 1, 5) || digestAlgorithms?.tag !== tags.set) return undefined
  const [contentType, content, ...extra] = encapsulated?.children ?? []
  const contentTypeId = oidOf(contentType)
  if (encapsulated?.tag !== tags.sequence || contentTypeId === undefined || extra.length > 0) return undefined
  if (content !== undefined && content.tag !== tags.context(0)) return undefined
  const certificates = take(rest, certificatesTag)
  const crls = take(rest, crlsTag)
  const [signers, ...behind] = rest
  if (signers?.tag !== tags.set || behind.length > 0) return undefined
  const signerInfos = all(signers.children.map(readSignerInfo))
  if (signerInfos === undefined) return undefined
  // RFC 5652, 5.1: the version follows from what is inside. A second way to write the same is a second file.
  const expected = signerInfos.some(({ signerId }) => 'keyId' in signerId) ? 3 : 1
  if (contentTypeId === cmsIds.data && !isVersion(version, expected, expected)) return undefined
  return {
    digestAlgorithms: digestAlgorithms.children,
    contentType: contentTypeId,
    hasContent: content !== undefined,
    certificates: certificates?.children ?? [],
    hasCrls: crls !== undefined,
    signerInfos,
  }
}

const readSignerInfo = (node: DerNode): SignerInfo | undefined => {
  const [version, id, digestAlgorithm, ...rest] = node.children
  const signerId = readSignerId(version, id)
  const attributes = take(rest, signedTag)
  const [signatureAlgorithm, signature, ...tail] = rest
  const unsignedAttributes = take(tail, unsignedTag)
  if (node.tag !== tags.sequence || signerId === undefined || tail.length > 0) return undefined
  if (digestAlgorithm?.tag !== tags.sequence || signatureAlgorithm?.tag !== tags.sequence) return undefined
  if (signature?.tag !== tags.octetString) return undefined
  const read = attributes === undefined ? undefined : all(attributes.children.map(readAttribute))
  if (attributes !== undefined && read === undefined) return undefined
  return {
    signerId,
    digestAlgorithm,
    // The signature is over the attributes as a SET OF, not with their implicit tag (RFC 5652, 5.4).
    signed:
      attributes === undefined || read === undefined
        ? undefined
        : { raw: Buffer.concat([Buffer.from([tags.set]), attributes.raw.subarray(1)]), attributes: read },
    signatureAlgorithm,
    signature: signature.content,
    hasUnsigned: unsignedAttributes !== undefined,
  }
}

const readSignerId = (version: DerNode | undefined, id: DerNode | undefined): SignerInfo['signerId'] | undefined => {
  // Version 3 names the signer by [0] IMPLICIT OCTET STRING, version 1 by issuer and serial number.
  if (isVersion(version, 3, 3)) return id?.tag === 0x80 ? { keyId: id.content } : undefined
  const [issuer, serial, ...more] = id?.children ?? []
  if (!isVersion(version, 1, 1) || id?.tag !== tags.sequence || more.length > 0) return undefined
  if (issuer?.tag !== tags.sequence || serial?.tag !== tags.integer) return undefined
  return { issuer: issuer.raw, serial: serial.content }
}

const readAttribute = (node: DerNode): Attribute | undefined => {
  const [type, values, ...more] = node.children
  const id = oidOf(type)
  if (node.tag !== tags.sequence || id === undefined || values?.tag !== tags.set || more.length > 0) return undefined
  return { id, values: values.children }
}

const isVersion = (node: DerNode | undefined, low: number, high: number): boolean => {
  const [value = -1, ...more] = node?.tag === tags.integer ? node.content : []
  return value >= low && value <= high && more.length === 0
}

/** Removes the first member where it has the tag: an OPTIONAL field. */
const take = (members: DerNode[], tag: number): DerNode | undefined =>
  members[0]?.tag === tag ? members.shift() : undefined

const all = <T>(items: readonly (T | undefined)[]): readonly T[] | undefined => {
  const whole = items.filter((item) => item !== undefined)
  return whole.length === items.length ? whole : undefined
}

/** Whether the certificate's name or key identifier is the one that the signer id gives. */
export const names = (
  signerId: SignerInfo['signerId'],
  certificate: { readonly issuer: Uint8Array; readonly serial: Uint8Array; readonly keyId: Uint8Array | undefined },
): boolean =>
  'keyId' in signerId
    ? certificate.keyId !== undefined && sameBytes(certificate.keyId, signerId.keyId)
    : sameBytes(certificate.issuer, signerId.issuer) && sameBytes(certificate.serial, signerId.serial)
