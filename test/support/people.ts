// SPDX-License-Identifier: Apache-2.0
import {
  createIdentity,
  identityLimits,
  type Identity,
  type IdentityLimits,
} from '../../main/station/identity/identity.ts'
import type { PasswordCost } from '../../main/station/identity/password.ts'
import type { Migration } from '../../main/station/store/migrate.ts'
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { identityMigration } from '../../main/station/store/migrations/0002-identity.ts'
import { peopleMigration } from '../../main/station/store/migrations/0014-people.ts'
import type { Actor } from '../../main/station/audit/entry.ts'
import { testLog, type TestLog } from './audit.ts'
import { testClock } from './clock.ts'

/** Passwords that cost a millisecond: only for tests. */
export const cheap: PasswordCost = { minimum: { N: 1024, r: 8, p: 1 }, target: { N: 1024, r: 8, p: 1 } }

/** The people of the tests; all have the same password. */
export const testPassword = 'Kupfer-Esel-17'
export const testPeople = [
  { login: 'ada', name: 'Ada Okafor', password: testPassword, roles: ['administrator'] },
  { login: 'olga', name: 'Olga Brandt', password: testPassword, roles: ['officer'] },
] as const

/** Somebody who acts as administrator. */
export const actorOf = (identity: Identity, login: string): Actor => {
  const person = identity.list().find((one) => one.login === login)
  if (person === undefined) throw new Error(`nobody is called ${login}`)
  return { uid: person.id, login, name: person.name, role: person.roles.join(' ') }
}

/** A station with two people, on a real log. */
export type TestIdentity = TestLog & {
  clock: ReturnType<typeof testClock>
  identity: Identity
  /** Closes the store as a crash would, lets `edit` work on the file, and opens everything again. */
  restart(edit?: (database: string) => void): TestIdentity
}

const open = (log: TestLog, clock: ReturnType<typeof testClock>, limits: IdentityLimits): TestIdentity => ({
  ...log,
  clock,
  identity: createIdentity({ store: log.store, audit: log.audit, clock, limits, cost: cheap }),
  restart(edit) {
    log.store.close()
    edit?.(log.database)
    return open(log.reopen(), clock, limits)
  },
})

/** Makes the station and its first people. */
export const testIdentity = async (
  limits: IdentityLimits = identityLimits,
  migrations: readonly Migration[] = [auditMigration, identityMigration, peopleMigration],
): Promise<TestIdentity> => {
  const clock = testClock()
  const made = open(testLog(clock, migrations), clock, limits)
  await made.identity.setUpFirstPeople(testPeople)
  return made
}
