// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { Millis } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Store } from '../store/open.ts'
import { meanings, type Session, type SignatureRecord, type Signatures } from './session.ts'

/** What signatures need of the rest of identity. */
export type SignatureDependencies = {
  readonly store: Store
  readonly clock: Clock
  /** How long a proof serves. */
  readonly proofTime: Millis
  /** Errors: `person.credentials`, `person.locked`. */
  readonly checkPassword: (session: Session, password: string) => Promise<void>
}

const rowSchema = z.strictObject({
  id: z.string(),
  person: z.string(),
  name: z.string(),
  meaning: z.enum(meanings),
  signed_ms: z.int(),
  zone_offset: z.int(),
  object_type: z.string(),
  object_id: z.string(),
  content_digest: z.string(),
})

const toRecord = (row: unknown): SignatureRecord => {
  const parsed = rowSchema.parse(row)
  return {
    id: parsed.id,
    personId: parsed.person,
    name: parsed.name,
    meaning: parsed.meaning,
    signedAt: parsed.signed_ms,
    zoneOffset: parsed.zone_offset,
    object: { type: parsed.object_type, id: parsed.object_id },
    contentDigest: parsed.content_digest,
  }
}

/**
 * Electronic signatures (21 CFR 11.50, 11.70): by a password given for this one signature, bound to the digest of what was
 * shown. A proof that was made, used, aged or belongs to another session opens nothing (`person.signed-out`).
 */
export const createSignatures = ({ store, clock, proofTime, checkPassword }: SignatureDependencies): Signatures => {
  const proofs = new Map<string, { readonly sessionId: string; readonly made: bigint }>()
  const aged = (made: bigint): boolean => clock.monotonic() - made > BigInt(proofTime) * 1_000_000n

  /** Takes a proof out: it serves once, also when the signature then fails. */
  const spend = (nonce: string, sessionId: string): void => {
    const proof = proofs.get(nonce)
    proofs.delete(nonce)
    if (proof === undefined || proof.sessionId !== sessionId || aged(proof.made)) {
      throw new AirlockError('person.signed-out', { why: 'the password must be given again' })
    }
  }

  return {
    async reauthenticate(session, password) {
      await checkPassword(session, password)
      for (const [nonce, { made }] of proofs) if (aged(made)) proofs.delete(nonce)
      const nonce = newId()
      proofs.set(nonce, { sessionId: session.id, made: clock.monotonic() })
      return { session, at: clock.now(), nonce }
    },
    sign(tx, { session, nonce }, { meaning, object, contentDigest, requestedBy }) {
      spend(nonce, session.id)
      if (requestedBy === session.personId) throw new AirlockError('export.same-person')
      const record: SignatureRecord = {
        id: newId(),
        personId: session.personId,
        name: session.name,
        meaning,
        signedAt: clock.now(),
        zoneOffset: clock.zoneOffset(),
        object: { type: object.type, id: object.id },
        contentDigest,
      }
      tx.run(
        `INSERT INTO signature (id, person, name, meaning, signed_ms, zone_offset, object_type, object_id,
          content_digest, nonce) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        record.id,
        record.personId,
        record.name,
        meaning,
        record.signedAt,
        record.zoneOffset,
        object.type,
        object.id,
        contentDigest,
        nonce,
      )
      return record
    },
    of: (object, currentDigest) =>
      store.read
        .all(
          `SELECT id, person, name, meaning, signed_ms, zone_offset, object_type, object_id, content_digest
            FROM signature WHERE object_type = ? AND object_id = ? ORDER BY signed_ms, id`,
          object.type,
          object.id,
        )
        .map(toRecord)
        .map((record) => ({ ...record, valid: record.contentDigest === currentDigest })),
  }
}
