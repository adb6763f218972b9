// SPDX-License-Identifier: Apache-2.0
import { hash } from 'node:crypto'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { LeafValue } from '../audit/entry.ts'
import type { ReadHandle, WriteHandle } from '../store/open.ts'
import { foldLogin, isLogin, isName, skeleton } from './names.ts'
import type { Credential } from './password.ts'
import { roles as allRoles, type Role } from './session.ts'

/** A person of the station. Without a credential nobody can sign in as them. */
export type Person = {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly active: boolean
  readonly credential: Credential | undefined
}

/** All people by id. */
export type People = ReadonlyMap<string, Person>

const rowSchema = z.strictObject({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  roles: z.string(),
  active: z.int(),
  scrypt_n: z.int().nullable(),
  scrypt_r: z.int().nullable(),
  scrypt_p: z.int().nullable(),
  salt: z.string().nullable(),
  hash: z.string().nullable(),
})

const isRole = (text: string): text is Role => allRoles.some((role) => role === text)

/** Roles in the order of the table, each once; what is no role is left out. */
export const sortRoles = (given: readonly string[]): Role[] => allRoles.filter((role) => given.includes(role))

/** Who stands in the table. What cannot be read as a person counts as changed: no role, no credential. */
export const readPeople = (read: ReadHandle): Map<string, Person> => {
  const rows = read.all(
    `SELECT id, login, name, roles, active, scrypt_n, scrypt_r, scrypt_p,
      lower(hex(salt)) AS salt, lower(hex(hash)) AS hash FROM person`,
  )
  return new Map(
    rows.map((row) => {
      const { id, login, name, roles, active, scrypt_n: N, scrypt_r: r, scrypt_p: p, salt, hash } = rowSchema.parse(row)
      const whole = N !== null && r !== null && p !== null && salt !== null && hash !== null
      const credential = whole && hash !== '' ? { N, r, p, salt, hash } : undefined
      return [id, { id, login, name, roles: roles.split(' ').filter(isRole), active: active === 1, credential }]
    }),
  )
}

/** Writes a person over what stands there. */
export const writePerson = (tx: WriteHandle, { id, login, name, roles, active, credential }: Person): void => {
  const { N, r, p, salt, hash } = credential ?? { N: null, r: null, p: null, salt: null, hash: null }
  tx.run(
    `INSERT INTO person (id, login, folded, name, roles, active, scrypt_n, scrypt_r, scrypt_p, salt, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, unhex(?), unhex(?))
      ON CONFLICT (id) DO UPDATE SET login = excluded.login, folded = excluded.folded, name = excluded.name,
        roles = excluded.roles, active = excluded.active, scrypt_n = excluded.scrypt_n, scrypt_r = excluded.scrypt_r,
        scrypt_p = excluded.scrypt_p, salt = excluded.salt, hash = excluded.hash`,
    id,
    login,
    foldLogin(login),
    name,
    roles.join(' '),
    active ? 1 : 0,
    N,
    r,
    p,
    salt,
    hash,
  )
}

/** Digest of a credential: it binds the stored hash to the log without giving it away. */
export const credentialDigest = (credential: Credential | undefined): string | null => {
  if (credential === undefined) return null
  const { N, r, p, salt, hash: stored } = credential
  return hash('sha256', `scrypt ${N} ${r} ${p} ${salt} ${stored}`, 'hex')
}

/** A person as the log writes them. */
export const personValue = (person: Person) => ({
  login: person.login,
  name: person.name,
  roles: person.roles,
  active: person.active,
  credential: credentialDigest(person.credential),
})

/** Digest of all people: one entry's digest proves or disproves the whole table. */
export const peopleDigest = (people: People): string => {
  const list: LeafValue[] = Array.from(people.values())
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((person) => [person.id, personValue(person)])
  return hash('sha256', JSON.stringify(list), 'hex')
}

/**
 * Refuses what may not become a person. Errors: `person.name-rule`, `person.exists` (login taken, also by somebody
 * deactivated; or a name that looks like somebody else's), `person.not-allowed` (no role; administrator and officer
 * in one person).
 */
export const requirePerson = (person: Person, people: People): void => {
  if (!isLogin(person.login)) throw new AirlockError('person.name-rule', { field: 'login' })
  if (!isName(person.name)) throw new AirlockError('person.name-rule', { field: 'name' })
  for (const other of people.values()) {
    if (other.id === person.id) continue
    if (foldLogin(other.login) === foldLogin(person.login)) throw new AirlockError('person.exists', { field: 'login' })
    if (other.name !== person.name && skeleton(other.name) === skeleton(person.name)) {
      throw new AirlockError('person.exists', { field: 'name' })
    }
  }
  if (person.roles.length === 0) throw new AirlockError('person.not-allowed', { why: 'no role' })
  if (person.roles.includes('administrator') && person.roles.includes('officer')) {
    throw new AirlockError('person.not-allowed', { why: 'administrator and officer are two people' })
  }
}
