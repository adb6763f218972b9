// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError, toAirlockError } from '../../../shared/errors.ts'
import { readJsonFile, readPolicyDocument, readRecallDocument, stateOf } from './context.ts'
import { verifyFile } from './verify.ts'
import { verifyTrust } from './verify-trust.ts'

/** One request a line (docs/formats/envelope.md, clause 8). Policy and recall list are paths, the state is a path or the facts. */
const requestSchema = z.strictObject({
  id: z.union([z.string(), z.number()]),
  kind: z.string().optional(),
  file: z.string(),
  policy: z.string().nullish(),
  recall: z.string().nullish(),
  state: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
})

/** Answers one request: `{"id", "verdict", "code", …}`, or `{"id", "error"}` where there is no verdict. Never throws. */
export const answerLine = async (line: string, now: number): Promise<string> => {
  let id: string | number | null = null
  try {
    const request = requestSchema.safeParse(JSON.parse(line))
    if (!request.success) throw new AirlockError('usage', { field: request.error.issues[0]?.path.join('.') ?? '' })
    id = request.data.id
    return JSON.stringify({ id, ...(await judge(request.data, now)) })
  } catch (error) {
    const { code, details } = error instanceof SyntaxError ? new AirlockError('usage') : toAirlockError(error)
    return JSON.stringify({ id, error: { code, details } })
  }
}

const judge = async (request: z.infer<typeof requestSchema>, now: number): Promise<object> => {
  const { file, state: facts } = request
  const policy = typeof request.policy === 'string' ? readPolicyDocument(request.policy) : undefined
  const recall = typeof request.recall === 'string' ? readRecallDocument(request.recall) : undefined
  const state = stateOf(typeof facts === 'string' ? readJsonFile(facts) : (facts ?? {}), now)
  const isTrust = /trust|recall/.test(request.kind ?? '') || file.endsWith('.airtrust')
  if (isTrust) return await verifyTrust(file, { policy, recall, clock: state })
  if (policy === undefined) throw new AirlockError('policy.absent')
  const { verdict } = await verifyFile(file, {
    policy: policy.policy,
    ...(recall === undefined ? {} : { recall: recall.list }),
    state,
  })
  return verdict
}
