// SPDX-License-Identifier: Apache-2.0
import { constants, verify, type KeyObject } from 'node:crypto'
import { oidOf, sameBytes, tags, type DerNode } from './der.ts'
import { element, oid, sequence, small } from './der-writer.ts'

/** The digests of the profile. */
export const digests = ['sha256', 'sha384', 'sha512'] as const
export type Digest = (typeof digests)[number]

/** How a signature is made; the salt's length in bytes. */
export type SignatureAlgorithm =
  | { readonly scheme: 'rsa'; readonly digest: Digest }
  | { readonly scheme: 'pss'; readonly digest: Digest; readonly salt: number }
  | { readonly scheme: 'ecdsa'; readonly digest: Digest }

/** Length of a digest in bytes. */
export const digestBytes = { sha256: 32, sha384: 48, sha512: 64 } as const

const digestOids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const
const rsaEncryption = '1.2.840.113549.1.1.1'
const rsassaPss = '1.2.840.113549.1.1.10'
const mgf1 = '1.2.840.113549.1.1.8'
const rsaOids = {
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
} as const
const ecdsaOids = {
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
} as const

const derNull = element(tags.null)

/** AlgorithmIdentifier's identifier and parameters; undefined where the shape is another. */
const identifier = (node: DerNode | undefined): { id: string; parameters: DerNode | undefined } | undefined => {
  const id = oidOf(node?.children[0])
  if (node?.tag !== tags.sequence || id === undefined || node.children.length > 2) return undefined
  return { id, parameters: node.children[1] }
}

const absentOrNull = (parameters: DerNode | undefined): boolean =>
  parameters === undefined || sameBytes(parameters.raw, derNull)

/** A digest of the profile, its parameters absent or NULL. */
export const digestOf = (node: DerNode | undefined): Digest | undefined => {
  const found = identifier(node)
  return found !== undefined && absentOrNull(found.parameters)
    ? digests.find((digest) => digestOids[digest] === found.id)
    : undefined
}

/**
 * A signature algorithm of the profile. `cmsDigest` is the digest that a SignerInfo names: the algorithm has to be of
 * that digest, and may be plain rsaEncryption. A certificate gives none: its algorithm names the digest itself.
 */
export const signatureAlgorithmOf = (node: DerNode | undefined, cmsDigest?: Digest): SignatureAlgorithm | undefined => {
  const found = identifier(node)
  if (found === undefined) return undefined
  const { id, parameters } = found
  const fits = (digest: Digest): boolean => cmsDigest === undefined || digest === cmsDigest
  const rsa = digests.find((digest) => rsaOids[digest] === id)
  if (rsa !== undefined) return fits(rsa) && absentOrNull(parameters) ? { scheme: 'rsa', digest: rsa } : undefined
  const ecdsa = digests.find((digest) => ecdsaOids[digest] === id)
  if (ecdsa !== undefined)
    return fits(ecdsa) && parameters === undefined ? { scheme: 'ecdsa', digest: ecdsa } : undefined
  if (id === rsaEncryption && cmsDigest !== undefined && absentOrNull(parameters))
    return { scheme: 'rsa', digest: cmsDigest }
  const pss = id === rsassaPss ? pssOf(parameters) : undefined
  return pss !== undefined && fits(pss.digest) ? pss : undefined
}

/** RSASSA-PSS parameters, all three explicit: digest, MGF1 with the same digest, salt at least as long as the digest. */
const pssOf = (parameters: DerNode | undefined): SignatureAlgorithm | undefined => {
  const members = parameters?.tag === tags.sequence ? parameters.children : []
  if (members.length !== 3 || members.some(({ tag, children }, n) => tag !== tags.context(n) || children.length !== 1))
    return undefined
  const [hash, mask, salt] = members.map(({ children }) => children[0])
  const digest = digestOf(hash)
  const masked = identifier(mask)
  if (digest === undefined || masked?.id !== mgf1 || digestOf(masked.parameters) !== digest) return undefined
  const [high = 0x80, low] = salt?.tag === tags.integer && salt.content.length <= 2 ? salt.content : []
  const length = low === undefined ? high : high * 256 + low
  return high < 0x80 && length >= digestBytes[digest] ? { scheme: 'pss', digest, salt: length } : undefined
}

/** Whether the key can be used with the algorithm: its type, and for PSS whether the salt fits in the modulus. */
export const fitsKey = (algorithm: SignatureAlgorithm, key: KeyObject): boolean => {
  if (algorithm.scheme === 'ecdsa') return key.asymmetricKeyType === 'ec'
  if (key.asymmetricKeyType !== 'rsa') return false
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  return algorithm.scheme === 'rsa' || algorithm.salt <= Math.ceil((bits - 1) / 8) - digestBytes[algorithm.digest] - 2
}

/** RSA with 3072 to 8192 bits and an odd exponent from 65 537 up, or a named curve of the profile. */
export const isStrongKey = (key: KeyObject): boolean => {
  const { modulusLength = 0, publicExponent = 0n, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'ec') return ['prime256v1', 'secp384r1', 'secp521r1'].includes(namedCurve)
  if (key.asymmetricKeyType !== 'rsa' || modulusLength < 3072 || modulusLength > 8192) return false
  return publicExponent >= 65_537n && publicExponent % 2n === 1n
}

/** The one place where a signature is judged; the digest is always named. A key of another type has not signed this. */
export const verifySignature = (
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean => {
  if (!fitsKey(algorithm, key)) return false
  try {
    return verify(algorithm.digest, data, keyInput(algorithm, key), signature)
  } catch {
    return false
  }
}

/** What node:crypto wants of a key for an algorithm, for signing and for verifying. */
export const keyInput = (algorithm: SignatureAlgorithm, key: KeyObject) => {
  if (algorithm.scheme === 'ecdsa') return { key, dsaEncoding: 'der' as const }
  return algorithm.scheme === 'rsa'
    ? { key, padding: constants.RSA_PKCS1_PADDING }
    : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.salt }
}

/** DER AlgorithmIdentifier of a digest. */
export const digestIdentifier = (digest: Digest): Uint8Array => sequence(oid(digestOids[digest]))

/** DER AlgorithmIdentifier of a signature. */
export const signatureIdentifier = (algorithm: SignatureAlgorithm): Uint8Array => {
  const { scheme, digest } = algorithm
  if (scheme === 'ecdsa') return sequence(oid(ecdsaOids[digest]))
  if (scheme === 'rsa') return sequence(oid(rsaOids[digest]), derNull)
  const hash = digestIdentifier(digest)
  const parameters = [hash, sequence(oid(mgf1), hash), small(algorithm.salt)]
  return sequence(oid(rsassaPss), sequence(...parameters.map((value, n) => element(tags.context(n), value))))
}
