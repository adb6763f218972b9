// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { brokenRules } from '../../../shared/password-rules.ts'
import { stationActor, type Actor } from '../audit/entry.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Store } from '../store/open.ts'
import { foldLogin } from './names.ts'
import { rememberFormer, requireNew } from './former-passwords.ts'
import { hashPassword, type Credential, type Queue, type ScryptCost } from './password.ts'
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
  /** Somebody else knows the password: it has to be changed at the first sign-in. */
  readonly temporary?: boolean
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
  rename(actor: Actor, id: string, name: string, reason: string): Person
  deactivate(actor: Actor, id: string, reason: string): Person
  activate(actor: Actor, id: string, reason: string): Person
  /** By the person: none of the last four again. By somebody else: `temporary`. */
  setPassword(actor: Actor, id: string, password: string, how: { temporary: boolean; reason: string }): Promise<Person>
  /** Hashes a password that was just checked with the cost of today. Not queued: the check that asks for it is. */
  renewPassword(id: string, password: string): Promise<void>
  /** Whose rows were changed outside Airlock, found when the station opened. */
  readonly mismatches: readonly Mismatch[]
}

export type PeopleDependencies = {
  readonly store: Store
  readonly audit: DistrustfulLog
  readonly clock: Clock
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
export const createPeople = ({ store, audit, clock, cost, queue }: PeopleDependencies): PeopleStore => {
  const { people, mismatches, put } = openRegister(store, audit)

  const known = (id: string): Person => {
    const person = people.get(id)
    if (person === undefined) throw new AirlockError('not-found', { person: id })
    return person
  }

  const credentialFor = async (password: string, temporary: boolean): Promise<Credential> => {
    const hashed = await queue(() => hashPassword(password, cost))
    return { ...hashed, setAt: clock.now(), temporary }
  }

  const prepare = async ({ login, name, password, roles, temporary = false }: NewPerson): Promise<Person> => {
    const person: Person = { id: newId(), login, name, roles: sortRoles(roles), active: true, credential: undefined }
    requirePerson(person, people)
    requirePassword(password, login)
    return { ...person, credential: await credentialFor(password, temporary) }
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
      if (actor.uid === id) throw new AirlockError('person.own-role')
      keepOneOfEach(people, next)
      return put(actor, 'person.roles', next, reason)
    },
    deactivate(actor, id, reason) {
      const next = { ...known(id), active: false }
      keepOneOfEach(people, next)
      return put(actor, 'person.deactivate', next, reason)
    },
    activate: (actor, id, reason) => put(actor, 'person.activate', { ...known(id), active: true }, reason),
    rename(actor, id, name, reason) {
      const next = { ...known(id), name }
      requirePerson(next, people)
      return put(actor, 'person.rename', next, reason)
    },
    async setPassword(actor, id, password, { temporary, reason }) {
      const before = known(id)
      requirePassword(password, before.login)
      if (!temporary) await queue(() => requireNew(store.read, before, password))
      const credential = await credentialFor(password, temporary)
      return put(actor, 'person.password', { ...known(id), credential }, reason, (tx) => rememberFormer(tx, before))
    },
    async renewPassword(id, password) {
      const { setAt = null, temporary = false } = known(id).credential ?? {}
      const credential = { ...(await hashPassword(password, cost)), setAt, temporary }
      unlessReadOnly(() => void put(stationActor, 'person.password', { ...known(id), credential }, 'higher cost'))
    },
  }
}

/** A station without an administrator or without an officer could never be helped again. */
const keepOneOfEach = (people: People, next: Person): void => {
  for (const role of ['administrator', 'officer'] as const) {
    const has = (person: Person): boolean => person.active && person.roles.includes(role)
    const before = people.get(next.id)
    const others = Array.from(people.values()).some((person) => person.id !== next.id && has(person))
    if (before !== undefined && has(before) && !has(next) && !others) throw new AirlockError('person.last-one')
  }
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
  const [rule] = brokenRules(password, login)
  if (rule !== undefined) throw new AirlockError(`person.password-${rule}`)
}
