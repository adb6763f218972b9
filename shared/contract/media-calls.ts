// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call, stream } from '../rpc/contract-table.ts'
import { size, time } from './values.ts'

const nothing = z.strictObject({})

/**
 * How a drive stands: being looked at, good for something, nothing for Airlock on it, cannot be read, gives no answer,
 * refused because it is a keyboard too, in use (not to be removed), everything written (may be removed).
 */
export const driveState = z.enum([
  'reading',
  'ready',
  'nothing',
  'unreadable',
  'silent',
  'input-device',
  'in-use',
  'safe',
])

/** A drive that is there. The id is that of its volume: the same whenever it is plugged in. */
export const drive = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: driveState,
  /** By the system's name for it; empty for a configured folder. */
  filesystem: z.string(),
  readOnly: z.boolean(),
  /** How the site knows it, where it is registered. */
  registered: z.strictObject({ label: z.string(), owner: z.string() }).nullable(),
  /** Whether it may be worked with: it is registered, or the site asks for no registration. */
  admitted: z.boolean(),
  free: size,
  total: size,
  files: z.array(
    z.strictObject({
      name: z.string(),
      size,
      /** By the drive's own calendar. */
      modified: time,
      kind: z.enum(['bundle', 'trust', 'archive', 'request', 'certificate']),
    }),
  ),
})

const drives = z.strictObject({ drives: z.array(drive) })

/** Removable drives. The page never learns a path. */
export const mediaCalls = {
  'media.list': call({ params: nothing, result: drives, roles: ['anyone'], audit: 'none' }),
  /** All drives at once, and again at every change: one that is plugged in is told within two seconds. */
  'media.watch': stream({ params: nothing, event: drives, roles: ['anyone'] }),
  /**
   * Writes out what the system still keeps for a drive, then takes it from the system. `flushed`: everything is on the
   * drive, but the system did not let go of it.
   */
  'media.eject': call({
    params: z.strictObject({ driveId: z.string() }),
    result: z.strictObject({ outcome: z.enum(['ejected', 'flushed']) }),
    roles: ['technician', 'officer', 'administrator'],
    audit: 'entry',
  }),
} as const
