// SPDX-License-Identifier: Apache-2.0
import type { AuditAction } from '../../../shared/audit-actions.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { millis, type Millis } from '../../../shared/units.ts'
import type { Actor } from '../audit/entry.ts'
import type { Clock } from '../platform/clock.ts'
import type { Store } from '../store/open.ts'
import { createAttempts, type LastSignIns } from './attempts.ts'
import { createQueue, scryptCost, type PasswordCost } from './password.ts'
import { createPeople, type NewPerson } from './people.ts'
import type { Person } from './person.ts'
import { unlessReadOnly, type DistrustfulLog } from './register.ts'
import { createSessions, type SessionEnd } from './sessions.ts'
import type { Role, Session, Signatures } from './session.ts'
import { createSignIn } from './sign-in.ts'
import { createSignatures } from './signatures.ts'

/** What people and sessions are bound by. */
export type IdentityLimits = {
  /** Failures that lock an account, and for how long. */
  readonly failures: number
  readonly lock: Millis
  /** Without a call a session ends after `idle`, in any case after `session`. */
  readonly idle: Millis
  readonly session: Millis
  /** How long a password given for a signature serves. */
  readonly proof: Millis
  /** Sign-ins that may wait for their turn. */
  readonly queue: number
  /** How long a password serves. At most 15 calendar months (NERC CIP-007 R5.6). */
  readonly passwordAge: Millis
}

/** Five failures lock for a quarter of an hour; ten minutes idle, one shift with its hand-over at most; a password for a year. */
export const identityLimits: IdentityLimits = {
  failures: 5,
  lock: millis(15 * 60_000),
  idle: millis(10 * 60_000),
  session: millis(12 * 3_600_000),
  proof: millis(2 * 60_000),
  queue: 16,
  passwordAge: millis(365 * 86_400_000),
}

/** A system clock this far above the log is not believed (docs/formats/signature-profile.md: `clock.jump`). */
const farAhead = 400 * 86_400_000

export type IdentityDependencies = {
  readonly store: Store
  readonly audit: DistrustfulLog
  readonly clock: Clock
  readonly limits?: IdentityLimits
  /** Tests work with cheap passwords; a station leaves this out. */
  readonly cost?: PasswordCost
}

/** A person as others see them. */
export type PersonView = LastSignIns & {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly active: boolean
  /** Too many wrong passwords. */
  readonly locked: boolean
  /** The password was given by somebody else and was not changed yet. */
  readonly temporary: boolean
}

/** The people of a station, who of them is here, and what they sign. All changes are audited. */
export type Identity = {
  /** True until the first people are made: the station's state `setup`. */
  needsSetUp(): boolean
  /** The first people, with nobody signed in. Errors: as `createPerson`; `person.not-allowed` when there are people. */
  setUpFirstPeople(people: readonly NewPerson[]): Promise<readonly PersonView[]>
  /** Errors: `person.credentials`, `person.locked`, `call.rate`. */
  signIn(portId: string, login: string, password: string): Promise<{ session: Session; last: LastSignIns }>
  signOut(portId: string): void
  /** The session of a port; asking counts as activity. Undefined: signed out, idle too long, roles changed. */
  sessionOf(portId: string): Session | undefined
  /** Whether this very session is still open on the port; asking does not count as activity. */
  isOpen(portId: string, session: Session): boolean
  /** Errors: as `requirePerson`, `person.password-*`. */
  createPerson(actor: Actor, person: NewPerson): Promise<PersonView>
  /** Errors: `not-found`, `person.own-role`, `person.last-one`, `person.no-role`, `person.two-roles`. */
  setRoles(actor: Actor, id: string, roles: readonly Role[], reason: string): PersonView
  /** Errors: `not-found`, `person.name-rule`, `person.name-taken`. */
  rename(actor: Actor, id: string, name: string, reason: string): PersonView
  /** People are never deleted. Errors: `not-found`, `person.last-one`. */
  deactivate(actor: Actor, id: string, reason: string): PersonView
  /** Brings somebody back who had left. Errors: `not-found`. */
  activate(actor: Actor, id: string, reason: string): PersonView
  /** Somebody else's: it serves for one sign-in. Errors: `not-found`, `person.not-allowed` (one's own), `person.password-*`. */
  resetPassword(actor: Actor, id: string, password: string, reason: string): Promise<PersonView>
  /** One's own password; a session that owed it owes nothing afterwards. Errors: as `signIn`, `person.password-*`. */
  changePassword(portId: string, session: Session, old: string, wanted: string): Promise<void>
  /** Ends a lock before its time. Errors: `not-found`. */
  unlock(actor: Actor, id: string, reason: string): void
  list(): readonly PersonView[]
  readonly signatures: Signatures
  /** How many accounts were changed outside Airlock; put right, with an entry each, when the station opened. */
  readonly repaired: number
}

/** Why a password has to be changed first, where it has to; `oldest`: the time before which a password is too old. */
const owedBy = ({ credential }: Person, oldest: number): Session['owes'] => {
  if (credential?.temporary === true) return 'temporary'
  const { setAt = null } = credential ?? {}
  return setAt !== null && setAt <= oldest ? 'ended' : undefined
}

/** Writes down that a session ended, and why. */
const noteEnds =
  (audit: DistrustfulLog) =>
  ({ id, personId: uid, login, name, roles }: Session, why: SessionEnd): void =>
    unlessReadOnly(() => {
      const actor = { uid, login, name, role: roles.join(' ') }
      const object = { type: 'person', id: uid }
      audit.note({ actor, session: id, action: 'session.end', object, outcome: 'ok', reason: why })
    })

/** Puts identity together. Reads and compares all people with the log first. */
export const createIdentity = (dependencies: IdentityDependencies): Identity => {
  const { store, audit, clock, limits = identityLimits } = dependencies
  const cost = dependencies.cost ?? { minimum: scryptCost, target: scryptCost }
  const queue = createQueue(limits.queue)
  const people = createPeople({ store, audit, clock, cost: cost.target, queue })
  const attempts = createAttempts(store.read, clock, limits)
  const door = createSignIn({ audit, people, attempts, queue, cost })

  const sessions = createSessions(clock, limits, noteEnds(audit))

  const view = ({ id, login, name, roles, active, credential }: Person): PersonView => ({
    id,
    login,
    name,
    roles,
    active,
    locked: attempts.isLocked(id),
    temporary: credential?.temporary === true,
    ...attempts.last(id),
  })
  const person = (id: string): Person => {
    const found = people.byId(id)
    if (found === undefined) throw new AirlockError('not-found', { person: id })
    return found
  }
  /** What a person may do has changed: whatever they have open ends at once, not at the next sign-in. */
  const changed = (next: Person): PersonView => {
    sessions.endPerson(next.id, 'changed')
    return view(next)
  }
  const checkOwn = async (session: Session, password: string, action: AuditAction): Promise<void> => {
    await door.check(session.login, password, action)
  }

  return {
    needsSetUp: () => people.isEmpty(),
    setUpFirstPeople: async (wanted) => (await people.createFirst(wanted)).map(view),
    async signIn(portId, login, password) {
      const { person: found, last } = await door.check(login, password, 'session.sign-in')
      const now = person(found.id)
      // By a clock that runs years ahead every password would be old, and nobody could say so.
      const far = clock.now() - audit.lastTime() > farAhead
      const today = far ? audit.lastTime() : clock.now()
      return { session: sessions.start(portId, now, owedBy(now, today - limits.passwordAge)), last }
    },
    signOut: (portId) => sessions.end(portId, 'signed-out'),
    sessionOf: (portId) => sessions.of(portId),
    isOpen: (portId, session) => sessions.holds(portId, session),
    createPerson: async (actor, wanted) => view(await people.create(actor, wanted)),
    setRoles: (actor, id, roles, reason) => changed(people.setRoles(actor, id, roles, reason)),
    rename: (actor, id, name, reason) => changed(people.rename(actor, id, name, reason)),
    deactivate: (actor, id, reason) => changed(people.deactivate(actor, id, reason)),
    activate: (actor, id, reason) => changed(people.activate(actor, id, reason)),
    async resetPassword(actor, id, password, reason) {
      if (actor.uid === id) throw new AirlockError('person.not-allowed')
      return changed(await people.setPassword(actor, id, password, { temporary: true, reason }))
    },
    async changePassword(portId, session, old, wanted) {
      await checkOwn(session, old, 'session.reauthenticate')
      const { personId: uid, login, name, roles } = session
      const actor = { uid, login, name, role: roles.join(' ') }
      await people.setPassword(actor, uid, wanted, { temporary: false, reason: 'own' })
      if (sessions.holds(portId, session)) sessions.settle(portId)
    },
    unlock: (actor, id, reason) => door.unlock(actor, person(id), reason),
    list: () => people.all().map(view),
    signatures: createSignatures({
      store,
      clock,
      proofTime: limits.proof,
      checkPassword: (session, password) => checkOwn(session, password, 'session.reauthenticate'),
    }),
    repaired: people.mismatches.length,
  }
}
