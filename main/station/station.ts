// SPDX-License-Identifier: Apache-2.0
/** The composition root: read this first. Opens the parts, puts right what a crash left, serves ports, closes. */
import { contract, type Contract } from '../../shared/contract/contract.ts'
import type { AirlockError } from '../../shared/errors.ts'
import type { Port } from '../../shared/rpc/port.ts'
import { serve, type Gate } from '../../shared/rpc/server.ts'
import { stationActor } from './audit/entry.ts'
import { admit, type Caller } from './caller.ts'
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
  /** Ends in good order: captures closed, the newest head kept, the folder free. */
  close(): Promise<void>
}

/** Refusals of the gate that an auditor wants to see; the rest is in the answer and the diagnostic log. */
const audited = new Set<AirlockError['code']>(['person.not-allowed'])

/** Opens a station. Errors: `station.already-running`, `station.self-test`, `audit.key`, `storage.schema`. */
export const createStation = async (options: StationOptions, ground: StationGround): Promise<Station> => {
  selfTest()
  const parts = await openParts(options, ground)
  const exports = await openExports(parts)
  const recovery = recover(parts, exports)
  const handlers = createHandlers(parts, exports, recovery)
  note(parts, 'station.start', { version: appVersion, interrupted: recovery.interrupted.length })
  return {
    serve: (port) => servePort(parts, handlers, port),
    async close() {
      for (const job of parts.jobs.running()) parts.jobs.cancel(job.id)
      await settled(parts)
      await parts.captures.stopAll()
      parts.telemetry.close()
      note(parts, 'station.stop', {})
      await parts.audit.close()
      parts.measured.close()
      parts.store.close()
      parts.lock.release()
    },
  }
}

const note = ({ audit, stationId }: Parts, action: string, after: Record<string, string | number>): void => {
  if (audit.fault() !== undefined) return
  audit.note({ actor: stationActor, action, object: { type: 'station', id: stationId }, outcome: 'ok', after })
}

/** Cancelled work ends by itself within its own time-outs. */
const settled = async ({ jobs, clock }: Parts): Promise<void> => {
  while (jobs.running().length > 0) await clock.sleep(limits.settle)
}

const servePort = (parts: Parts, handlers: ReturnType<typeof createHandlers>, port: Port): void => {
  const { identity, audit, clock, log } = parts
  const portId = newId()
  const gate: Gate<Contract, Caller> = (_name, row) =>
    admit(row.roles, { portId, session: identity.sessionOf(portId), needsSetUp: identity.needsSetUp() })
  const onFault = (name: string, error: AirlockError): void => {
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
  serve(contract, handlers, port, {
    gate,
    limits: { inFlight: limits.callsInFlight, perSecond: limits.callsPerSecond },
    now: () => clock.now(),
    onFault,
  })
  port.onClose(() => identity.signOut(portId))
}
