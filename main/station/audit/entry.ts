// SPDX-License-Identifier: Apache-2.0
import type { AuditAction } from '../../../shared/audit-actions.ts'
import type { WriteHandle } from '../store/open.ts'

/** Who acted. Names and roles are copied into the leaf, so that later renames do not rewrite history. */
export type Actor = { readonly uid: string; readonly login: string; readonly name: string; readonly role: string }

/** The station itself: start-up, recovery, scheduled work. */
export const stationActor: Actor = { uid: 'station', login: 'station', name: 'Airlock station', role: 'station' }

/** Strings, whole numbers within ±(2^53−1), booleans, null, lists and objects of them. No floats, no undefined. */
export type LeafValue = string | number | boolean | null | readonly LeafValue[] | { readonly [key: string]: LeafValue }

/** Bytes kept elsewhere that an entry speaks of. */
export type Evidence = { readonly type: string; readonly sha256: string; readonly bytes: number }

/** What a caller says of an act; the log adds sequence, id, times, boot, station, version and salt. */
export type AuditEntry = {
  readonly actor: Actor
  readonly secondActor?: Actor
  readonly session?: string
  /** One of a closed list: the page has words for each. */
  readonly action: AuditAction
  readonly object: { readonly type: string; readonly id: string }
  readonly outcome: 'ok' | 'refused' | 'failed'
  /** A code of the catalogue, or the reason that a person gave. */
  readonly reason?: string
  readonly before?: LeafValue
  readonly after?: LeafValue
  readonly evidence?: readonly Evidence[]
  /** Id that ties the entries of one story together: a job, an export request. */
  readonly corr?: string
}

/** A change that is on disk together with its entry. */
export type Recorded<T> = { readonly result: T; readonly seq: number; readonly entryId: string }

/**
 * The only door to regulated tables: the change, its leaf, the tree and the signed head are one transaction.
 * Errors: `audit.read-only` after a mismatch with the head file, `audit.entry` for an entry that cannot be a leaf,
 * `storage.full`, `storage.io`. When it throws, nothing was changed.
 */
export type AuditLog = {
  change<T>(entry: AuditEntry | ((result: T) => AuditEntry), work: (tx: WriteHandle) => T): Recorded<T>
  /** An entry without a change of its own: a refusal, a start, a sign-in. */
  note(entry: AuditEntry): Recorded<void>
  /** The newest signed head: entries, RFC 6962 root (hex), C2SP checkpoint text. */
  head(): { readonly size: number; readonly root: string; readonly note: string }
  /** RFC 6962 inclusion proof (hex hashes) of the entry `seq` in the tree of the newest head, with the leaf's bytes. */
  prove(seq: number): { readonly leaf: Uint8Array; readonly size: number; readonly proof: readonly string[] }
}
