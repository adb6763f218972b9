// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { stationActor } from '../audit/entry.ts'
import { actorOf, type Reauthentication, type Role, type SignatureRecord } from '../identity/session.ts'
import type { ExportContext } from './exports.ts'
import { previewDigest, readPreview } from './preview-store.ts'
import { readRequest, requireState, updateRequest, type ExportRow } from './request.ts'

/** What the approving person was shown. */
export type Shown = {
  readonly id: string
  /** The digest on the screen; another one than the stored means that the data changed since. */
  readonly contentDigest: string
  /** Fields, new since the last approval, that the person lets out; all of them, or nothing is signed. */
  readonly newFields?: readonly string[]
}

const objectOf = (id: string) => ({ type: 'export', id })

/**
 * Approves exactly the bytes that were shown: the signature is bound to this request and to its content digest, and the
 * bytes on the disk are hashed again before it is given. Errors: `export.same-person`, `export.changed`,
 * `export.new-field` (one is undecided), `export.state`, and those of the signature. A refusal is in the log too.
 */
export const approveExport = (context: ExportContext, shown: Shown, proof: Reauthentication, role: Role): ExportRow => {
  const { audit, store, signatures, folder } = context
  const { session } = proof
  const actor = actorOf(session, role)
  const refuse = (code: 'export.changed' | 'export.same-person' | 'export.new-field', details = {}): never => {
    audit.note({
      actor,
      session: session.id,
      action: 'export.approve',
      object: objectOf(shown.id),
      outcome: 'refused',
      reason: code,
      corr: shown.id,
    })
    throw new AirlockError(code, { export: shown.id, ...details })
  }
  const row = requireState(store.read, shown.id, 'requested')
  if (row.requested_by === session.personId) refuse('export.same-person')
  if (row.content_digest !== shown.contentDigest) refuse('export.changed')
  if (!context.clear.isWhole(row.tables)) {
    voidExport(context, row.id, 'export.changed')
    throw new AirlockError('export.changed', { export: row.id })
  }
  const undecided = readPreview(folder, store.read, row).newFields.filter((field) => !shown.newFields?.includes(field))
  if (undecided.length > 0) refuse('export.new-field', { fields: undecided.join(' ') })
  const preview = previewDigest(folder, row.id)
  const { seq } = audit.change<SignatureRecord>(
    (signature) => ({
      actor,
      session: session.id,
      action: 'export.approve',
      object: objectOf(row.id),
      outcome: 'ok',
      before: { state: row.state },
      after: {
        state: 'approved',
        content: row.content_digest,
        preview,
        signature: signature.id,
        meaning: 'approved',
      },
      corr: row.id,
    }),
    (tx) => {
      const signature = signatures.sign(tx, proof, {
        meaning: 'approved',
        object: objectOf(row.id),
        contentDigest: row.content_digest,
        requestedBy: row.requested_by,
      })
      requireState(tx, row.id, 'requested')
      updateRequest(tx, row.id, 'approved', decision(signature, 'approved'))
      return signature
    },
  )
  // Where the entry stands in the log is known only now; without it the archive says the same with one proof less.
  store.transact((tx) => tx.run('UPDATE export_request SET decision_seq = ? WHERE id = ?', seq, row.id))
  return readRequest(store.read, row.id)
}

/** Sends a request back, signed and with a reason. Errors: `export.state`, `call.parameters`, those of the signature. */
export const rejectExport = (
  context: ExportContext,
  id: string,
  reason: string,
  proof: Reauthentication,
  role: Role,
): ExportRow => {
  const { audit, store, signatures } = context
  if (reason.trim() === '') throw new AirlockError('call.parameters', { what: 'reason' })
  const row = requireState(store.read, id, 'requested')
  const actor = actorOf(proof.session, role)
  const object = objectOf(id)
  audit.change(
    {
      actor,
      session: proof.session.id,
      action: 'export.reject',
      object,
      outcome: 'ok',
      reason,
      before: { state: row.state },
      after: { state: 'rejected', content: row.content_digest },
      corr: id,
    },
    (tx) => {
      const signature = signatures.sign(tx, proof, { meaning: 'rejected', object, contentDigest: row.content_digest })
      requireState(tx, id, 'requested')
      updateRequest(tx, id, 'rejected', decision(signature, reason))
    },
  )
  return readRequest(store.read, id)
}

/** Withdraws a request whose bytes are not the ones that were looked at any more. */
export const voidExport = ({ audit }: ExportContext, id: string, reason: string): void => {
  audit.change(
    {
      actor: stationActor,
      action: 'export.void',
      object: objectOf(id),
      outcome: 'ok',
      reason,
      after: { state: 'voided' },
      corr: id,
    },
    (tx) => updateRequest(tx, id, 'voided'),
  )
}

const decision = ({ personId, name, signedAt }: SignatureRecord, text: string) => ({
  personId,
  name,
  at: signedAt,
  text,
})
