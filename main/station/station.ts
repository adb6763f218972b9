// SPDX-License-Identifier: Apache-2.0
/** The composition root: read this first. Opens the parts, puts right what a crash left, serves ports, closes. */
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { AirlockError } from '../../shared/errors.ts'
import type { Port } from '../../shared/rpc/port.ts'
import { serve, type Gate } from '../../shared/rpc/server.ts'
import type { Millis } from '../../shared/units.ts'
import { admit, type Caller } from './caller.ts'
import { startLogCheck } from './check-log.ts'
import { closeParts, noteStation } from './close-parts.ts'
import { appVersion, limits } from './config.ts'
import { createHandlers } from './handlers.ts'
import { openExports } from './open-exports.ts'
import { openParts, type Parts, type StationGround, type StationOptions } from './parts.ts'
import { newId } from './platform/ids.ts'
import { recover } from './recover.ts'
import { selfTest } from './self-test.ts'

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
])

/** Opens a station. Errors: `station.already-running`, `station.self-test`, `audit.key`, `storage.schema`. */
export const createStation = async (options: StationOptions, ground: StationGround): Promise<Station> => {
  selfTest()
  const parts = await openParts(options, ground)
  const exports = openExports(parts)
  const recovery = recover(parts, exports)
  const handlers = createHandlers(parts, exports, recovery)
  noteStation(parts, 'station.start', { version: appVersion, interrupted: recovery.interrupted.length })
  const logCheck = startLogCheck(parts)
  let closing: Promise<void> | undefined
  return {
    serve: (port) => servePort(parts, handlers, port, () => closing !== undefined),
    close: (within = limits.settleWithin) => (closing ??= logCheck.stop().then(() => closeParts(parts, within))),
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
  const gate: Gate<Contract, Caller> = (_name, row) => {
    if (isClosing()) throw new AirlockError('station.lost')
    return admit(row.roles, { portId, session: identity.sessionOf(portId), needsSetUp: identity.needsSetUp() })
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

const noteFault = ({ identity, audit, log }: Parts, portId: string, name: string, error: AirlockError): void => {
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
