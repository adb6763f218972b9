// SPDX-License-Identifier: Apache-2.0
import type { AuditAction } from '../../../shared/audit-actions.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Actor, AuditEntry, AuditLog } from '../audit/entry.ts'
import { strangerKey, type Attempts, type LastSignIns } from './attempts.ts'
import { foldLogin } from './names.ts'
import { checkPassword, isOutdated, type PasswordCost, type Queue } from './password.ts'
import type { PeopleStore } from './people.ts'
import type { Person } from './person.ts'
import { unlessReadOnly } from './register.ts'

/** Checks passwords, counts failures, locks. */
export type SignIn = {
  /**
   * The person whose login and password these are, and what came before this try. Which part was wrong, or that nobody has
   * the login, shows neither in the error nor in the time. Errors: `person.credentials`, `person.locked`, `call.rate`.
   */
  check(login: string, password: string, action: AuditAction): Promise<{ person: Person; last: LastSignIns }>
  /** Ends a lock before its time. */
  unlock(actor: Actor, person: Person, reason: string): void
}

export type SignInDependencies = {
  readonly audit: AuditLog
  readonly people: PeopleStore
  readonly attempts: Attempts
  readonly queue: Queue
  readonly cost: PasswordCost
}

/** How many tries are left is said from here on: the third wrong one of five. */
const warnedTries = 2

const stranger: Actor = { uid: 'unknown', login: '', name: '', role: 'signed-out' }

const actorFor = (person: Person | undefined): Actor =>
  person === undefined
    ? stranger
    : { uid: person.id, login: person.login, name: person.name, role: person.roles.join(' ') || 'none' }

/** The door. One password is checked at a time, the whole try inside the queue: no burst runs ahead of its count. */
export const createSignIn = ({ audit, people, attempts, queue, cost }: SignInDependencies): SignIn => {
  const record = (person: Person | undefined, entry: Omit<AuditEntry, 'actor' | 'object'>): void => {
    const object = { type: 'person', id: person?.id ?? 'unknown' }
    unlessReadOnly(() => {
      audit.change({ ...entry, actor: actorFor(person), object }, (tx) => {
        if (person !== undefined) attempts.write(tx, person.id)
      })
    })
  }

  const refuse = (person: Person | undefined, key: string, action: AuditAction, refused: number): never => {
    const left = attempts.fail(key)
    const after = { locked: left === 0, refused_while_locked: refused }
    record(person, { action, outcome: 'refused', reason: 'person.credentials', after })
    if (left === 0) throw new AirlockError('person.locked')
    throw new AirlockError('person.credentials', left > warnedTries ? {} : { left })
  }

  const renew = async (person: Person, password: string): Promise<void> => {
    if (person.credential === undefined || !isOutdated(person.credential, cost.target)) return
    await people.renewPassword(person.id, password)
  }

  return {
    check: (login, password, action) =>
      queue(async () => {
        const person = people.byLogin(login)
        const key = person?.id ?? strangerKey(foldLogin(login))
        attempts.refuseLocked(key)
        const { credential } = person?.active === true ? person : { credential: undefined }
        const good = await checkPassword(credential, password, cost.minimum)
        const last = attempts.last(key)
        const refused = attempts.takeRefused(key)
        // Asked again: the account may have been deactivated while the password was checked.
        const now = person && people.byId(person.id)
        if (!good || now?.active !== true) return refuse(person, key, action, refused)
        attempts.succeed(key)
        record(now, { action, outcome: 'ok', after: { refused_while_locked: refused } })
        await renew(now, password)
        return { person: now, last }
      }),
    unlock(actor, person, reason) {
      audit.change(
        {
          actor,
          action: 'session.unlock',
          object: { type: 'person', id: person.id },
          outcome: 'ok',
          reason,
          after: { name: person.name },
        },
        (tx) => {
          attempts.unlock(person.id)
          attempts.write(tx, person.id)
        },
      )
    },
  }
}
