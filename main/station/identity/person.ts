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
  password_set_ms: z.int().nullable(),
  temporary: z.int(),
})

const isRole = (text: string): text is Role => allRoles.some((role) => role === text)

/** Roles in the order of the table, each once; what is no role is left out. */
export const sortRoles = (given: readonly string[]): Role[] => allRoles.filter((role) => given.includes(role))

const credentialOf = (kept: Omit<z.infer<typeof rowSchema>, 'id' | 'login' | 'name' | 'roles' | 'active'>) => {
  const { scrypt_n: N, scrypt_r: r, scrypt_p: p, salt, hash: stored, password_set_ms: setAt, temporary } = kept
  if (N === null || r === null || p === null || salt === null || stored === null || stored === '') return undefined
  return { N, r, p, salt, hash: stored, setAt, temporary: temporary === 1 }
}

/** Who stands in the table. What cannot be read as a person counts as changed: no role, no credential. */
export const readPeople = (read: ReadHandle): Map<string, Person> => {
  const rows = read.all(
    `SELECT id, login, name, roles, active, scrypt_n, scrypt_r, scrypt_p,
      lower(hex(salt)) AS salt, lower(hex(hash)) AS hash, password_set_ms, temporary FROM person`,
  )
  return new Map(
    rows.map((row) => {
      const { id, login, name, roles, active, ...kept } = rowSchema.parse(row)
      const credential = credentialOf(kept)
      return [id, { id, login, name, roles: roles.split(' ').filter(isRole), active: active === 1, credential }]
    }),
  )
}

/** Writes a person over what stands there. */
export const writePerson = (tx: WriteHandle, { id, login, name, roles, active, credential }: Person): void => {
  const none = { N: null, r: null, p: null, salt: null, hash: null, setAt: null, temporary: false }
  const { N, r, p, salt, hash, setAt, temporary } = credential ?? none
  tx.run(
    `INSERT INTO person (id, login, folded, name, roles, active, scrypt_n, scrypt_r, scrypt_p, salt, hash,
        password_set_ms, temporary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, unhex(?), unhex(?), ?, ?)
      ON CONFLICT (id) DO UPDATE SET login = excluded.login, folded = excluded.folded, name = excluded.name,
        roles = excluded.roles, active = excluded.active, scrypt_n = excluded.scrypt_n, scrypt_r = excluded.scrypt_r,
        scrypt_p = excluded.scrypt_p, salt = excluded.salt, hash = excluded.hash,
        password_set_ms = excluded.password_set_ms, temporary = excluded.temporary`,
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
    setAt,
    temporary ? 1 : 0,
  )
}

/** Digest of a credential: it binds the stored hash, its age and its mark to the log without giving it away. */
export const credentialDigest = (credential: Credential | undefined): string | null => {
  if (credential === undefined) return null
  const { N, r, p, salt, hash: stored, setAt, temporary } = credential
  const since = setAt === null ? '' : ` ${setAt}${temporary ? ' temporary' : ''}`
  return hash('sha256', `scrypt ${N} ${r} ${p} ${salt} ${stored}${since}`, 'hex')
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
 * Refuses what may not become a person. Errors: `person.login-rule`, `person.name-rule`, `person.exists` (login taken,
 * also by somebody who left), `person.name-taken` (it looks like somebody else's), `person.no-role`, `person.two-roles`
 * (administrator and officer in one person).
 */
export const requirePerson = (person: Person, people: People): void => {
  if (!isLogin(person.login)) throw new AirlockError('person.login-rule')
  if (!isName(person.name)) throw new AirlockError('person.name-rule')
  for (const other of people.values()) {
    if (other.id === person.id) continue
    if (foldLogin(other.login) === foldLogin(person.login)) throw new AirlockError('person.exists')
    if (other.name !== person.name && skeleton(other.name) === skeleton(person.name)) {
      throw new AirlockError('person.name-taken')
    }
  }
  if (person.roles.length === 0) throw new AirlockError('person.no-role')
  if (person.roles.includes('administrator') && person.roles.includes('officer')) {
    throw new AirlockError('person.two-roles')
  }
}
