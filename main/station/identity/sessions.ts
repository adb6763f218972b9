// SPDX-License-Identifier: Apache-2.0
import type { Millis } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Person } from './person.ts'
import type { Session } from './session.ts'

/** Why a session ended. */
export type SessionEnd = 'signed-out' | 'idle' | 'limit' | 'replaced' | 'changed'

/** Who is signed in, by the port that they signed in on: an id that somebody copied opens nothing on another port. */
export type Sessions = {
  start(portId: string, person: Person, owes: Session['owes']): Session
  /** The same session, which owes nothing any more. */
  settle(portId: string): void
  /** The session of a port; asking counts as activity. */
  of(portId: string): Session | undefined
  /** Whether this very session is still open on the port; asking does not count as activity. */
  holds(portId: string, session: Session): boolean
  end(portId: string, why: SessionEnd): void
  /** Ends whatever the person has open: roles changed, deactivated, signed in elsewhere. */
  endPerson(personId: string, why: SessionEnd): void
}

type Moment = { readonly wall: number; readonly mono: bigint }
type Open = { readonly session: Session; readonly started: Moment; seen: Moment }

/** Sessions in memory: none survives a restart. `onEnd` is told of each that ends. */
export const createSessions = (
  clock: Clock,
  limits: { readonly idle: Millis; readonly session: Millis },
  onEnd: (session: Session, why: SessionEnd) => void,
): Sessions => {
  const open = new Map<string, Open>()
  const now = (): Moment => ({ wall: clock.now(), mono: clock.monotonic() })

  /** Milliseconds since then: by the counter, or by the clock where that is more (the counter may sleep with the machine). */
  const since = (then: Moment, time: Moment): number =>
    Math.max(Number((time.mono - then.mono) / 1_000_000n), time.wall - then.wall)

  /** Why it is over by now, where it is. */
  const overdue = ({ started, seen }: Open, time: Moment): SessionEnd | undefined => {
    if (since(started, time) >= limits.session) return 'limit'
    return since(seen, time) >= limits.idle ? 'idle' : undefined
  }

  const end = (portId: string, why: SessionEnd): void => {
    const found = open.get(portId)
    if (found === undefined) return
    open.delete(portId)
    onEnd(found.session, why)
  }

  const endPerson = (personId: string, why: SessionEnd): void => {
    for (const [portId, { session }] of open) if (session.personId === personId) end(portId, why)
  }

  return {
    start(portId, { id: personId, login, name, roles }, owes) {
      end(portId, 'replaced')
      endPerson(personId, 'replaced')
      const session = { id: newId(), personId, login, name, roles, ...(owes === undefined ? {} : { owes }) }
      open.set(portId, { session, started: now(), seen: now() })
      return session
    },
    settle(portId) {
      const found = open.get(portId)
      if (found === undefined) return
      const { owes: _paid, ...session } = found.session
      open.set(portId, { ...found, session })
    },
    of(portId) {
      const found = open.get(portId)
      if (found === undefined) return undefined
      const time = now()
      const why = overdue(found, time)
      if (why !== undefined) {
        end(portId, why)
        return undefined
      }
      found.seen = time
      return found.session
    },
    holds(portId, session) {
      const found = open.get(portId)
      return found?.session.id === session.id && overdue(found, now()) === undefined
    },
    end,
    endPerson,
  }
}
