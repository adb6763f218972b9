// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { peopleCalls } from '../../shared/contract/people-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { personOf, type Caller } from './caller.ts'
import type { Role } from './identity/session.ts'
import type { Parts } from './parts.ts'

type PeopleHandlers = Pick<Handlers<Contract, Caller>, keyof typeof peopleCalls>
type Named = {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly active: boolean
}

/** A person as the contract shows them. */
export const toPerson = ({ id, login, name, roles, active }: Named) => ({ id, login, name, roles: [...roles], active })

/** Signing in and out, and the people of the station. */
export const peopleHandlers = ({ identity }: Parts): PeopleHandlers => ({
  'session.signIn': async ({ login, password }, { portId }, signal) => {
    const { session, last } = await identity.signIn(portId, login, password)
    if (signal.aborted) {
      // The port went, or the person changed their mind, while the password was checked.
      identity.signOut(portId)
      signal.throwIfAborted()
    }
    const { personId: id, name, roles } = session
    return { person: toPerson({ id, login: session.login, name, roles, active: true }), ...last }
  },
  'session.signOut': (_nothing, { portId }) => {
    identity.signOut(portId)
    return {}
  },
  'people.list': () => ({ people: identity.list().map(toPerson) }),
  'people.create': async (wanted, caller) => toPerson(await identity.createPerson(personOf(caller).actor, wanted)),
  'people.deactivate': ({ id, reason }, caller) => {
    identity.deactivate(personOf(caller).actor, id, reason)
    return {}
  },
})
