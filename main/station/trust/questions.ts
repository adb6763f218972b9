// SPDX-License-Identifier: Apache-2.0
/**
 * The questions of trust, each answered by nothing (fine) or a fault. Their order is docs/formats/envelope.md's:
 * `judgeSigner` is stage 2, the others stage 5. Clock and policy expiry (stage 4) are in trusted-time.ts.
 */
import type { Channel, PolicyRole, TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import { isIssuedBy, type Certificate } from './certificate.ts'
import { purposeOf, type SignatureRole } from './roles.ts'
import { firstStanding, isChained, keysBehind, standsElsewhere, type Fault, type SignatureFile } from './standing.ts'

/** Tolerance for clocks that differ, milliseconds: a signature may be this far ahead of trusted time. */
export const clockTolerance = 24 * 3_600_000

/**
 * Whether the signer may sign under its file's role: `trust.revoked`, `trust.role` (pinned under another role only),
 * `trust.unknown-signer`, `trust.chain`, `trust.purpose`. The first policy is the one in force, its revocations count;
 * a second one adds pins (the document itself, where that is a trust policy).
 */
export const judgeSigner = (file: SignatureFile, ...policies: readonly TrustPolicy[]): Fault | undefined => {
  const { name, role, signer } = file
  const keys = keysBehind(signer)
  const revoked = policies[0]?.revokedKeys.find(({ spki }) => keys.includes(spki))
  if (revoked !== undefined) return { code: 'trust.revoked', detail: name, facts: { reason: revoked.reason } }
  const standing = firstStanding(file, policies)
  if (standing === undefined) {
    return { code: standsElsewhere(file, policies) ? 'trust.role' : 'trust.unknown-signer', detail: name }
  }
  if (!isChained(signer, standing)) return { code: 'trust.chain', detail: name }
  return fitsRole(signer.certificate, role) ? undefined : { code: 'trust.purpose', detail: name }
}

/** Whether what a certificate or request says of itself is what the role's signers say: no CA, signs, the role's purpose. */
export const fitsRole = (
  { isCa, keyUsage, purposes }: Pick<Certificate, 'isCa' | 'keyUsage' | 'purposes'>,
  role: SignatureRole,
): boolean => !isCa && keyUsage?.digitalSignature === true && purposes.includes(purposeOf(role))

/**
 * Whether a signer that no policy knows speaks for its own key, as a new station does: its certificate is of its own
 * making (`trust.chain`) and for the role of its file (`trust.purpose`).
 */
export const judgeOwnSigner = ({ name, role, signer }: SignatureFile): Fault | undefined => {
  const { certificate } = signer
  if (!isIssuedBy(certificate, certificate) || !isChained(signer, { ca: undefined }))
    return { code: 'trust.chain', detail: name }
  return fitsRole(certificate, role) ? undefined : { code: 'trust.purpose', detail: name }
}

/** When such a signature was made: in its certificate's validity, and not in the future (`judgeTimes`). */
export const judgeOwnTimes = (
  file: SignatureFile,
  { documentTime, trustedTime }: { readonly documentTime: number; readonly trustedTime: number },
): Fault | undefined => {
  const at = signingTimeOf(file, documentTime)
  const ahead: Fault | undefined = at > trustedTime + clockTolerance ? { code: 'trust.signing-time' } : undefined
  const found = validityFault(file.signer.certificate, at) ?? ahead
  return found === undefined ? undefined : { ...found, detail: file.name }
}

/**
 * Whether a signature was made while certificate, CA and pin were valid: `trust.not-yet-valid`, `trust.expired` (signer,
 * then CA), `trust.signing-time` (outside the pin's window, or more than a day above trusted time). A signature without
 * a signing time has the document's own. Times in milliseconds UTC.
 */
export const judgeTimes = (
  file: SignatureFile,
  times: { readonly documentTime: number; readonly trustedTime: number },
  ...policies: readonly TrustPolicy[]
): Fault | undefined => {
  const standing = firstStanding(file, policies)
  if (standing === undefined) return { code: 'trust.unknown-signer', detail: file.name }
  const at = signingTimeOf(file, times.documentTime)
  const { pin, ca } = standing
  const outside = at < timeMs(pin.validFrom) || at > timeMs(pin.validUntil) || at > times.trustedTime + clockTolerance
  const found: Fault | undefined =
    validityFault(file.signer.certificate, at) ??
    (ca === undefined ? undefined : validityFault(ca, at)) ??
    (outside ? { code: 'trust.signing-time' } : undefined)
  return found === undefined ? undefined : { ...found, detail: file.name }
}

/** When a signature was made: its signed attribute, or the time in the document. Milliseconds UTC. */
export const signingTimeOf = ({ signer }: SignatureFile, documentTime: number): number =>
  signer.signingTime ?? documentTime

const validityFault = ({ validFrom, validUntil }: Certificate, at: number): Fault | undefined => {
  if (at < validFrom) return { code: 'trust.not-yet-valid' }
  return at > validUntil ? { code: 'trust.expired', facts: { ended: dayOf(validUntil) } } : undefined
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Whether the role of a signature covers the product: `trust.scope`. */
export const judgeProducts = (
  { role, name }: SignatureFile,
  product: string,
  policy: TrustPolicy,
): Fault | undefined => {
  const products = role === 'station' ? [] : (policy.roles[role]?.products ?? [])
  if (products.includes('*') || products.includes(product)) return undefined
  return { code: 'trust.scope', detail: name, facts: { product, products: products.join(', ') || '–' } }
}

/** Whether the policy says at all who releases into a channel: `trust.scope`. */
export const judgeChannel = (channel: Channel, policy: TrustPolicy): Fault | undefined =>
  policy.require[channel] === undefined ? { code: 'trust.scope', detail: channel, facts: { channel } } : undefined

/**
 * Whether enough different keys signed for each required role: `trust.threshold`. A key that counted for one role counts
 * for no later one, whatever certificates it has; numbers in file names mean nothing.
 */
export const judgeThresholds = (
  files: readonly SignatureFile[],
  policy: TrustPolicy,
  required: readonly PolicyRole[],
): Fault | undefined => {
  const used = new Set<string>()
  for (const role of required) {
    const signers = files.filter((file) => file.role === role).map(({ signer }) => signer.spki)
    const keys = new Set(signers.filter((key) => !used.has(key)))
    const needs = policy.roles[role]?.threshold ?? Infinity
    if (keys.size < needs) {
      const facts = Number.isFinite(needs) ? { role, needs, has: keys.size } : undefined
      return { code: 'trust.threshold', detail: role, ...(facts === undefined ? {} : { facts }) }
    }
    for (const key of keys) used.add(key)
  }
  return undefined
}
