// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { recallSchema } from '../../../shared/formats/recall.ts'
import { trustPolicySchema } from '../../../shared/formats/trust-policy.ts'
import type { Actor, AuditEntry, AuditLog } from '../audit/entry.ts'
import type { Clock } from '../platform/clock.ts'
import type { Store, WriteHandle } from '../store/open.ts'
import { sha256Hex } from './certificate.ts'
import { askedWords, wordsFit } from './fingerprint.ts'
import type { PolicyDocument } from './policy-step.ts'
import type { RecallDocument } from './recall-update.ts'

/** What the store works with. */
export type TrustStoreParts = { readonly store: Store; readonly audit: AuditLog; readonly clock: Clock }

/** A document that was judged and accepted: the bytes that were signed, and its newest signing time (milliseconds UTC). */
export type AcceptedDocument = { readonly manifest: Uint8Array; readonly signedAt: number }

/** One person's answer to the fingerprint: the places that the station asked for, and the words typed. */
export type Confirmation = {
  readonly actor: Actor
  readonly places: readonly number[]
  readonly words: readonly string[]
}

/** The policies and recall lists of this station. Reads parse what is stored and compare its digest. */
export type TrustStore = {
  /** The policy in force; undefined before the first one. Errors: `policy.equivocation` (the stored bytes were changed). */
  policy(): PolicyDocument | undefined
  /** The recall list in force. Errors: as `policy`. */
  recall(): RecallDocument | undefined
  /** Newest signing time of any accepted trust document, milliseconds UTC; undefined: none yet. */
  lastSignedTime(): number | undefined
  /**
   * Takes the first policy. Errors: `policy.same-person`, `policy.fingerprint` (wrong words; noted in the audit log),
   * `policy.equivocation` (there is a policy already).
   */
  confirmFirstPolicy(document: AcceptedDocument, confirmations: readonly [Confirmation, Confirmation]): void
  /** Puts a good recall list in force. */
  acceptRecall(document: AcceptedDocument, actor: Actor, corr?: string): void
}

const row = z.object({ digest: z.string(), manifest: z.instanceof(Uint8Array) })
type Table = 'trust_policy' | 'trust_recall'
const objects = { trust_policy: 'trust-policy', trust_recall: 'recall-list' } as const

/** Opens the station's trust over its tables (migration 4). */
export const openTrustStore = ({ store, audit, clock }: TrustStoreParts): TrustStore => {
  const newest = <T>(table: Table, schema: z.ZodType<T>): { value: T; digest: string } | undefined => {
    const found = store.read.get(`SELECT digest, manifest FROM ${table} ORDER BY version DESC LIMIT 1`)
    return found === undefined ? undefined : readStored(row.parse(found), schema)
  }
  const insert = (table: Table, document: AcceptedDocument, entry: Omit<AuditEntry, 'object' | 'outcome'>): void => {
    const { version, digest } = describeDocument(document)
    audit.change(
      {
        ...entry,
        object: { type: objects[table], id: digest },
        outcome: 'ok',
        after: { version },
        evidence: [{ type: objects[table], sha256: digest, bytes: document.manifest.length }],
      },
      (tx) => insertInto(tx, table, document, clock.now()),
    )
  }
  const policy = (): PolicyDocument | undefined => {
    const found = newest('trust_policy', trustPolicySchema)
    return found === undefined ? undefined : { policy: found.value, digest: found.digest }
  }
  return {
    policy,
    recall() {
      const found = newest('trust_recall', recallSchema)
      return found === undefined ? undefined : { list: found.value, digest: found.digest }
    },
    lastSignedTime() {
      const sql =
        'SELECT max(signed_at) AS at FROM (SELECT signed_at FROM trust_policy UNION SELECT signed_at FROM trust_recall)'
      return z.object({ at: z.number().nullable() }).parse(store.read.get(sql)).at ?? undefined
    },
    confirmFirstPolicy(document, confirmations) {
      const [first, second] = confirmations
      if (policy() !== undefined) throw new AirlockError('policy.equivocation')
      if (first.actor.uid === second.actor.uid) throw new AirlockError('policy.same-person')
      const { digest } = describeDocument(document)
      const entry = { actor: first.actor, secondActor: second.actor, action: 'policy.confirm' as const }
      if (
        !confirmations.every(
          ({ places, words }) => new Set(places).size === askedWords && wordsFit(digest, places, words),
        )
      ) {
        const object = { type: objects.trust_policy, id: digest }
        audit.note({ ...entry, object, outcome: 'refused', reason: 'policy.fingerprint' })
        throw new AirlockError('policy.fingerprint')
      }
      insert('trust_policy', document, entry)
    },
    acceptRecall: (document, actor, corr) =>
      insert('trust_recall', document, { actor, action: 'recall.update', ...(corr === undefined ? {} : { corr }) }),
  }
}

const insertInto = (tx: WriteHandle, table: Table, document: AcceptedDocument, at: number): void => {
  const { version, digest } = describeDocument(document)
  tx.run(
    `INSERT INTO ${table} (version, digest, manifest, signed_at, accepted_at) VALUES (?, ?, ?, ?, ?)`,
    version,
    digest,
    document.manifest,
    document.signedAt,
    at,
  )
}

/** Puts a policy in force inside somebody's audited change; `at` in milliseconds UTC. */
export const insertPolicy = (tx: WriteHandle, document: AcceptedDocument, at: number): void =>
  insertInto(tx, 'trust_policy', document, at)

const versioned = z.object({ version: z.number().int().min(1) })

/** The version that a document gives itself, and the SHA-256 of its bytes. */
export const describeDocument = ({ manifest }: AcceptedDocument): { version: number; digest: string } => {
  const document = parseCanonical(manifest)
  if (!document.ok) throw new AirlockError(document.code)
  return { version: versioned.parse(document.value).version, digest: sha256Hex(manifest) }
}

/** What is stored, parsed. Errors: `policy.equivocation` (it does not have its digest any more). */
export const readStored = <T>(stored: z.infer<typeof row>, schema: z.ZodType<T>): { value: T; digest: string } => {
  const document = parseCanonical(stored.manifest)
  const parsed = document.ok ? schema.safeParse(document.value) : undefined
  if (parsed?.success !== true || sha256Hex(stored.manifest) !== stored.digest) {
    throw new AirlockError('policy.equivocation', { stored: stored.digest })
  }
  return { value: parsed.data, digest: stored.digest }
}
