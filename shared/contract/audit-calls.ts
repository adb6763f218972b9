// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, hex64, time } from './values.ts'

const nothing = z.strictObject({})
const readers = ['officer', 'administrator', 'auditor'] as const

/** The tamper-evident log: read, verified, exported. */
export const auditCalls = {
  'audit.list': call({
    params: z.strictObject({ before: count.optional(), limit: z.number().int().min(1).max(500) }),
    result: z.strictObject({
      entries: z.array(
        z.strictObject({
          seq: count,
          id: z.string(),
          at: time,
          actor: z.string(),
          role: z.string(),
          action: z.string(),
          object: z.string(),
          outcome: z.string(),
          reason: z.string().nullable(),
        }),
      ),
    }),
    roles: readers,
    audit: 'none',
  }),
  'audit.verify': call({
    params: nothing,
    result: z.strictObject({
      verified: z.boolean(),
      size: count,
      root: hex64,
      code: z.string().nullable(),
      firstBad: count.nullable(),
    }),
    roles: readers,
    audit: 'entry',
  }),
  /** Writes the log to a drive, for tools that Airlock's makers did not write. */
  'audit.export': call({
    params: z.strictObject({ driveId: z.string() }),
    result: z.strictObject({ folder: z.string(), size: count, root: hex64 }),
    roles: readers,
    audit: 'entry',
  }),
} as const
