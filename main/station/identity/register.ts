// SPDX-License-Identifier: Apache-2.0
import type { AuditAction } from '../../../shared/audit-actions.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { stationActor, type Actor, type AuditLog } from '../audit/entry.ts'
import type { LogFault } from '../audit/walk.ts'
import type { Millis } from '../../../shared/units.ts'
import type { Store, WriteHandle } from '../store/open.ts'
import { peopleDigest, personValue, writePerson, type People, type Person } from './person.ts'
import { reconcile, type Mismatch } from './reconcile.ts'

/** The log, and the way to say that it is not to be trusted. */
export type DistrustfulLog = AuditLog & {
  distrust(found: LogFault): void
  /** The newest time under a clock that could be believed, milliseconds UTC; 0: none yet. */
  lastTime(): Millis
}

/** Entries after which the digest of all people is written again, so that no start has to read far back. */
const farBack = 5000

/** Acts about people: they are recognised for ever by how they begin. */
type PersonAction = AuditAction & `person.${string}`

/** The accounts in memory and on disk. */
export type Register = {
  readonly people: People
  /** Whose rows were changed outside Airlock; put right, with an entry each. */
  readonly mismatches: readonly Mismatch[]
  /** Writes a person and what goes with it, with the values before and after and the digest of everybody, as one audited change. */
  put(
    this: void,
    actor: Actor,
    action: PersonAction,
    person: Person,
    reason?: string,
    also?: (tx: WriteHandle) => void,
  ): Person
}

/** Opens the accounts: compared with the log and put right where they differ. */
export const openRegister = (store: Store, audit: DistrustfulLog): Register => {
  const { people, mismatches, fault, read } = reconcile(store.read)
  if (fault !== undefined) audit.distrust(fault)
  const entryFor = (action: PersonAction, before: Person | undefined, person: Person, all: People) => ({
    action,
    object: { type: 'person', id: person.id },
    ...(before === undefined ? {} : { before: personValue(before) }),
    after: { ...personValue(person), people: peopleDigest(all) },
  })

  for (const { found, person } of mismatches) {
    const entry = entryFor('person.repair', found, person, people)
    unlessReadOnly(() => {
      audit.change({ ...entry, actor: stationActor, outcome: 'failed', reason: 'person.mismatch' }, (tx) =>
        writePerson(tx, person),
      )
    })
  }

  if (read > farBack) {
    const object = { type: 'people', id: 'all' }
    const after = { people: peopleDigest(people) }
    unlessReadOnly(() => {
      audit.note({ actor: stationActor, action: 'person.reconcile', object, outcome: 'ok', after })
    })
  }

  return {
    people,
    mismatches,
    put(actor, action, person, reason, also = () => undefined) {
      const entry = entryFor(action, people.get(person.id), person, new Map(people).set(person.id, person))
      audit.change({ ...entry, actor, outcome: 'ok', ...(reason === undefined ? {} : { reason }) }, (tx) => {
        writePerson(tx, person)
        also(tx)
      })
      people.set(person.id, person)
      return person
    },
  }
}

/** Does what leaves an entry, unless the log is in recovery: then people may still sign in to read, verify and export. */
export const unlessReadOnly = (work: () => void): void => {
  try {
    work()
  } catch (error) {
    if (!(error instanceof AirlockError && error.code === 'audit.read-only')) throw error
  }
}
