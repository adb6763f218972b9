// SPDX-License-Identifier: Apache-2.0
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { signatureAlgorithmOf, verifySignature, type SignatureAlgorithm } from './algorithms.ts'
import { decodeDer, oidOf, sameBytes, tags, timeOf, type DerNode } from './der.ts'

/** An X.509 v3 certificate, read by our own decoder; nothing in it is trusted yet. */
export type Certificate = {
  readonly der: Uint8Array
  /** Raw DER of the names; names are compared byte by byte. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  /** Content of the serial number's INTEGER. */
  readonly serial: Uint8Array
  /** Milliseconds UTC, both ends belong to the validity. */
  readonly validFrom: number
  readonly validUntil: number
  /** DER SubjectPublicKeyInfo, its SHA-256 in lower-case hex. */
  readonly spkiDer: Uint8Array
  readonly spki: string
  /** The key's type: `rsaEncryption`, or an elliptic curve that is named, not spelled out. */
  readonly keyType: 'rsa' | 'ec' | 'other'
  readonly keyId: Uint8Array | undefined
  /** Key identifier of the key that made it, as it says itself. */
  readonly issuerKeyId: Uint8Array | undefined
  readonly extensions: readonly { readonly id: string; readonly critical: boolean }[]
  readonly isCa: boolean
  /** Undefined: the extension is absent. */
  readonly keyUsage: { readonly digitalSignature: boolean; readonly keyCertSign: boolean } | undefined
  readonly purposes: readonly string[]
  /** What the issuer signed, with what; undefined algorithm: none of the profile. */
  readonly signed: {
    readonly bytes: Uint8Array
    readonly algorithm: SignatureAlgorithm | undefined
    readonly signature: Uint8Array
  }
}

/** Identifiers of the extensions that Airlock reads. */
export const extensionIds = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const

/** Reads one certificate; undefined: it is not X.509 v3 in DER. */
export const parseCertificate = (der: Uint8Array): Certificate | undefined => {
  const decoded = decodeDer(der)
  const [tbs, algorithm, signature, ...more] = decoded.ok ? decoded.node.children : []
  if (tbs?.tag !== tags.sequence || algorithm === undefined || more.length > 0) return undefined
  const signatureBytes = wholeBits(signature)
  const fields = tbsFields(tbs)
  if (fields === undefined || signatureBytes === undefined || !sameBytes(fields.algorithm.raw, algorithm.raw)) {
    return undefined
  }
  const signed = { bytes: tbs.raw, algorithm: signatureAlgorithmOf(algorithm), signature: signatureBytes }
  return { der, ...fields.values, signed }
}

/** The key of a certificate; undefined: one that node:crypto does not know. */
export const publicKeyOf = (certificate: Pick<Certificate, 'spkiDer'>): KeyObject | undefined => {
  try {
    return createPublicKey({ key: Buffer.from(certificate.spkiDer), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

/** Whether `issuer` directly made `certificate`: the name fits and the signature verifies. Says nothing of permission. */
export const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean => {
  return sameBytes(certificate.issuer, issuer.subject) && isSignedBy(certificate, issuer)
}

/** Whether the key of `issuer` made the signature on `certificate`, whatever the names say. */
export const isSignedBy = (certificate: Pick<Certificate, 'signed'>, issuer: Pick<Certificate, 'spkiDer'>): boolean => {
  const { algorithm, bytes, signature } = certificate.signed
  if (algorithm === undefined) return false
  const key = publicKeyOf(issuer)
  return key !== undefined && verifySignature(algorithm, key, bytes, signature)
}

/** Lower-case hex SHA-256: of a SubjectPublicKeyInfo it is what a policy pins. */
export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const tbsFields = (tbs: DerNode) => {
  const [version, serial, algorithm, issuer, validity, subject, spki, ...tail] = tbs.children
  // EXPLICIT [0] INTEGER 2: version 3, the only one that has extensions.
  if (version === undefined || !sameBytes(version.raw, Buffer.from('a003020102', 'hex'))) return undefined
  if (serial?.tag !== tags.integer || algorithm?.tag !== tags.sequence) return undefined
  if (issuer?.tag !== tags.sequence || validity?.tag !== tags.sequence || subject?.tag !== tags.sequence)
    return undefined
  const [from, until] = validity.children.map(timeOf)
  if (spki?.tag !== tags.sequence) return undefined
  if (from === undefined || until === undefined || validity.children.length !== 2) return undefined
  const extensions = extensionFields(tail)
  if (extensions === undefined) return undefined
  const values = {
    issuer: issuer.raw,
    subject: subject.raw,
    serial: serial.content,
    validFrom: from,
    validUntil: until,
    spkiDer: spki.raw,
    spki: sha256Hex(spki.raw),
    keyType: keyTypeOf(spki),
    ...extensions,
  }
  return { algorithm, values }
}

const keyTypeOf = (spki: DerNode): Certificate['keyType'] => {
  const [algorithm, curve] = spki.children[0]?.children ?? []
  if (oidOf(algorithm) === '1.2.840.113549.1.1.1') return 'rsa'
  return oidOf(algorithm) === '1.2.840.10045.2.1' && oidOf(curve) !== undefined ? 'ec' : 'other'
}

type Extension = { id: string; critical: boolean; value: Uint8Array }

/** Behind the key: unique identifiers [1] and [2] that nobody uses any more, and the extensions [3]. */
const extensionFields = (tail: readonly DerNode[]) => {
  const [wrapper, ...others] = tail
  if (wrapper === undefined) return readExtensions([])
  if (wrapper.tag !== tags.context(3) || others.length > 0 || wrapper.children.length !== 1) return undefined
  return extensionsOf(wrapper.children[0])
}

/** What a SEQUENCE of extensions says (RFC 5280, 4.1; a request has the same); undefined: it cannot be read. */
export const extensionsOf = (list: DerNode | undefined) => {
  if (list?.tag !== tags.sequence || list.children.length === 0) return undefined
  const found = list.children.map(extensionOf)
  const whole = found.filter((extension) => extension !== undefined)
  // An extension that stands twice could be read one way here and another way elsewhere (RFC 5280, 4.2).
  const ids = new Set(whole.map(({ id }) => id))
  return ids.size === found.length ? readExtensions(whole) : undefined
}

const extensionOf = (node: DerNode): Extension | undefined => {
  const id = oidOf(node.children[0])
  const value = node.children.at(-1)
  const flag = node.children.length === 3 ? node.children[1] : undefined
  if (node.tag !== tags.sequence || id === undefined || value?.tag !== tags.octetString) return undefined
  if (node.children.length !== 2 && flag?.tag !== tags.boolean) return undefined
  return { id, critical: flag?.content[0] === 0xff, value: value.content }
}

const readExtensions = (extensions: readonly Extension[]) => {
  const value = (id: string): Uint8Array | undefined => extensions.find((extension) => extension.id === id)?.value
  const isCa = caFlag(value(extensionIds.basicConstraints))
  const keyUsage = usageBits(value(extensionIds.keyUsage))
  const purposes = purposeList(value(extensionIds.extendedKeyUsage))
  const keyId = keyIdentifier(value(extensionIds.subjectKeyId))
  if (isCa === 'fault' || keyUsage === 'fault' || purposes === 'fault' || keyId === 'fault') return undefined
  const issuerKeyId = authorityKeyIdentifier(value(extensionIds.authorityKeyId))
  const named = extensions.map(({ id, critical }) => ({ id, critical }))
  return { extensions: named, isCa, keyUsage, purposes, keyId, issuerKeyId }
}

const caFlag = (value: Uint8Array | undefined): boolean | 'fault' => {
  if (value === undefined) return false
  const decoded = decodeDer(value)
  if (!decoded.ok) return 'fault'
  const [flag, pathLength, ...more] = decoded.node.children
  if (flag === undefined) return false
  if (flag.tag !== tags.boolean || more.length > 0) return 'fault'
  if (pathLength !== undefined && (pathLength.tag !== tags.integer || (pathLength.content[0] ?? 0x80) >= 0x80))
    return 'fault'
  return flag.content[0] === 0xff
}

/** The first octets of the extensions that are not a SEQUENCE are read here: a short BIT STRING or OCTET STRING. */
const shortContent = (value: Uint8Array, tag: number): Uint8Array | undefined =>
  value[0] === tag && value[1] === value.length - 2 && value.length < 0x82 ? value.subarray(2) : undefined

const usageBits = (value: Uint8Array | undefined): Certificate['keyUsage'] | 'fault' => {
  if (value === undefined) return undefined
  const [unused, bits = 0] = shortContent(value, tags.bitString) ?? []
  if (unused === undefined || unused > 7) return 'fault'
  return { digitalSignature: (bits & 0x80) !== 0, keyCertSign: (bits & 0x04) !== 0 }
}

const keyIdentifier = (value: Uint8Array | undefined): Uint8Array | undefined | 'fault' =>
  value === undefined ? undefined : (shortContent(value, tags.octetString) ?? 'fault')

/** Of issuer, serial number and key identifier only the last is read; a form that cannot be read names nobody. */
const authorityKeyIdentifier = (value: Uint8Array | undefined): Uint8Array | undefined => {
  const decoded = value === undefined ? undefined : decodeDer(value)
  return decoded?.ok === true ? decoded.node.children.find(({ tag }) => tag === 0x80)?.content : undefined
}

const purposeList = (value: Uint8Array | undefined): readonly string[] | 'fault' => {
  if (value === undefined) return []
  const decoded = decodeDer(value)
  const ids = decoded.ok ? decoded.node.children.map(oidOf) : []
  const known = ids.filter((id) => id !== undefined)
  return known.length > 0 && known.length === ids.length ? known : 'fault'
}

/** The content of a BIT STRING of whole octets. */
export const wholeBits = (node: DerNode | undefined): Uint8Array | undefined =>
  node?.tag === tags.bitString && node.content[0] === 0 ? node.content.subarray(1) : undefined
