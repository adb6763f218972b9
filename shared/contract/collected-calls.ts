// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call, stream } from '../rpc/contract-table.ts'
import { auditRow } from './look-calls.ts'
import { count, facts, hex64, time, uuid } from './values.ts'

/** A line as the device has sent it, made readable; `severity` (OpenTelemetry's 1–24) where it is a log message. */
const line = z.strictObject({ t: time, severity: z.number().int().min(1).max(24).nullable(), text: z.string() })

/** A try to write the device: whatever came of it. */
const update = z.strictObject({
  jobId: uuid,
  /** The run that it belongs to; null for one by the command line, or one that was tried again in its run. */
  run: uuid.nullable(),
  bundle: hex64,
  from: z.string().nullable(),
  to: z.string(),
  /** `same`: it had all of this version already, nothing was written. */
  result: z.enum(['updated', 'same', 'refused', 'failed', 'cancelled', 'interrupted', 'running']),
  code: z.string().nullable(),
  details: facts.nullable(),
  at: time,
  by: z.string(),
})

/** One device: what it says, what was collected of it, and what has happened to it. */
export const collectedCalls = {
  /**
   * The last lines that a device has said, then new ones, at most 50 a second; the rest is counted in `missed`. `device`
   * is the serial number as the device prints it. What is shown may be a quarter of a second ahead of the records.
   */
  'telemetry.tail': stream({
    params: z.strictObject({ device: z.string().min(1).max(128) }),
    event: z.strictObject({ listens: z.boolean(), first: z.boolean(), lines: z.array(line), missed: count }),
    roles: ['anyone'],
  }),
  /** Errors: `device.unknown`. */
  'devices.look': call({
    params: z.strictObject({ id: uuid }),
    result: z.strictObject({
      firstSeen: time,
      /** Where it was last; null for a place that has no number any more. `here`: nobody has pulled the plug since. */
      place: z
        .strictObject({ id: z.string(), number: count, name: z.string().nullable(), here: z.boolean() })
        .nullable(),
      /** It was left half written: it is not listened to, because that would start it. */
      halfWritten: z.boolean(),
      /** Points, events and crashes; null for a device that was never heard. */
      collected: z.strictObject({ records: count, since: time, until: time }).nullable(),
      /** How many of them are in no export that was written. */
      waiting: count,
      /** Exports of a period in which it was heard or written, the newest first. */
      exports: z.array(
        z.strictObject({
          id: uuid,
          number: count.nullable(),
          state: z.enum(['requested', 'approved', 'rejected', 'voided', 'written']),
          from: time,
          to: time,
          reason: z.string(),
        }),
      ),
      /** The newest first. */
      updates: z.array(update),
      /** Entries of the log that name it, the newest first; null for whoever may not read the log. */
      entries: z.array(auditRow).nullable(),
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
