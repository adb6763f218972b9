// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { channels, policyRoles } from '../formats/trust-policy.ts'
import { call } from '../rpc/contract-table.ts'
import { count, hex64, password, roleName, time } from './values.ts'

const policyRole = z.enum(policyRoles)
const named = z.strictObject({ id: hex64, product: z.string(), version: z.string() })

/** How a key stands now; `ended` and `not-yet` by the station's clock, `withdrawn` by the policy, `withdrawn-here` by two people. */
export const keyState = z.enum(['trusted', 'ends-soon', 'ended', 'not-yet', 'withdrawn', 'withdrawn-here'])

const pinnedKey = z.strictObject({
  key: hex64,
  /** A key that signs, or one of a CA that makes certificates for those. */
  kind: z.enum(['signer', 'ca']),
  /** What the key calls itself in a bundle of this station; null where it has not. */
  name: z.string().nullable(),
  from: time,
  until: time,
  state: keyState,
  /** Bundles of this station that are signed with it: what its withdrawal would concern. */
  bundles: z.array(named),
})

const policy = z.strictObject({
  version: count,
  manifest: hex64,
  issuedAt: time,
  expires: time,
  graceDays: count,
  roles: z.array(
    z.strictObject({ role: policyRole, threshold: count, products: z.array(z.string()), keys: z.array(pinnedKey) }),
  ),
  require: z.array(z.strictObject({ channel: z.enum(channels), roles: z.array(policyRole) })),
  exclusive: z.array(z.strictObject({ roles: z.array(policyRole).length(2) })),
  counters: z.array(z.strictObject({ product: z.string(), counter: count })),
  revoked: z.array(z.strictObject({ key: hex64, reason: z.string(), bundles: z.array(named) })),
})

const recall = z.strictObject({
  version: count,
  issuedAt: time,
  entries: z.array(
    z.strictObject({
      id: z.string(),
      reason: z.string(),
      severity: z.enum(['critical', 'high', 'low']),
      instead: z.string(),
      bundles: z.array(named),
    }),
  ),
})

const reason = z.string().trim().min(1).max(1000)
const decision = z.strictObject({ content: hex64, reason, password })

/** Policy steps that a drive brought and that wait for a second person: what they change against the policy in force. */
const waitingPolicy = z.strictObject({
  from: count,
  version: count,
  manifest: hex64,
  broughtBy: z.string(),
  /** Their `person.id`: two people may share a name. */
  broughtById: z.string(),
  broughtAt: time,
  /** Roles of whom a second person may sign: one of the two is an officer. */
  signers: z.array(roleName),
  /** Every place where the policy that waits differs from the one in force, as the policies write it. */
  changes: z.array(z.strictObject({ path: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  /** What is signed: SHA-256 over the policy in force and every step. */
  content: hex64,
})

/** What this station trusts, to be seen; and the second signature for a new policy. */
export const trustCalls = {
  /** The policy and the recall list in force, and which policies were in force before. */
  'trust.look': call({
    params: z.strictObject({}),
    result: z.strictObject({
      policy: policy.nullable(),
      recall: recall.nullable(),
      history: z.array(z.strictObject({ version: count, at: time, by: z.string(), seq: count })),
    }),
    roles: ['technician', 'officer', 'administrator', 'auditor'],
    audit: 'none',
  }),
  /** The policy that waits for a second signature. What it takes away (keys, counters) counts already. */
  'trust.waiting': call({
    params: z.strictObject({}),
    result: z.strictObject({ waiting: waitingPolicy.nullable() }),
    roles: ['anyone'],
    audit: 'none',
  }),
  /** Puts it in force: exactly what was shown, by somebody who did not bring it. */
  'trust.sign': call({
    params: decision,
    result: z.strictObject({}),
    roles: ['officer', 'administrator'],
    audit: 'entry',
  }),
  /** Does not. It may be brought again. */
  'trust.decline': call({
    params: decision,
    result: z.strictObject({}),
    roles: ['officer', 'administrator'],
    audit: 'entry',
  }),
} as const
