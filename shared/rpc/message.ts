// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { errorCodeSchema } from '../verdict.ts'

/** Four verbs go to the station: call, cancel, listen, dispose. */
const id = z.number().int().min(1)
const name = z.string().max(64)

/** What a client may say. */
export const requestSchema = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('call'), id, name, params: z.unknown() }),
  z.strictObject({ verb: z.literal('cancel'), id }),
  z.strictObject({ verb: z.literal('listen'), id, name, params: z.unknown() }),
  z.strictObject({ verb: z.literal('dispose'), id }),
])
export type Request = z.infer<typeof requestSchema>

/** An error on the wire: a code and facts, never a stack trace. */
export const wireErrorSchema = z.strictObject({
  code: errorCodeSchema,
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
})

/** What the station answers: `result` or `error` ends a request, `event` belongs to a listen. */
export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id, result: z.unknown() }),
  z.strictObject({ kind: z.literal('error'), id, error: wireErrorSchema }),
  z.strictObject({ kind: z.literal('event'), id, event: z.unknown() }),
  z.strictObject({ kind: z.literal('end'), id }),
])
export type Reply = z.infer<typeof replySchema>
