// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { isErrorCode, type ErrorCode } from './error-codes.ts'

/** A code of the catalogue, parsed. */
export const errorCodeSchema = z.custom<ErrorCode>((value) => typeof value === 'string' && isErrorCode(value))

/** One question asked of a file, and its answer. `id` is stable (`container`, `signatures`, `threshold`, …). */
export const checkSchema = z.strictObject({
  id: z.string(),
  ok: z.boolean(),
  code: errorCodeSchema.optional(),
  detail: z.string().optional(),
  /** What the code's text names: which product, how many signatures. Days are YYYY-MM-DD. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The exception, made by two people, by which a question counts as answered. */
  exception: z.string().optional(),
})
export type Check = z.infer<typeof checkSchema>

/** A refusal is a value: the first question that failed gives the code, the questions asked so far are listed in order. */
export const verdictSchema = z.strictObject({
  verdict: z.enum(['accepted', 'refused']),
  code: errorCodeSchema.optional(),
  checks: z.array(checkSchema),
})
export type Verdict = z.infer<typeof verdictSchema>
