// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../../../shared/error-codes.ts'
import type { Pin } from '../../../shared/formats/scalars.ts'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { extensionIds, isIssuedBy, isSignedBy, type Certificate } from './certificate.ts'
import type { CmsSigner } from './cms.ts'
import { sameBytes } from './der.ts'
import { signatureRoles, type SignatureRole } from './roles.ts'

/** What the text of a code names, for people: days are YYYY-MM-DD. */
export type Facts = Readonly<Record<string, string | number>>

/** Why a question is answered with no; `detail` names the file, role or key. */
export type Fault = { readonly code: ErrorCode; readonly detail?: string; readonly facts?: Facts }

/** One CMS file whose signature verified: the role that its name claims, and who made it. */
export type SignatureFile = { readonly role: SignatureRole; readonly name: string; readonly signer: CmsSigner }

/** What makes a signer count under a role: the pin, and the CA where the pin is the CA's. */
export type Standing = { readonly pin: Pin; readonly ca: Certificate | undefined }

/** Keys and CAs that count for a role. A station's certificate hangs on any key of `station-ca`. */
const pinsOf = (policy: TrustPolicy, role: SignatureRole): { keys: readonly Pin[]; cas: readonly Pin[] } => {
  if (role !== 'station') return policy.roles[role] ?? { keys: [], cas: [] }
  const issuers = policy.roles['station-ca']
  return { keys: [], cas: [...(issuers?.keys ?? []), ...(issuers?.cas ?? [])] }
}

/**
 * Looks a signer up under its file's role: its own key first, then the enclosed CA whose key is pinned. Where several
 * enclosed certificates are of pinned keys, the one that made the signer's counts. Undefined: not pinned there.
 */
export const standingOf = ({ role, signer }: SignatureFile, policy: TrustPolicy): Standing | undefined => {
  const { keys, cas } = pinsOf(policy, role)
  const own = keys.find(({ spki }) => spki === signer.spki)
  if (own !== undefined) return { pin: own, ca: undefined }
  const candidates = signer.caCertificates.flatMap((ca) =>
    cas.filter(({ spki }) => spki === ca.spki).map((pin) => ({ pin, ca })),
  )
  return candidates.find(({ ca }) => isIssuedBy(signer.certificate, ca)) ?? candidates[0]
}

/** The standing under the first of the policies that pins the signer. */
export const firstStanding = (file: SignatureFile, policies: readonly TrustPolicy[]): Standing | undefined =>
  policies.map((policy) => standingOf(file, policy)).find((standing) => standing !== undefined)

/** Whether the signer is pinned under a role that is not its file's. */
export const standsElsewhere = (file: SignatureFile, policies: readonly TrustPolicy[]): boolean =>
  signatureRoles.some((role) => role !== file.role && firstStanding({ ...file, role }, policies) !== undefined)

/** The signer's key and those of the enclosed certificates that made its certificate: what revocation and recall name. */
export const keysBehind = ({ spki, certificate, caCertificates }: CmsSigner): readonly string[] => [
  spki,
  ...caCertificates.filter((ca) => isIssuedBy(certificate, ca)).map((ca) => ca.spki),
]

/** Extensions that the profile knows; any other one must not be critical. */
const knownExtensions: readonly string[] = [
  ...Object.values(extensionIds),
  '2.5.29.17', // subjectAltName
  '2.5.29.18', // issuerAltName
  '2.5.29.31', // cRLDistributionPoints
  '2.5.29.32', // certificatePolicies
  '1.3.6.1.5.5.7.1.1', // authorityInfoAccess
]

/** They narrow what a CA may do. Nobody here evaluates them, so nobody may rely on them. */
const refusedExtensions: readonly string[] = [
  '2.5.29.30', // nameConstraints
  '2.5.29.33', // policyMappings
  '2.5.29.36', // policyConstraints
  '2.5.29.54', // inhibitAnyPolicy
]

const extensionsFit = ({ extensions }: Certificate): boolean =>
  extensions.every(({ id, critical }) => !refusedExtensions.includes(id) && (!critical || knownExtensions.includes(id)))

/**
 * Whether nothing that is enclosed speaks against a certificate: where its issuer is there too (itself, where it is
 * self-signed), that key made it. Without this, whoever carries a file could rewrite a pinned key's certificate.
 */
const isUntouched = (certificate: Certificate, enclosed: readonly Certificate[]): boolean => {
  const { issuer, issuerKeyId, signed } = certificate
  const issuers = enclosed.filter(
    ({ subject, keyId }) =>
      sameBytes(subject, issuer) || (issuerKeyId !== undefined && keyId !== undefined && sameBytes(keyId, issuerKeyId)),
  )
  // An algorithm outside the profile (an old root's SHA-1) can be neither confirmed nor held against it.
  const unknowable = issuers.length === 0 || signed.algorithm === undefined
  return unknowable || issuers.some((candidate) => isSignedBy(certificate, candidate))
}

/** At most one step: the pinned CA made the signer's certificate itself, may do so, and no extension is left unread. */
export const isChained = ({ certificate, caCertificates }: CmsSigner, { ca }: Pick<Standing, 'ca'>): boolean => {
  if (!extensionsFit(certificate) || !isUntouched(certificate, caCertificates)) return false
  if (ca === undefined) return true
  const mayIssue = ca.isCa && ca.keyUsage?.keyCertSign === true && isUntouched(ca, caCertificates)
  return extensionsFit(ca) && isIssuedBy(certificate, ca) && mayIssue
}
