// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { withdrawal } from '../../../shared/contract/withdrawal-calls.ts'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { millis } from '../../../shared/units.ts'
import type { Actor, AuditEntry, AuditLog } from '../audit/entry.ts'
import type { Meaning, Reauthentication, Signatures } from '../identity/session.ts'
import { toTime, type Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Store, WriteHandle } from '../store/open.ts'
import { sha256Hex } from './certificate.ts'
import type { WithdrawnBy, WithdrawnHere } from './withdrawn-here.ts'

/** What was asked for, and what was decided. */
export type Withdrawal = z.infer<typeof withdrawal>
/** A key or a bundle, withdrawn or taken back. */
export type WithdrawalTarget = Pick<Withdrawal, 'act' | 'kind' | 'subject'>
/** What it comes to. */
export type WithdrawalEffect = Withdrawal['effect']

/** Who decides, with the proof of the password. */
export type Signer = { readonly actor: Actor; readonly proof: Reauthentication }

/** Decided ones that the list shows. */
const listed = 200

/** Withdrawals at this site: one person asks, another one signs, and one of the two is an officer. */
export type Withdrawals = {
  /**
   * Gives its id. `shown` is the digest of the effect that the person has seen. Errors: `station.withdrawal-exists` (it
   * waits already, or is so already), `station.effect-changed`.
   */
  ask(signer: Signer, asked: WithdrawalTarget & Pick<Withdrawal, 'what' | 'reason'>, shown: string): string
  /**
   * Signs exactly `content`. What it comes to is judged anew: where that has changed, the request is void and nothing is
   * signed. Errors: `not-found` (nothing waits under this id), `station.second-person` (their own, or no officer among the
   * two; noted in the log), `station.effect-changed`.
   */
  sign(signer: Signer, id: string, content: string, reason: string): void
  /** Errors: `not-found`, `station.second-person`. */
  decline(signer: Signer, id: string, reason: string): void
  list(): Withdrawal[]
  /** What is withdrawn now. */
  inForce(): WithdrawnHere
  /** The one by which a key or bundle is withdrawn now. */
  of(kind: Withdrawal['kind'], subject: string): Withdrawal | undefined
}

const row = z.strictObject({
  n: z.int(),
  id: z.string(),
  act: withdrawal.shape.act,
  kind: withdrawal.shape.kind,
  subject: z.string(),
  what: z.string(),
  asked_by: z.string(),
  asked_name: z.string(),
  asked_role: z.string(),
  asked_ms: z.int(),
  reason: z.string(),
  effect: z.string().transform((text) => withdrawal.shape.effect.parse(JSON.parse(text))),
  content: z.string(),
  decision: z.enum(['signed', 'declined', 'void']).nullable(),
  decided_by: z.string().nullable(),
  decided_name: z.string().nullable(),
  decided_ms: z.int().nullable(),
  decision_reason: z.string().nullable(),
})
type Row = z.infer<typeof row>

const toWithdrawal = (found: unknown): Withdrawal => {
  const { id, act, kind, subject, what, reason, effect, content, decision, ...rest } = row.parse(found)
  const decided = { by: rest.decided_name ?? '', at: rest.decided_ms ?? 0, reason: rest.decision_reason }
  return {
    id,
    act,
    kind,
    subject,
    what,
    reason,
    effect,
    content,
    askedBy: rest.asked_name,
    askedById: rest.asked_by,
    askedAt: rest.asked_ms,
    signers: rest.asked_role === 'officer' ? ['officer', 'administrator'] : ['officer'],
    decision: decision === null ? null : { outcome: decision, ...decided },
  }
}

const inForceSql = `SELECT * FROM withdrawal AS w WHERE decision = 'signed' AND act = 'withdraw' AND NOT EXISTS
  (SELECT 1 FROM withdrawal AS later WHERE later.kind = w.kind AND later.subject = w.subject AND later.n > w.n
    AND later.decision = 'signed')`

const toBy = ({ askedBy: first, reason, decision }: Withdrawal): WithdrawnBy => ({
  day: toTime(millis(decision?.at ?? 0)).slice(0, 10),
  first,
  second: decision?.by ?? '',
  reason,
})

const objectOf = ({ kind, subject }: Pick<Withdrawal, 'kind' | 'subject'>): AuditEntry['object'] => ({
  type: kind,
  id: subject,
})

type WithdrawalParts = {
  readonly store: Store
  readonly audit: AuditLog
  readonly clock: Clock
  readonly signatures: Signatures
  /** Judges what it comes to now. */
  readonly effectOf: (target: WithdrawalTarget) => WithdrawalEffect
}

const ask = (parts: WithdrawalParts, ...[{ actor, proof }, asked, shown]: Parameters<Withdrawals['ask']>): string => {
  const { store, audit, clock, signatures, effectOf } = parts
  const { act, kind, subject, what, reason } = asked
  const known = store.read.all(`${inForceSql} AND kind = ? AND subject = ?`, kind, subject).length > 0
  const waits = store.read.get(
    'SELECT 1 FROM withdrawal WHERE kind = ? AND subject = ? AND decision IS NULL',
    kind,
    subject,
  )
  if (waits !== undefined || known === (act === 'withdraw')) throw new AirlockError('station.withdrawal-exists')
  const effect = effectOf({ act, kind, subject })
  if (effect.digest !== shown) throw new AirlockError('station.effect-changed')
  const id = newId()
  const content = sha256Hex(
    canonicalBytes({ id, act, kind, subject, what, reason, askedBy: actor.uid, effect: effect.digest }),
  )
  const bundles = effect.bundles.map((bundle) => bundle.id)
  const after = { act, name: what, content, bundles, runs: effect.runs.map((run) => run.id) }
  const entry = { actor, session: proof.session.id, action: 'withdrawal.ask', object: objectOf(asked) } as const
  audit.change({ ...entry, outcome: 'ok', reason, after, corr: id }, (tx) => {
    signatures.sign(tx, proof, { meaning: 'author', object: { type: 'withdrawal', id }, contentDigest: content })
    tx.run(
      `INSERT INTO withdrawal (id, act, kind, subject, what, asked_by, asked_name, asked_role, asked_ms, reason, effect,
          content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      act,
      kind,
      subject,
      what,
      actor.uid,
      actor.name,
      actor.role,
      clock.now(),
      reason,
      JSON.stringify(effect),
      content,
    )
  })
  return id
}

const waiting = ({ store }: WithdrawalParts, id: string): Row => {
  const found = store.read.get('SELECT * FROM withdrawal WHERE id = ? AND decision IS NULL', id)
  if (found === undefined) throw new AirlockError('not-found', { withdrawal: id })
  return row.parse(found)
}

type Decision = { readonly outcome: 'signed' | 'declined' | 'void'; readonly reason: string | null }

const write = ({ clock }: WithdrawalParts, tx: WriteHandle, id: string, { uid, name }: Actor, decided: Decision) =>
  tx.run(
    `UPDATE withdrawal SET decision = ?, decided_by = ?, decided_name = ?, decided_ms = ?, decision_reason = ?
        WHERE id = ?`,
    decided.outcome,
    uid,
    name,
    clock.now(),
    decided.reason,
    id,
  )

/** One entry for what a second person does with a request, together with the signature where there is one. */
const decide = (parts: WithdrawalParts, { actor, proof }: Signer, found: Row, decided: Decision): void => {
  const { id, act, kind, what, content, asked_name: by, asked_ms: at, reason: asked } = found
  const actions = { signed: 'withdrawal.sign', declined: 'withdrawal.decline', void: 'withdrawal.void' } as const
  const meanings: Partial<Record<Decision['outcome'], Meaning>> = { signed: 'approved', declined: 'rejected' }
  const about = { actor, session: proof.session.id, action: actions[decided.outcome], object: objectOf(found) } as const
  const entry = { ...about, after: { act, kind, name: what, content }, corr: id }
  const before = { asked_by: by, asked_ms: at, reason: asked }
  const refuse = (code: ErrorCode): never => {
    const action = decided.outcome === 'declined' ? actions.declined : actions.signed
    parts.audit.note({ ...entry, action, outcome: 'refused', reason: code })
    throw new AirlockError(code)
  }
  if (found.asked_by === actor.uid || ![found.asked_role, actor.role].includes('officer'))
    refuse('station.second-person')
  const why = decided.reason === null ? {} : { reason: decided.reason }
  parts.audit.change({ ...entry, outcome: 'ok', before, ...why }, (tx) => {
    const meaning = meanings[decided.outcome]
    if (meaning !== undefined)
      parts.signatures.sign(tx, proof, { meaning, object: { type: 'withdrawal', id }, contentDigest: content })
    write(parts, tx, id, actor, decided)
  })
}

const sign = (parts: WithdrawalParts, ...[signer, id, content, reason]: Parameters<Withdrawals['sign']>): void => {
  const found = waiting(parts, id)
  const { act, kind, subject, effect } = found
  if (content !== found.content) throw new AirlockError('station.effect-changed')
  const same = parts.effectOf({ act, kind, subject }).digest === effect.digest
  decide(parts, signer, found, same ? { outcome: 'signed', reason } : { outcome: 'void', reason: null })
  if (!same) throw new AirlockError('station.effect-changed')
}

/** Opens the withdrawals over their table (migration 17). */
export const createWithdrawals = (parts: WithdrawalParts): Withdrawals => {
  const current = (): Withdrawal[] => parts.store.read.all(inForceSql).map(toWithdrawal)
  return {
    ask: (...asked) => ask(parts, ...asked),
    sign: (...signed) => sign(parts, ...signed),
    decline: (signer, id, reason) => decide(parts, signer, waiting(parts, id), { outcome: 'declined', reason }),
    list: () =>
      parts.store.read
        .all('SELECT * FROM withdrawal ORDER BY decision IS NOT NULL, n DESC LIMIT ?', listed)
        .map(toWithdrawal),
    inForce() {
      const mapOf = (kind: Withdrawal['kind']): ReadonlyMap<string, WithdrawnBy> =>
        new Map(current().flatMap((one) => (one.kind === kind ? [[one.subject, toBy(one)] as const] : [])))
      return { keys: mapOf('key'), bundles: mapOf('bundle') }
    },
    of: (kind, subject) => current().find((one) => one.kind === kind && one.subject === subject),
  }
}
