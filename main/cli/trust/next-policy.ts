// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import {
  policyRoles,
  trustPolicySchema,
  type PolicyRole,
  type RolePins,
  type TrustPolicy,
} from '../../../shared/formats/trust-policy.ts'
import type { Pin } from '../../../shared/formats/scalars.ts'
import { unnamedWeakenings } from '../../station/trust/policy-step.ts'

/** What the next step changes; what is not named stays. */
export type PolicyEdits = {
  readonly add: readonly { readonly role: PolicyRole; readonly pin: Pin }[]
  readonly addCa: readonly { readonly role: PolicyRole; readonly pin: Pin }[]
  /** Public keys of counter-signatures, base64. */
  readonly addPq: readonly { readonly role: PolicyRole; readonly key: string }[]
  /** Pins (of keys or CAs) that go from a role. */
  readonly remove: readonly { readonly role: PolicyRole; readonly spki: string }[]
  readonly thresholds: Readonly<Partial<Record<PolicyRole, number>>>
  /** Keys that count nowhere any more; their pins go from every role. */
  readonly revoke: readonly { readonly spki: string; readonly reason: string }[]
  readonly counters: Readonly<Record<string, number>>
  readonly addRecipients: readonly string[]
  readonly dropRecipients: readonly string[]
  readonly fields: Readonly<Partial<Pick<TrustPolicy, 'sanitization' | 'pq' | 'graceDays'>>>
  readonly issuedAt: string
  readonly expires: string
  readonly weakens: readonly string[]
}

/**
 * Step N + 1 of a policy, to be signed by the root thresholds of both (docs/formats/trust-policy.md, 3). Errors:
 * `usage` (a pin to remove that is not there), `policy.schema` (a threshold above the keys that stay …),
 * `policy.weakening` (a counter lowered that `weakens` does not name).
 */
export const nextPolicy = (current: TrustPolicy, edits: PolicyEdits): TrustPolicy => {
  for (const { role, spki } of edits.remove) {
    if (!pinsOf(current.roles[role]).includes(spki)) throw new AirlockError('usage', { why: `${role} has no ${spki}` })
  }
  const parsed = trustPolicySchema.safeParse({
    ...current,
    ...edits.fields,
    version: current.version + 1,
    issuedAt: edits.issuedAt,
    expires: edits.expires,
    roles: Object.fromEntries(policyRoles.flatMap((role) => nextRole(role, current.roles[role], edits))),
    revokedKeys: bySpki([
      ...current.revokedKeys.filter(({ spki }) => !edits.revoke.some((one) => one.spki === spki)),
      ...edits.revoke,
    ]),
    counters: { ...current.counters, ...edits.counters },
    recipients: [
      ...current.recipients.filter((one) => !edits.dropRecipients.includes(one)),
      ...edits.addRecipients.filter((one) => !current.recipients.includes(one)),
    ],
    weakens: [...edits.weakens],
  })
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? ''
    throw new AirlockError('policy.schema', { field })
  }
  const [weakening] = unnamedWeakenings(current, parsed.data)
  if (weakening !== undefined) throw new AirlockError('policy.weakening', { weakens: weakening })
  return parsed.data
}

const pinsOf = (pinned: RolePins | undefined): string[] =>
  pinned === undefined ? [] : [...pinned.keys, ...pinned.cas].map(({ spki }) => spki)

const bySpki = <T extends { readonly spki: string }>(pins: readonly T[]): T[] =>
  pins.toSorted((a, b) => (a.spki < b.spki ? -1 : 1))

const nextRole = (role: PolicyRole, pinned: RolePins | undefined, edits: PolicyEdits): [string, RolePins][] => {
  const gone = new Set([
    ...edits.remove.filter((one) => one.role === role).map(({ spki }) => spki),
    ...edits.revoke.map(({ spki }) => spki),
  ])
  const pins = (old: readonly Pin[], added: PolicyEdits['add']): Pin[] => {
    const fresh = added.filter((one) => one.role === role).map(({ pin }) => pin)
    // A pin that is added again gets the new window.
    return bySpki([...old.filter(({ spki }) => !gone.has(spki) && !fresh.some((pin) => pin.spki === spki)), ...fresh])
  }
  const [keys, cas] = [pins(pinned?.keys ?? [], edits.add), pins(pinned?.cas ?? [], edits.addCa)]
  if (pinned === undefined && keys.length + cas.length === 0) return []
  const base = pinned ?? { threshold: 1, pqKeys: [], products: ['*'] }
  const pqKeys = new Set([...base.pqKeys, ...edits.addPq.filter((one) => one.role === role).map(({ key }) => key)])
  return [[role, { ...base, threshold: edits.thresholds[role] ?? base.threshold, keys, cas, pqKeys: [...pqKeys] }]]
}
