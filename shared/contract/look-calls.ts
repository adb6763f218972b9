// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { override } from './override-calls.ts'
import { bundle, count, device, hex64, size, time } from './values.ts'

const nothing = z.strictObject({})
/** Who may read entries. */
export const logReaders = ['officer', 'administrator', 'auditor'] as const
const outcome = z.enum(['ok', 'refused', 'failed'])

/** An entry as lists show it. */
export const auditRow = z.strictObject({
  seq: count,
  at: time,
  actor: z.string(),
  role: z.string(),
  action: z.string(),
  object: z.strictObject({ type: z.string(), id: z.string() }),
  /** The object as people call it; null where only its id is known. */
  thing: z.string().nullable(),
  outcome,
  reason: z.string().nullable(),
})

/** What screens look at beside the lists: one thing with its details. Nothing here changes anything. */
export const lookCalls = {
  /** What was signed about an imported bundle. */
  'bundles.details': call({
    params: z.strictObject({ id: hex64 }),
    result: z.strictObject({
      bundle,
      releasedAt: time,
      expires: time,
      /** Roles under which it is signed, in the order of the files. */
      signedBy: z.array(z.string()),
      /** Who signed, by the names in their certificates; null for one that names nobody. */
      signers: z.array(z.strictObject({ role: z.string(), name: z.string().nullable() })),
      compat: z.array(z.strictObject({ model: z.string(), hardware: z.array(z.string()).nullable() })),
      /** Exceptions that two people made for it, or for the policy that had expired; they never go away. */
      exceptions: z.array(override),
      payloadBytes: size,
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** The device that has said who it is at each port; nobody has pulled the plug since, as far as the system tells. */
  'ports.devices': call({
    params: nothing,
    result: z.strictObject({ ports: z.array(z.strictObject({ id: z.string(), device })) }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /**
   * Entries, the newest first, narrowed by what is given: `before` is a sequence number, `to` a time, both not included.
   * `count`: all that match, of which the newest `offset` are left out and at most `limit` are given.
   */
  'audit.find': call({
    params: z.strictObject({
      before: count.optional(),
      to: time.optional(),
      outcome: outcome.optional(),
      action: z.string().max(64).optional(),
      objectId: z.string().max(256).optional(),
      offset: count.optional(),
      limit: z.number().int().min(1).max(500),
    }),
    result: z.strictObject({ entries: z.array(auditRow), count, size: count }),
    roles: logReaders,
    audit: 'none',
  }),
  /** One entry as it was hashed: the exact text of the leaf, its RFC 6962 leaf hash and the proof's length. */
  'audit.entry': call({
    params: z.strictObject({ seq: count }),
    result: z.strictObject({ entry: auditRow, text: z.string(), hash: hex64, treeSize: count, proof: z.array(hex64) }),
    roles: logReaders,
    audit: 'none',
  }),
  /** What a device has measured. `device` is the serial number as the device prints it. */
  'telemetry.series': call({
    params: z.strictObject({ device: z.string().min(1).max(128) }),
    result: z.strictObject({
      series: z.array(z.strictObject({ id: count, name: z.string(), labels: z.string(), unit: z.string() })),
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** One series in at most `buckets` steps; each has its least, mean and greatest value. `width` in milliseconds. */
  'telemetry.chart': call({
    params: z.strictObject({ series: count, from: time, to: time, buckets: z.number().int().min(1).max(2000) }),
    result: z.strictObject({
      width: count,
      rows: z.array(z.strictObject({ t: time, n: count, min: z.number(), mean: z.number(), max: z.number() })),
    }),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
