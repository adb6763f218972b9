// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import type { Actor, AuditEntry, AuditLog } from '../audit/entry.ts'
import type { Signatures } from '../identity/session.ts'
import type { Clock } from '../platform/clock.ts'
import type { Store } from '../store/open.ts'
import { sha256Hex } from './certificate.ts'
import type { PolicyDocument } from './policy-step.ts'
import { describeDocument, insertPolicy, readStored, type AcceptedDocument, type TrustStore } from './policy-store.ts'
import type { Signer } from './withdrawals.ts'

/** Steps that wait, as one: what they come to, who brought them. Times in milliseconds UTC. */
export type WaitingPolicy = {
  readonly document: PolicyDocument
  /** What is signed: SHA-256 over the policy in force and every step. */
  readonly content: string
  readonly broughtBy: string
  readonly broughtById: string
  readonly broughtAt: number
  readonly signers: readonly ('officer' | 'administrator')[]
}

/** Good steps of the policy wait for a second person, who has seen what they change. */
export type WaitingPolicies = {
  /** Keeps a good step; nothing is in force by it but what it takes away. Its bringer is that of all that waits. */
  hold(document: AcceptedDocument, actor: Actor, corr: string): void
  /** The newest policy that is known to be good: the last one that waits, or the one in force. */
  reached(): PolicyDocument | undefined
  /** What waits. */
  waiting(): WaitingPolicy | undefined
  /**
   * The policy in force, less what any newer good step takes away, signed or declined or waiting: its revocations and its
   * counters. Nobody at a site holds that up.
   */
  lessTakenAway(policy: PolicyDocument): TrustPolicy
  /**
   * Puts all that waits in force. Errors: `not-found` (nothing of this content waits), `station.second-person` (whoever
   * brought it, or no officer among the two; noted in the log).
   */
  sign(signer: Signer, content: string, reason: string): void
  /** Does not. What the steps take away stays taken away. Errors: as `sign`. */
  decline(signer: Signer, content: string, reason: string): void
}

type WaitingParts = {
  readonly store: Store
  readonly audit: AuditLog
  readonly clock: Clock
  readonly signatures: Signatures
  readonly trust: TrustStore
}

const row = z.object({
  version: z.int(),
  digest: z.string(),
  manifest: z.instanceof(Uint8Array),
  signed_at: z.int(),
  brought_by: z.string(),
  brought_name: z.string(),
  brought_role: z.string(),
  brought_ms: z.int(),
})
type Row = z.infer<typeof row>

const documentOf = (stored: Row): PolicyDocument => {
  const { value, digest } = readStored(stored, trustPolicySchema)
  return { policy: value, digest }
}

const objectOf = (digest: string): AuditEntry['object'] => ({ type: 'trust-policy', id: digest })

/** What newer steps take away, added to what the policy in force has taken away itself. */
const lessOf = (policy: TrustPolicy, newer: readonly TrustPolicy[]): TrustPolicy => {
  const revoked = new Map([...newer, policy].flatMap(({ revokedKeys }) => revokedKeys).map((one) => [one.spki, one]))
  const counters = { ...policy.counters }
  for (const [product, floor] of newer.flatMap((step) => Object.entries(step.counters)))
    counters[product] = Math.max(Object.hasOwn(counters, product) ? (counters[product] ?? 0) : 0, floor)
  const revokedKeys = [...revoked.values()].toSorted((a, b) => (a.spki < b.spki ? -1 : 1))
  return { ...policy, revokedKeys, counters }
}

const summary = (inForce: PolicyDocument | undefined, rows: readonly Row[]): WaitingPolicy | undefined => {
  const last = rows.at(-1)
  if (last === undefined) return undefined
  const steps = rows.map(({ digest }) => digest)
  return {
    document: documentOf(last),
    content: sha256Hex(canonicalBytes({ from: inForce?.digest ?? '', steps })),
    broughtBy: last.brought_name,
    broughtById: last.brought_by,
    broughtAt: last.brought_ms,
    signers: last.brought_role === 'officer' ? ['officer', 'administrator'] : ['officer'],
  }
}

const decide = (
  { audit, clock, signatures, trust }: WaitingParts,
  rows: readonly Row[],
  ...[{ actor, proof }, content, reason, granted]: [...Parameters<WaitingPolicies['sign']>, granted: boolean]
): void => {
  const found = summary(trust.policy(), rows)
  if (found === undefined || found.content !== content) throw new AirlockError('not-found', { policy: content })
  const { digest, policy } = found.document
  const about = { actor, session: proof.session.id, object: objectOf(digest) }
  const action = granted ? ('policy.step' as const) : ('policy.decline' as const)
  const steps = rows.map(({ version }) => version)
  const entry = { ...about, action, reason, after: { version: policy.version, steps, content } }
  const refuse = (code: ErrorCode): never => {
    audit.note({ ...entry, outcome: 'refused', reason: code })
    throw new AirlockError(code)
  }
  const own = rows.at(-1)?.brought_by === actor.uid
  if (own || !found.signers.some((role) => role === actor.role)) refuse('station.second-person')
  const before = { version: trust.policy()?.policy.version ?? null, brought_by: found.broughtBy }
  const evidence = rows.map((one) => ({ type: 'trust-policy', sha256: one.digest, bytes: one.manifest.length }))
  audit.change({ ...entry, outcome: 'ok', before, evidence }, (tx) => {
    const meaning = granted ? 'approved' : 'rejected'
    signatures.sign(tx, proof, { meaning, object: objectOf(digest), contentDigest: content })
    if (granted)
      for (const { manifest, signed_at: signedAt } of rows) insertPolicy(tx, { manifest, signedAt }, clock.now())
    const decided = granted ? 'signed' : 'declined'
    tx.run('UPDATE trust_policy_waiting SET decision = ?, decided_by = ? WHERE decision IS NULL', decided, actor.uid)
  })
}

/** Opens the steps that wait over their table (migration 21). */
export const createWaitingPolicies = (parts: WaitingParts): WaitingPolicies => {
  const { store, audit, clock, trust } = parts
  const rows = (): Row[] =>
    store.read
      .all('SELECT * FROM trust_policy_waiting WHERE decision IS NULL ORDER BY version')
      .map((found) => row.parse(found))
  return {
    hold(document, actor, corr) {
      const { version, digest } = describeDocument(document)
      const evidence = [{ type: 'trust-policy', sha256: digest, bytes: document.manifest.length }]
      const entry = { actor, action: 'policy.bring', object: objectOf(digest), after: { version }, evidence } as const
      audit.change({ ...entry, outcome: 'ok', corr }, (tx) => {
        tx.run(
          `INSERT INTO trust_policy_waiting (version, digest, manifest, signed_at, brought_by, brought_name, brought_role,
              brought_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          version,
          digest,
          document.manifest,
          document.signedAt,
          actor.uid,
          actor.name,
          actor.role,
          clock.now(),
        )
        // Whoever brings the next step brings them all: else two who brought one each could never sign.
        tx.run(
          `UPDATE trust_policy_waiting SET brought_by = ?, brought_name = ?, brought_role = ? WHERE decision IS NULL`,
          actor.uid,
          actor.name,
          actor.role,
        )
      })
    },
    reached() {
      const last = rows().at(-1)
      return last === undefined ? trust.policy() : documentOf(last)
    },
    waiting: () => summary(trust.policy(), rows()),
    lessTakenAway({ policy }) {
      const newer = store.read
        .all('SELECT * FROM trust_policy_waiting WHERE version > ? ORDER BY n', policy.version)
        .map((found) => documentOf(row.parse(found)).policy)
      return newer.length === 0 ? policy : lessOf(policy, newer)
    },
    sign: (...asked) => decide(parts, rows(), ...asked, true),
    decline: (...asked) => decide(parts, rows(), ...asked, false),
  }
}
