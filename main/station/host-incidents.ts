// SPDX-License-Identifier: Apache-2.0
import type { AuditAction } from '../../shared/audit-actions.ts'
import type { HostContract, Incident } from '../../shared/host/host.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { stationActor } from './audit/entry.ts'
import type { Parts } from './parts.ts'

const acts = {
  refused: ['window.refused', 'refused'],
  lost: ['window.lost', 'failed'],
  forced: ['station.forced', 'failed'],
} as const satisfies Record<Incident['kind'], readonly [AuditAction, 'refused' | 'failed']>

/** Writes into the log what the host saw: what its page was refused, a page that was lost, an end by force. */
export const noteIncidents = ({ audit, log }: Parts, host: Client<HostContract>): void => {
  const { ended } = host.listen('host.incidents', {}, ({ kind, what, detail, count }) => {
    if (audit.fault() !== undefined) return
    const [action, outcome] = acts[kind]
    try {
      audit.note({
        actor: stationActor,
        action,
        object: { type: 'window', id: what },
        outcome,
        after: { count, detail },
      })
    } catch (error) {
      // A disk that takes no entry must not end the station; the next change says so to whoever asked for it.
      log.error('host.incident', error)
    }
  })
  ended.catch((error: unknown) => log.error('host.incidents', error))
}
