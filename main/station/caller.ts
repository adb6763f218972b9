// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Access } from '../../shared/rpc/contract-table.ts'
import { actorOf, roles, type Role, type Session } from './identity/session.ts'
import type { Actor } from './audit/entry.ts'

/** Who makes a call: the port, the person signed in on it, and the role that makes the call possible. */
export type Caller = { readonly portId: string; readonly session: Session | undefined; readonly role: Role | undefined }

/** A caller who is signed in. */
export type Person = { readonly session: Session; readonly actor: Actor }

/**
 * Whether a call with these roles may be made; default is no. Errors: `station.not-set-up`, `station.is-set-up`,
 * `person.signed-out`, `person.not-allowed`; `person.password-temporary` and `person.password-ended` while the password has
 * to be changed first.
 */
export const admit = (
  access: readonly Access[],
  { portId, session, needsSetUp }: { portId: string; session: Session | undefined; needsSetUp: boolean },
): Caller => {
  const nobody: Caller = { portId, session: undefined, role: undefined }
  if (needsSetUp) {
    if (access.includes('setup')) return nobody
    throw new AirlockError('station.not-set-up')
  }
  if (access.every((who) => who === 'setup')) throw new AirlockError('station.is-set-up')
  if (session === undefined) {
    if (access.includes('signed-out')) return nobody
    throw new AirlockError('person.signed-out')
  }
  if (session.owes !== undefined && !access.includes('owing')) {
    if (access.includes('signed-out')) return nobody
    throw new AirlockError(session.owes === 'ended' ? 'person.password-ended' : 'person.password-temporary')
  }
  const role = roles.find((name) => session.roles.includes(name) && access.includes(name))
  if (role !== undefined) return { portId, session, role }
  if (access.includes('anyone')) return { portId, session, role: session.roles[0] }
  throw new AirlockError('person.not-allowed')
}

/** The person of a call that the contract opens to people only. Errors: `person.signed-out`. */
export const personOf = ({ session, role }: Caller): Person => {
  if (session === undefined || role === undefined) throw new AirlockError('person.signed-out')
  return { session, actor: actorOf(session, role) }
}
