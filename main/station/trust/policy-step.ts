// SPDX-License-Identifier: Apache-2.0
import { timeMs } from '../../../shared/formats/scalars.ts'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { judgeThresholds, signingTimeOf } from './questions.ts'
import { isChained, keysBehind, standingOf, type Fault, type SignatureFile } from './standing.ts'

/** Most steps that one import applies; more are `limit.policy-steps`. */
export const maxPolicySteps = 256

/** A policy and the SHA-256 of the bytes it was read from. */
export type PolicyDocument = { readonly policy: TrustPolicy; readonly digest: string }

/** `same`: the policy is already in force. `step`: it takes the place of the current one. */
export type PolicyStep = { readonly ok: true; readonly step: 'same' | 'step' } | ({ readonly ok: false } & Fault)

const refused = (code: Fault['code'], detail?: string): PolicyStep => ({
  ok: false,
  code,
  ...(detail === undefined ? {} : { detail }),
})

/**
 * Whether a policy may follow the current one (docs/formats/trust-policy.md, 3), signatures and schema being good. In
 * this order: `policy.rollback`, `policy.equivocation`, `policy.gap`, `policy.old-threshold`, `policy.new-threshold`,
 * `policy.weakening`. Without a current policy only the document's own threshold is asked.
 */
export const judgePolicyStep = (
  current: PolicyDocument | undefined,
  next: PolicyDocument,
  files: readonly SignatureFile[],
): PolicyStep => {
  const meets = (policy: TrustPolicy): boolean => meetsRoot(policy, files, timeMs(next.policy.issuedAt))
  if (current === undefined) {
    return meets(next.policy) ? { ok: true, step: 'step' } : refused('policy.new-threshold')
  }
  if (next.digest === current.digest) return { ok: true, step: 'same' }
  const [from, to] = [current.policy.version, next.policy.version]
  if (to < from) return refused('policy.rollback', `${to}`)
  if (to === from) return refused('policy.equivocation', `${to}`)
  if (to > from + 1) return refused('policy.gap', `${to}`)
  if (!meets(current.policy)) return refused('policy.old-threshold')
  if (!meets(next.policy)) return refused('policy.new-threshold')
  const weakened = unnamedWeakenings(current.policy, next.policy)
  return weakened.length === 0 ? { ok: true, step: 'step' } : refused('policy.weakening', weakened[0])
}

/** Whether enough different root keys that a policy pins, and does not itself revoke, have signed in their time. */
const meetsRoot = (policy: TrustPolicy, files: readonly SignatureFile[], documentTime: number): boolean => {
  const revoked = policy.revokedKeys.map(({ spki }) => spki)
  const counting = files.filter((file) => {
    const standing = file.role === 'root' ? standingOf(file, policy) : undefined
    if (standing === undefined) return false
    // Each policy has its own window for a key: one in which it can sign no more would be the last of its site.
    const [at, { validFrom, validUntil }] = [signingTimeOf(file, documentTime), standing.pin]
    const inTime = at >= timeMs(validFrom) && at <= timeMs(validUntil)
    // A signer that one policy knows by its key may enclose another's CA that never made its certificate.
    return inTime && isChained(file.signer, standing) && !keysBehind(file.signer).some((key) => revoked.includes(key))
  })
  return judgeThresholds(counting, policy, ['root']) === undefined
}

/** Counters lowered or dropped and revocations taken back that the new policy does not own up to. */
export const unnamedWeakenings = (current: TrustPolicy, next: TrustPolicy): readonly string[] => {
  const counters = Object.entries(current.counters)
    // A product may be called like something that every object inherits.
    .filter(([product, floor]) => !Object.hasOwn(next.counters, product) || (next.counters[product] ?? -1) < floor)
    .map(([product]) => `counter:${product}`)
  const kept = next.revokedKeys.map(({ spki }) => spki)
  const revocations = current.revokedKeys
    .filter(({ spki }) => !kept.includes(spki))
    .map(({ spki }) => `revoked:${spki}`)
  return [...counters, ...revocations].filter((weakening) => !next.weakens.includes(weakening))
}
