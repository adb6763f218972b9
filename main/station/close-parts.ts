// SPDX-License-Identifier: Apache-2.0
import type { AuditAction } from '../../shared/audit-actions.ts'
import type { Millis } from '../../shared/units.ts'
import { stationActor, type LeafValue } from './audit/entry.ts'
import { limits } from './config.ts'
import type { Parts } from './parts.ts'

/** An entry of the station about itself; a log that is read-only takes none. */
export const noteStation = (
  { audit, stationId }: Pick<Parts, 'audit' | 'stationId'>,
  action: AuditAction,
  after: { readonly [key: string]: LeafValue },
): void => {
  if (audit.fault() !== undefined) return
  audit.note({ actor: stationActor, action, object: { type: 'station', id: stationId }, outcome: 'ok', after })
}

/** Cancelled work ends by itself within its own time-outs; a port that never answers must not hold the station up. */
const settled = async ({ jobs, clock }: Parts, within: Millis): Promise<void> => {
  const end = clock.monotonic() + BigInt(within) * 1_000_000n
  while (jobs.running().length > 0 && clock.monotonic() < end) await clock.sleep(limits.settle)
}

/**
 * Ends a station in good order. Jobs are cancelled and given `within` to end; those that do not are marked interrupted by
 * the next start. A step that fails is in the diagnostic log and holds up none of those after it.
 */
export const closeParts = async (parts: Parts, within: Millis): Promise<void> => {
  const { drives, jobs, runs, portWatch, captures, telemetry, audit, measured, store, lock, log } = parts
  const step = async (work: () => unknown): Promise<void> => {
    try {
      await work()
    } catch (error) {
      log.error('station.close', error)
    }
  }
  portWatch.stop()
  // Before anything is cancelled: a device that is cancelled must not make room for the next one.
  await step(() => runs.close())
  const cut = jobs.running()
  for (const { id } of cut) jobs.cancel(id)
  await settled(parts, within)
  const steps: readonly (() => unknown)[] = [
    () => drives.close(),
    () => captures.stopAll(),
    () => telemetry.close(),
    () => noteStation(parts, 'station.stop', { cancelled: cut.length, left: jobs.running().length }),
    () => audit.close(),
    () => measured.close(),
    () => store.close(),
    () => lock.release(),
  ]
  for (const work of steps) await step(work)
}
