// SPDX-License-Identifier: Apache-2.0
/** The list of what must not be used any more (docs/formats/trust-policy.md, 4). */
import { z } from 'zod'
import { hex64, name, text, time, uuid, whole } from './scalars.ts'

/** What an entry speaks of: exactly one of these. */
const match = z.union([
  z.strictObject({ bundle: hex64 }),
  z.strictObject({ bundleId: uuid }),
  z.strictObject({ payload: hex64 }),
  z.strictObject({ belowCounter: z.strictObject({ product: name, counter: whole }) }),
  z.strictObject({ signer: hex64 }),
])
export type RecallMatch = z.infer<typeof match>

const entry = z.strictObject({
  id: z.string().regex(/^[A-Z0-9-]{1,32}$/),
  match,
  reason: text,
  severity: z.enum(['critical', 'high', 'low']),
  instead: text,
})
export type RecallEntry = z.infer<typeof entry>

/** `airlock.recall`: entries sorted by their unique ids. */
export const recallSchema = z.strictObject({
  kind: z.literal('airlock.recall'),
  schema: z.literal(1),
  version: whole.min(1),
  issuedAt: time,
  entries: z.array(entry).refine((list) => list.every(({ id }, n) => n === 0 || (list[n - 1]?.id ?? '') < id)),
})
export type RecallList = z.infer<typeof recallSchema>
