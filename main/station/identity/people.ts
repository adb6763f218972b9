// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { stationActor, type Actor } from '../audit/entry.ts'
import { newId } from '../platform/ids.ts'
import type { Store } from '../store/open.ts'
import { foldLogin } from './names.ts'
import { hashPassword, passwordFault, type Queue, type ScryptCost } from './password.ts'
import { requirePerson, sortRoles, type People, type Person } from './person.ts'
import type { Mismatch } from './reconcile.ts'
import { openRegister, unlessReadOnly, type DistrustfulLog } from './register.ts'
import type { Role } from './session.ts'

/** What somebody gives to make an account. */
export type NewPerson = {
  readonly login: string
  readonly name: string
  readonly password: string
  readonly roles: readonly Role[]
}

/** The accounts of a station; each change is an entry with the values before and after. */
export type PeopleStore = {
  /** True until the first people are made. */
  isEmpty(): boolean
  all(): readonly Person[]
  byId(id: string): Person | undefined
  /** By login in any case; also the deactivated. */
  byLogin(login: string): Person | undefined
  create(actor: Actor, wanted: NewPerson): Promise<Person>
  createFirst(wanted: readonly NewPerson[]): Promise<readonly Person[]>
  setRoles(actor: Actor, id: string, roles: readonly Role[], reason: string): Person
  deactivate(actor: Actor, id: string, reason: string): Person
  setPassword(actor: Actor, id: string, password: string, reason: string): Promise<Person>
  /** Hashes a password that was just checked with the cost of today. Not queued: the check that asks for it is. */
  renewPassword(id: string, password: string): Promise<void>
  /** Whose rows were changed outside Airlock, found when the station opened. */
  readonly mismatches: readonly Mismatch[]
}

export type PeopleDependencies = {
  readonly store: Store
  readonly audit: DistrustfulLog
  /** Cost of new passwords. */
  readonly cost: ScryptCost
  readonly queue: Queue
}

/** Who makes the first people: nobody is signed in yet. */
const setUpActor: Actor = { uid: 'setup', login: 'setup', name: 'First set-up', role: 'setup' }

/**
 * The accounts, checked against the log as the station opens; afterwards memory is what counts, so that a row that is
 * edited while the station runs changes nothing until the next start finds it.
 */
export const createPeople = ({ store, audit, cost, queue }: PeopleDependencies): PeopleStore => {
  const { people, mismatches, put } = openRegister(store, audit)

  const known = (id: string): Person => {
    const person = people.get(id)
    if (person === undefined) throw new AirlockError('not-found', { person: id })
    return person
  }

  const prepare = async ({ login, name, password, roles }: NewPerson): Promise<Person> => {
    const person: Person = { id: newId(), login, name, roles: sortRoles(roles), active: true, credential: undefined }
    requirePerson(person, people)
    requirePassword(password, login)
    return { ...person, credential: await queue(() => hashPassword(password, cost)) }
  }

  const add = (actor: Actor, person: Person): Person => {
    // Again: somebody else may have taken the login while the password was hashed.
    requirePerson(person, people)
    return put(actor, 'person.create', person)
  }

  return {
    mismatches,
    isEmpty: () => people.size === 0,
    all: () => Array.from(people.values()).sort((a, b) => (a.login < b.login ? -1 : 1)),
    byId: (id) => people.get(id),
    byLogin: (login) => Array.from(people.values()).find((person) => foldLogin(person.login) === foldLogin(login)),
    create: async (actor, wanted) => add(actor, await prepare(wanted)),
    async createFirst(wanted) {
      const prepared = []
      for (const one of wanted) prepared.push(await prepare(one))
      requireFirst(people, prepared)
      return prepared.map((person) => add(setUpActor, person))
    },
    setRoles(actor, id, given, reason) {
      const person = known(id)
      const next = { ...person, roles: sortRoles(given) }
      requirePerson(next, people)
      if (actor.uid === id && next.roles.some((role) => !person.roles.includes(role))) {
        throw new AirlockError('person.not-allowed', { why: 'a role for oneself' })
      }
      if (!next.roles.includes('administrator')) keepAdministrator(people, id)
      return put(actor, 'person.roles', next, reason)
    },
    deactivate(actor, id, reason) {
      const person = known(id)
      keepAdministrator(people, id)
      return put(actor, 'person.deactivate', { ...person, active: false }, reason)
    },
    async setPassword(actor, id, password, reason) {
      requirePassword(password, known(id).login)
      const credential = await queue(() => hashPassword(password, cost))
      return put(actor, 'person.password', { ...known(id), credential }, reason)
    },
    async renewPassword(id, password) {
      const credential = await hashPassword(password, cost)
      unlessReadOnly(() => void put(stationActor, 'person.password', { ...known(id), credential }, 'higher cost'))
    },
  }
}

const keepAdministrator = (people: People, without: string): void => {
  const left = Array.from(people.values()).some(
    ({ id, active, roles }) => id !== without && active && roles.includes('administrator'),
  )
  if (!left) throw new AirlockError('person.not-allowed', { why: 'the last administrator' })
}

const requireFirst = (people: People, first: readonly Person[]): void => {
  if (people.size > 0) throw new AirlockError('person.not-allowed', { why: 'there are people already' })
  if (!first.some(({ roles }) => roles.includes('administrator'))) {
    throw new AirlockError('person.not-allowed', { why: 'no administrator' })
  }
  // Two that exclude each other are found before the first one is written.
  for (const [index, person] of first.entries()) {
    requirePerson(person, new Map(first.slice(0, index).map((earlier) => [earlier.id, earlier])))
  }
}

const requirePassword = (password: string, login: string): void => {
  const rule = passwordFault(password, login)
  if (rule !== undefined) throw new AirlockError('person.password-rule', { rule })
}
