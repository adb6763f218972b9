// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, hex64, password, time, uuid } from './values.ts'

const nothing = z.strictObject({})
const reason = z.string().trim().min(1).max(1000)
const decision = z.strictObject({ id: uuid, reason, password })

/** An exception for something that has expired: who asked, who decided, why, when. It is shown for ever. */
export const override = z.strictObject({
  id: uuid,
  kind: z.enum(['bundle-expired', 'policy-expired']),
  /** Digest of the bundle's or the policy's manifest. */
  subject: hex64,
  /** It as people call it. */
  what: z.string(),
  /** The log entry with the refusal. */
  entry: count,
  askedBy: z.string(),
  /** Their `person.id`: two people may share a name. */
  askedById: z.string(),
  askedAt: time,
  reason: z.string(),
  /** Null: it waits for a second person. */
  decision: z.strictObject({ granted: z.boolean(), by: z.string(), at: time, reason: z.string() }).nullable(),
  /** Last moment that it counts; null: for good. */
  until: time.nullable(),
})

/** What two people may let through although it has expired. There is none for recalls and security counters. */
export const overrideCalls = {
  /** Asks for an exception for what the log entry of a refusal speaks of, with the password. */
  'override.ask': call({
    params: z.strictObject({ entry: count, reason, password }),
    result: z.strictObject({ id: uuid }),
    roles: ['technician', 'administrator'],
    audit: 'entry',
  }),
  /** Grants what somebody else asked for: a bundle for good, a trust policy for 30 days. */
  'override.grant': call({ params: decision, result: nothing, roles: ['officer'], audit: 'entry' }),
  /** Declines it; it may be asked for again. */
  'override.decline': call({ params: decision, result: nothing, roles: ['officer'], audit: 'entry' }),
  /** Those that wait, and the newest 200 others. */
  'override.list': call({
    params: nothing,
    result: z.strictObject({ overrides: z.array(override) }),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
