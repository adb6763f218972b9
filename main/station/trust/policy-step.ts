// SPDX-License-Identifier: Apache-2.0
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { judgeThresholds } from './questions.ts'
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
  if (current === undefined) {
    return meetsRoot(next.policy, files) ? { ok: true, step: 'step' } : refused('policy.new-threshold')
  }
  if (next.digest === current.digest) return { ok: true, step: 'same' }
  const [from, to] = [current.policy.version, next.policy.version]
  if (to < from) return refused('policy.rollback', `${to}`)
  if (to === from) return refused('policy.equivocation', `${to}`)
  if (to > from + 1) return refused('policy.gap', `${to}`)
  if (!meetsRoot(current.policy, files)) return refused('policy.old-threshold')
  if (!meetsRoot(next.policy, files)) return refused('policy.new-threshold')
  const weakened = unnamedWeakenings(current.policy, next.policy)
  return weakened.length === 0 ? { ok: true, step: 'step' } : refused('policy.weakening', weakened[0])
}

/** Whether enough different root keys that a policy pins, and does not itself revoke, have signed. */
export const meetsRoot = (policy: TrustPolicy, files: readonly SignatureFile[]): boolean => {
  const revoked = policy.revokedKeys.map(({ spki }) => spki)
  const counting = files.filter((file) => {
    const standing = file.role === 'root' ? standingOf(file, policy) : undefined
    // A signer that one policy knows by its key may enclose another's CA that never made its certificate.
    const stands = standing !== undefined && isChained(file.signer, standing)
    return stands && !keysBehind(file.signer).some((key) => revoked.includes(key))
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
