// SPDX-License-Identifier: Apache-2.0
/** The composition root: read this first. Opens the parts, puts right what a crash left, serves ports, closes. */
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { AirlockError } from '../../shared/errors.ts'
import type { Port } from '../../shared/rpc/port.ts'
import { serve, type Gate } from '../../shared/rpc/server.ts'
import type { Millis } from '../../shared/units.ts'
import { admit, type Caller } from './caller.ts'
import { startLogCheck } from './check-log.ts'
import { lookAtClock } from './clock-state.ts'
import { closeParts, noteStation } from './close-parts.ts'
import { appVersion, limits } from './config.ts'
import { createHandlers } from './handlers.ts'
import { noteIncidents } from './host-incidents.ts'
import { admitNow } from './needs.ts'
import { openExports } from './open-exports.ts'
import { openParts, type Parts, type StationGround, type StationOptions } from './parts.ts'
import { newId } from './platform/ids.ts'
import { recover, type Recovery } from './recover.ts'
import { selfTest } from './self-test.ts'
import { startWatch } from './watch.ts'

/** A running station. */
export type Station = {
  /** Serves one port until it closes; whoever signs in on it is signed in there only. */
  serve(port: Port): void
  /**
   * Ends in good order: jobs cancelled and given `within` to end, captures closed, the newest head kept, the folder free.
   * What does not end in time is left to the next start, which finds it in the journals. Asking again changes nothing.
   */
  close(within?: Millis): Promise<void>
}

/** Refusals that an auditor wants to see and no handler has written down; the rest is in the answer. */
const audited = new Set<AirlockError['code']>([
  'person.not-allowed',
  'person.own-role',
  'person.last-one',
  'job.busy',
  'station.enrolment',
  'clock.rollback',
  'clock.jump',
  'signature.clock',
  'storage.full',
  'storage.reserve',
])

/** Opens a station. Errors: `station.already-running`, `station.self-test`, `audit.key`, `storage.schema`. */
export const createStation = async (options: StationOptions, ground: StationGround): Promise<Station> => {
  selfTest()
  const parts = await openParts(options, ground)
  const exports = openExports(parts)
  const recovery = recover(parts, exports)
  const handlers = createHandlers(parts, exports, recovery)
  noteIncidents(parts, ground.host)
  parts.storage.look()
  noteStart(parts, recovery)
  const logCheck = startLogCheck(parts)
  const watch = startWatch(parts)
  let closing: Promise<void> | undefined
  return {
    serve: (port) => servePort(parts, handlers, port, () => closing !== undefined),
    close(within = limits.settleWithin) {
      watch.stop()
      return (closing ??= logCheck.stop().then(() => closeParts(parts, within)))
    },
  }
}

const servePort = (
  parts: Parts,
  handlers: ReturnType<typeof createHandlers>,
  port: Port,
  isClosing: () => boolean,
): void => {
  const { identity, clock } = parts
  const portId = newId()
  const health = { clock: () => lookAtClock(parts), storage: () => parts.storage.look() }
  const gate: Gate<Contract, Caller> = (name, row) => {
    if (isClosing()) throw new AirlockError('station.lost')
    const session = identity.sessionOf(portId)
    const caller = admit(row.roles, { portId, session, needsSetUp: identity.needsSetUp() })
    admitNow(name, health)
    return caller
  }
  /** Nobody waits for the answer of what is done here, so a disk that takes no entry must not end the station. */
  const alone = (event: string, work: () => void): void => {
    try {
      work()
    } catch (error) {
      parts.log.error(event, error)
    }
  }
  serve(contract, handlers, port, {
    gate,
    holds: ({ session }) => session === undefined || identity.isOpen(portId, session),
    limits: { inFlight: limits.callsInFlight, perSecond: limits.callsPerSecond, weight: limits.callWeight },
    // Not the system's clock: one that is set back would shut every port.
    now: () => Number(clock.monotonic() / 1_000_000n),
    onFault: (name, error) => alone('call.refused', () => noteFault(parts, portId, name, error)),
  })
  port.onClose(() => alone('session.end', () => identity.signOut(portId)))
}

/** The mark of the clock goes with each start: the next one need not read the log further back. */
const noteStart = (parts: Parts, { interrupted }: Recovery): void => {
  const clock = parts.audit.clock() ?? null
  noteStation(parts, 'station.start', { version: appVersion, interrupted: interrupted.length, clock })
}

const noteFault = (parts: Parts, portId: string, name: string, error: AirlockError): void => {
  const { identity, audit, storage, log } = parts
  // The disk said so before the next look: the reserve is for this very moment.
  if (error.code === 'storage.full') storage.look()
  if (error.code === 'internal') log.error('call.failed', error.cause, { name })
  const session = audited.has(error.code) && audit.fault() === undefined ? identity.sessionOf(portId) : undefined
  if (session === undefined) return
  const { personId: uid, login, name: person, roles } = session
  const actor = { uid, login, name: person, role: roles.join(' ') }
  audit.note({
    actor,
    action: 'call.refused',
    object: { type: 'call', id: name },
    outcome: 'refused',
    reason: error.code,
  })
}
