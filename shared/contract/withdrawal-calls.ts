// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { call } from '../rpc/contract-table.ts'
import { count, hex64, password, roleName, time, uuid } from './values.ts'

const nothing = z.strictObject({})
const reason = z.string().trim().min(1).max(1000)
const named = z.strictObject({ id: z.string(), product: z.string(), version: z.string() })

/** A key, by the SHA-256 of its SPKI, or a bundle, by that of its manifest; withdrawn at this site, or taken back. */
const target = { act: z.enum(['withdraw', 'restore']), kind: z.enum(['key', 'bundle']), subject: hex64 }

/** What it comes to, judged by the station. Nothing of it changes a device. */
export const withdrawalEffect = z.strictObject({
  /** Bundles of this station that are no longer usable then; for what is taken back: that are usable again. */
  bundles: z.array(named),
  /** Update runs that are open, and write one of them. */
  runs: z.array(named),
  /** Devices to which this station wrote one of them last. It grows while a run goes, and is not part of the digest. */
  devices: count,
  /** SHA-256 over act, key or bundle, bundles and runs: what people have seen. */
  digest: hex64,
})

/** What was asked for: by whom, what it comes to, who signed. It is shown for ever. */
export const withdrawal = z.strictObject({
  id: uuid,
  ...target,
  /** It as people call it. */
  what: z.string(),
  reason: z.string(),
  askedBy: z.string(),
  /** Their `person.id`: two people may share a name. */
  askedById: z.string(),
  askedAt: time,
  /** Roles of whom a second person may sign: one of the two is an officer. */
  signers: z.array(roleName),
  effect: withdrawalEffect,
  /** What the second person signs: SHA-256 over all of the above. */
  content: hex64,
  /** Null: it waits for a second person. `void`: what it comes to had changed before somebody signed. */
  decision: z
    .strictObject({
      outcome: z.enum(['signed', 'declined', 'void']),
      by: z.string(),
      at: time,
      reason: z.string().nullable(),
    })
    .nullable(),
})

/** Two people, one of them an officer, withdraw at this site what lets bundles in. They never add trust. */
export const withdrawalCalls = {
  /** What it would come to now. Errors: as `withdrawal.ask`. */
  'withdrawal.look': call({
    params: z.strictObject(target),
    result: withdrawalEffect,
    roles: ['officer', 'administrator'],
    audit: 'none',
  }),
  /** Asks for it, with the digest of what was shown. */
  'withdrawal.ask': call({
    params: z.strictObject({ ...target, shown: hex64, reason, password }),
    result: z.strictObject({ id: uuid }),
    roles: ['officer', 'administrator'],
    audit: 'entry',
  }),
  /** Signs what somebody else asked for: exactly what was shown. It is in force then. */
  'withdrawal.sign': call({
    params: z.strictObject({ id: uuid, content: hex64, reason, password }),
    result: nothing,
    roles: ['officer', 'administrator'],
    audit: 'entry',
  }),
  /** Declines it; it may be asked for again. */
  'withdrawal.decline': call({
    params: z.strictObject({ id: uuid, reason, password }),
    result: nothing,
    roles: ['officer', 'administrator'],
    audit: 'entry',
  }),
  /** Those that wait, and the newest 200 others. */
  'withdrawal.list': call({
    params: nothing,
    result: z.strictObject({ withdrawals: z.array(withdrawal) }),
    roles: ['anyone'],
    audit: 'none',
  }),
} as const
