// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { isStrongKey, keyInput, signatureAlgorithmOf, signatureIdentifier } from './algorithms.ts'
import { extensionsOf, isSignedBy, publicKeyOf, sha256Hex, wholeBits, type Certificate } from './certificate.ts'
import { decodeDer, oidOf, sameBytes, tags, type DerNode } from './der.ts'
import { bitString, oid, sequence, setOf, small } from './der-writer.ts'
import { distinguishedName, signingAlgorithm, usageExtensions } from './issue-certificate.ts'
import type { SignatureRole } from './roles.ts'

/** What a certificate request asks for; its signature verified under its own key. */
export type AskedCertificate = Pick<Certificate, 'spki' | 'spkiDer' | 'isCa' | 'keyUsage' | 'purposes'>

const extensionRequest = '1.2.840.113549.1.9.14'

/**
 * Makes a PKCS#10 request (RFC 2986) in DER for the role, signed with the key (PEM) that it is for.
 * Errors: `sig.key` for a key that cannot sign here.
 */
export const makeCertificateRequest = (commonName: string, keyPem: string, role: SignatureRole): Uint8Array => {
  const key = createPrivateKey(keyPem)
  const algorithm = signingAlgorithm(key, 'sha384')
  const info = sequence(
    small(0),
    distinguishedName(commonName),
    createPublicKey(key).export({ format: 'der', type: 'spki' }),
    setOf([sequence(oid(extensionRequest), setOf([sequence(...usageExtensions(role))]))], tags.context(0)),
  )
  return sequence(
    info,
    signatureIdentifier(algorithm),
    bitString(sign(algorithm.digest, info, keyInput(algorithm, key))),
  )
}

/**
 * Reads a PKCS#10 request that asks for extensions and nothing else; undefined: it is none, its key is none of the
 * profile, or its own key did not sign it.
 */
export const readCertificateRequest = (der: Uint8Array): AskedCertificate | undefined => {
  const decoded = decodeDer(der)
  const [info, algorithm, bits, ...more] = decoded.ok ? decoded.node.children : []
  const signature = wholeBits(bits)
  if (info === undefined || signature === undefined || more.length > 0) return undefined
  const asked = infoFields(info)
  const key = asked === undefined ? undefined : publicKeyOf(asked)
  if (asked === undefined || key === undefined || !isStrongKey(key)) return undefined
  const signed = { bytes: info.raw, algorithm: signatureAlgorithmOf(algorithm), signature }
  return isSignedBy({ signed }, asked) ? asked : undefined
}

const infoFields = ({ tag, children }: DerNode): AskedCertificate | undefined => {
  const [version, subject, spki, attributes, ...more] = children
  if (tag !== tags.sequence || version === undefined || !sameBytes(version.raw, small(0))) return undefined
  if (subject?.tag !== tags.sequence || spki?.tag !== tags.sequence || more.length > 0) return undefined
  const extensions = extensionsOf(requestedExtensions(attributes))
  if (extensions === undefined) return undefined
  const { isCa, keyUsage, purposes } = extensions
  return { spki: sha256Hex(spki.raw), spkiDer: spki.raw, isCa, keyUsage, purposes }
}

/** One attribute, extensionRequest, with one value. */
const requestedExtensions = (attributes: DerNode | undefined): DerNode | undefined => {
  const [attribute, ...others] = attributes?.tag === tags.context(0) ? attributes.children : []
  const [type, values, ...more] = attribute?.children ?? []
  if (others.length + more.length > 0 || oidOf(type) !== extensionRequest) return undefined
  return values?.tag === tags.set && values.children.length === 1 ? values.children[0] : undefined
}
