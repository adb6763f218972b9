// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { peopleCalls } from '../../shared/contract/people-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { personOf, type Caller } from './caller.ts'
import type { PersonView } from './identity/identity.ts'
import { readPreferences, writePreferences } from './identity/preferences.ts'
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

const toAccount = ({ lastSignIn, lastFailure, locked, temporary, ...view }: PersonView) => ({
  ...toPerson(view),
  lastSignIn,
  lastFailure,
  locked,
  temporary,
})

/** Signing in and out, and the people of the station. */
export const peopleHandlers = ({ identity, store }: Parts): PeopleHandlers => ({
  'session.signIn': async ({ login, password }, { portId }, signal) => {
    const { session, last } = await identity.signIn(portId, login, password)
    if (signal.aborted) {
      // The port went, or the person changed their mind, while the password was checked.
      identity.signOut(portId)
      signal.throwIfAborted()
    }
    const { personId: id, name, roles, owes = null } = session
    const person = toPerson({ id, login: session.login, name, roles, active: true })
    return { person, ...last, owes, preferences: readPreferences(store, id) }
  },
  'session.signOut': (_nothing, { portId }) => {
    identity.signOut(portId)
    return {}
  },
  'session.changePassword': async ({ password, wanted }, caller) => {
    await identity.changePassword(caller.portId, personOf(caller).session, password, wanted)
    return {}
  },
  'session.prefer': (wanted, caller) => {
    writePreferences(store, personOf(caller).session.personId, wanted)
    return {}
  },
  'people.list': () => ({ people: identity.list().map(toAccount) }),
  'people.create': async (wanted, caller) => toAccount(await identity.createPerson(personOf(caller).actor, wanted)),
  'people.rename': ({ id, name, reason }, caller) =>
    toAccount(identity.rename(personOf(caller).actor, id, name, reason)),
  'people.setRoles': ({ id, roles, reason }, caller) =>
    toAccount(identity.setRoles(personOf(caller).actor, id, roles, reason)),
  'people.resetPassword': async ({ id, password, reason }, caller) =>
    toAccount(await identity.resetPassword(personOf(caller).actor, id, password, reason)),
  'people.unlock': ({ id, reason }, caller) => {
    identity.unlock(personOf(caller).actor, id, reason)
    return {}
  },
  'people.deactivate': ({ id, reason }, caller) => {
    identity.deactivate(personOf(caller).actor, id, reason)
    return {}
  },
  'people.activate': ({ id, reason }, caller) => {
    identity.activate(personOf(caller).actor, id, reason)
    return {}
  },
})
