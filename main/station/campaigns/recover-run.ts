// SPDX-License-Identifier: Apache-2.0
import { stationActor, type AuditLog } from '../audit/entry.ts'
import { getRecord } from '../flashing/record.ts'
import type { Clock } from '../platform/clock.ts'
import type { ReadHandle, Store } from '../store/open.ts'
import { countTargets, isOpen } from './line.ts'
import { openRun, setRunState, targetsOf, updateTarget, type TargetChange, type TargetRow } from './run-rows.ts'

/** How a device that was being written stands by its flash record: it may have ended before the run heard of it. */
const standingOf = (db: ReadHandle, { job }: TargetRow): Pick<TargetChange, 'state' | 'code'> => {
  const cutOff = { state: 'interrupted', code: 'flash.interrupted' } as const
  // Without a record its job had not begun: nothing was sent to the device.
  if (job === null || db.get('SELECT 1 FROM flash_job WHERE id = ?', job) === undefined) return { state: 'waiting' }
  const { outcome, written } = getRecord(db, job)
  return outcome === 'done' ? { state: written === 0 ? 'same' : 'updated', code: null } : cutOff
}

/**
 * Marks a run that a crash has cut off, audited, and counts its devices: how many are done, were being written, had not
 * started. It goes on when a person says so. Undefined where nothing was cut off.
 */
export const recoverRun = ({
  store,
  audit,
  clock,
}: {
  readonly store: Store
  readonly audit: AuditLog
  readonly clock: Clock
}): ReturnType<typeof countTargets> | undefined => {
  const run = openRun(store.read)
  if (run === undefined || !isOpen(targetsOf(store.read, run.id))) return undefined
  const crashed = run.state === 'going' || targetsOf(store.read, run.id).some(({ state }) => state === 'active')
  if (!crashed) return undefined
  const entry = (counts: Readonly<Record<string, number>>) =>
    ({
      actor: stationActor,
      action: 'run.interrupted',
      object: { type: 'run', id: run.id },
      outcome: 'failed',
      reason: 'station.interrupted',
      after: { product: run.product, version: run.version, ...counts },
      corr: run.id,
    }) as const
  const { result } = audit.change(entry, (tx) => {
    for (const target of targetsOf(tx, run.id))
      if (target.state === 'active')
        updateTarget(tx, run.id, target.n, { ...standingOf(tx, target), ended_at: clock.now() })
    setRunState(tx, run.id, 'interrupted')
    return countTargets(targetsOf(tx, run.id))
  })
  return result
}
