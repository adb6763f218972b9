// SPDX-License-Identifier: Apache-2.0
import { stationActor, type Actor } from '../audit/entry.ts'
import type { JobContext } from '../jobs/job.ts'
import { createClaims } from './claims.ts'
import { endEntry } from './job-journal.ts'
import { flashDevice, type FlashDependencies, type Flashed, type FlashRequest } from './job.ts'
import { getRecord, openRecords, updateRecord, type FlashRecord } from './record.ts'

/** Flash jobs of the station. */
export type Flashing = {
  /** One job on one port; as many at once as there are ports. Errors and guarantees: those of `flashDevice`. */
  start(request: FlashRequest, actor: Actor, context: JobContext): Promise<Flashed>
  /** How many ports are being worked on: the station does not stop while there are any, unless forced with a reason. */
  active(): number
  /**
   * At start, before any job: records that a crash cut off end as interrupted, audited, with their last step and what
   * to do next. Nothing is sent to a device.
   */
  recoverJobs(): readonly FlashRecord[]
}

/** Flashing over the station's parts. */
export const createFlashing = (deps: FlashDependencies): Flashing => {
  const { store, audit, clock } = deps
  const claims = createClaims()
  let active = 0
  return {
    async start(request, actor, context) {
      active += 1
      try {
        return await flashDevice(deps, claims, request, actor, context)
      } finally {
        active -= 1
      }
    },
    active: () => active,
    recoverJobs: () =>
      openRecords(store.read).map(
        ({ id }) =>
          audit.change(
            (record: FlashRecord) => endEntry(record, stationActor),
            (tx) => {
              updateRecord(tx, id, { outcome: 'interrupted', code: 'flash.interrupted', ended_at: clock.now() })
              return getRecord(tx, id)
            },
          ).result,
      ),
  }
}
