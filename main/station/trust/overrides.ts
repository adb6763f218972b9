// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { override } from '../../../shared/contract/override-calls.ts'
import { millis } from '../../../shared/units.ts'
import type { Actor, AuditEntry, AuditLog } from '../audit/entry.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Store, WriteHandle } from '../store/open.ts'

/** An exception that somebody asked for, and what was decided. */
export type Override = z.infer<typeof override>

/** Exceptions that count now, by their ids: that of the policy in force, and those of bundles by their manifests. */
export type Exceptions = { readonly policy?: string; readonly bundles: ReadonlyMap<string, string> }

/** What somebody asks an exception for. */
export type Asked = Pick<Override, 'kind' | 'subject' | 'what' | 'entry' | 'reason'>

/** How long an exception for an expired policy counts: enough for a stick with the next step to come. */
const policyTime = millis(30 * 86_400_000)
/** Decided ones that the list shows; each bundle shows its own for ever. */
const listed = 200

/** Exceptions for what has expired: one person asks, another one decides. */
export type Overrides = {
  /** Gives its id. Errors: `station.exception-exists` (it waits already, or counts already). */
  ask(actor: Actor, asked: Asked): string
  /** Errors: `not-found` (nothing waits under this id), `station.second-person` (their own; noted in the log). */
  decide(actor: Actor, id: string, decision: { readonly granted: boolean; readonly reason: string }): void
  list(): Override[]
  /** What counts at this trusted time (milliseconds UTC) under this policy. */
  inForce(policy: string | undefined, trustedTime: number): Exceptions
  /** Those by which a bundle was imported. */
  usedFor(bundle: string): Override[]
}

const row = z.strictObject({
  id: z.string(),
  kind: override.shape.kind,
  subject: z.string(),
  what: z.string(),
  entry: z.int(),
  asked_by: z.string(),
  asked_name: z.string(),
  asked_ms: z.int(),
  reason: z.string(),
  decision: z.enum(['granted', 'declined']).nullable(),
  decided_by: z.string().nullable(),
  decided_name: z.string().nullable(),
  decided_ms: z.int().nullable(),
  decision_reason: z.string().nullable(),
  until_ms: z.int().nullable(),
})

const toOverride = (found: unknown): Override => {
  const { id, kind, subject, what, entry, reason, decision, ...rest } = row.parse(found)
  const by = { askedBy: rest.asked_name, askedById: rest.asked_by, askedAt: rest.asked_ms }
  const asked = { id, kind, subject, what, entry, reason, ...by }
  const decided = {
    granted: decision === 'granted',
    by: rest.decided_name ?? '',
    at: rest.decided_ms ?? 0,
    reason: rest.decision_reason ?? '',
  }
  return { ...asked, decision: decision === null ? null : decided, until: rest.until_ms }
}

const objectOf = ({ kind, subject }: Pick<Asked, 'kind' | 'subject'>): AuditEntry['object'] => ({
  type: kind === 'bundle-expired' ? 'bundle' : 'trust-policy',
  id: subject,
})

/** Writes down by which exceptions a bundle came in, beside its row. */
export const noteUse = (tx: WriteHandle, bundle: string, used: readonly string[]): void => {
  for (const id of used) tx.run('INSERT OR IGNORE INTO bundle_override (bundle, override) VALUES (?, ?)', bundle, id)
}

type OverrideParts = { readonly store: Store; readonly audit: AuditLog; readonly clock: Clock }
type Decision = Parameters<Overrides['decide']>

const ask = ({ audit, clock }: OverrideParts, actor: Actor, asked: Asked): string => {
  const { kind, subject, what, entry, reason } = asked
  const id = newId()
  const now = clock.now()
  const said = { actor, action: 'override.ask', object: objectOf(asked), outcome: 'ok', reason, corr: id } as const
  audit.change({ ...said, after: { kind, name: what, refusal: entry } }, (tx) => {
    const open = tx.get(
      `SELECT 1 FROM override WHERE kind = ? AND subject = ? AND (decision IS NULL
          OR (decision = 'granted' AND (until_ms IS NULL OR until_ms >= ?)))`,
      kind,
      subject,
      now,
    )
    if (open !== undefined) throw new AirlockError('station.exception-exists')
    tx.run(
      `INSERT INTO override (id, kind, subject, what, entry, asked_by, asked_name, asked_ms, reason)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      kind,
      subject,
      what,
      entry,
      actor.uid,
      actor.name,
      now,
      reason,
    )
  })
  return id
}

const decide = ({ store, audit, clock }: OverrideParts, ...[actor, id, { granted, reason }]: Decision): void => {
  const found = store.read.get('SELECT * FROM override WHERE id = ? AND decision IS NULL', id)
  if (found === undefined) throw new AirlockError('not-found', { exception: id })
  const waiting = row.parse(found)
  const { kind, what, asked_by: uid, asked_name: name, asked_ms: at } = waiting
  const action = granted ? 'override.grant' : 'override.decline'
  const about = { actor, action, object: objectOf(waiting), corr: id } as const
  if (uid === actor.uid) {
    audit.note({ ...about, outcome: 'refused', reason: 'station.second-person', after: { kind, name: what } })
    throw new AirlockError('station.second-person')
  }
  const now = clock.now()
  const until = granted && kind === 'policy-expired' ? now + policyTime : null
  const before = { asked_by: name, asked_ms: at, reason: waiting.reason }
  audit.change({ ...about, outcome: 'ok', reason, before, after: { kind, name: what, until } }, (tx) =>
    tx.run(
      `UPDATE override SET decision = ?, decided_by = ?, decided_name = ?, decided_ms = ?, decision_reason = ?,
          until_ms = ? WHERE id = ?`,
      granted ? 'granted' : 'declined',
      actor.uid,
      actor.name,
      now,
      reason,
      until,
      id,
    ),
  )
}

/** Opens the exceptions over their tables (migration 16). */
export const createOverrides = (parts: OverrideParts): Overrides => ({
  ask: (actor, asked) => ask(parts, actor, asked),
  decide: (...decision) => decide(parts, ...decision),
  list: () =>
    parts.store.read
      .all('SELECT * FROM override ORDER BY decision IS NOT NULL, asked_ms DESC, id LIMIT ?', listed)
      .map(toOverride),
  inForce(policy, trustedTime) {
    const counting = parts.store.read
      .all(
        `SELECT * FROM override WHERE decision = 'granted' AND (until_ms IS NULL OR until_ms >= ?) ORDER BY decided_ms`,
        trustedTime,
      )
      .map(toOverride)
    const ofPolicy = counting.find(({ kind, subject }) => kind === 'policy-expired' && subject === policy)?.id
    const ofBundles = counting.filter(({ kind }) => kind === 'bundle-expired')
    return {
      bundles: new Map(ofBundles.map(({ subject, id }) => [subject, id])),
      ...(ofPolicy === undefined ? {} : { policy: ofPolicy }),
    }
  },
  usedFor: (bundle) =>
    parts.store.read
      .all(
        `SELECT o.* FROM override o JOIN bundle_override b ON b.override = o.id WHERE b.bundle = ? ORDER BY o.asked_ms`,
        bundle,
      )
      .map(toOverride),
})
