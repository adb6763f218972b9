// SPDX-License-Identifier: Apache-2.0
import type { Actor } from '../audit/entry.ts'
import type { WriteHandle } from '../store/open.ts'

/** What a person may be here. A person has one or more; each call of the contract names those that may make it. */
export const roles = ['technician', 'officer', 'administrator', 'auditor', 'developer'] as const
export type Role = (typeof roles)[number]

/** A person who is signed in on one port of the station. */
export type Session = {
  readonly id: string
  readonly personId: string
  readonly login: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Why the password has to be changed before anything else: somebody else gave it, or it has grown old. */
  readonly owes?: 'temporary' | 'ended'
}

/** The session's person as the audit log writes it; the role is the one that made the act possible. */
export const actorOf = (session: Session, role: Role): Actor => ({
  uid: session.personId,
  login: session.login,
  name: session.name,
  role,
})

/** Proof that the session's person has just given their password: short-lived, for one signature. */
export type Reauthentication = { readonly session: Session; readonly at: number; readonly nonce: string }

/** What a signature says (21 CFR 11.50). */
export const meanings = ['author', 'reviewed', 'approved', 'rejected', 'witnessed'] as const
export type Meaning = (typeof meanings)[number]

/** An electronic signature bound to the digest of what was signed (21 CFR 11.70). */
export type SignatureRecord = {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly meaning: Meaning
  /** Milliseconds UTC. */
  readonly signedAt: number
  readonly zoneOffset: number
  readonly object: { readonly type: string; readonly id: string }
  /** Lower-case hex SHA-256 of the content that was shown. */
  readonly contentDigest: string
}

/** The one primitive for electronic signatures. `requestedBy` is refused as signer (`export.same-person`). */
export type Signatures = {
  /** Checks the password again. Errors: `person.credentials`, `person.locked`. */
  reauthenticate(session: Session, password: string): Promise<Reauthentication>
  /** Writes the signature inside the caller's audited change; a proof serves once and for two minutes. */
  sign(
    tx: WriteHandle,
    proof: Reauthentication,
    what: { meaning: Meaning; object: { type: string; id: string }; contentDigest: string; requestedBy?: string },
  ): SignatureRecord
  /** The signatures on an object; `valid` compares the stored digest with the digest of the content as it is now. */
  of(
    object: { type: string; id: string },
    currentDigest: string,
  ): readonly (SignatureRecord & { readonly valid: boolean })[]
}
