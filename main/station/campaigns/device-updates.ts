// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { getRecord, type FlashRecord } from '../flashing/record.ts'
import type { ReadHandle } from '../store/open.ts'

/** A flash job of a device, and the run that it belongs to. */
export type DeviceUpdate = { readonly record: FlashRecord; readonly run: string | null }

const row = z.object({ id: z.string(), run: z.string().nullable() })

/** The newest `limit` jobs that have found this device at their port, the newest first. */
export const updatesOf = (db: ReadHandle, device: string, limit: number): DeviceUpdate[] =>
  z
    .array(row)
    .parse(
      db.all(
        `SELECT f.id, t.run FROM flash_job f LEFT JOIN run_target t ON t.job = f.id
         WHERE f.device = ? ORDER BY f.started_at DESC, f.rowid DESC LIMIT ?`,
        device,
        limit,
      ),
    )
    .map(({ id, run }) => ({ record: getRecord(db, id), run }))
