// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Contract } from '../../../shared/contract/contract.ts'
import { toAirlockError } from '../../../shared/errors.ts'
import type { Client } from '../../../shared/rpc/client.ts'
import { callByName, jobResults } from './station-client.ts'

const requestSchema = z.strictObject({
  id: z.union([z.string(), z.number()]),
  /** Each name is a port of its own: one person each. */
  port: z.string().default('main'),
  call: z.string(),
  params: z.unknown().default({}),
  /** Wait for the job that the call starts and answer with its result. */
  wait: z.boolean().default(false),
})

type Line = { readonly client: Client<Contract>; turn: Promise<void> }

/**
 * Answers JSON lines until they end: one request a line, one answer a line. Requests of one port are answered one after
 * the other, those of different ports side by side. Resolves when the work that was started has ended, too: the end of
 * the input cuts nothing off.
 */
export const serveLines = async (
  lines: AsyncIterable<string>,
  connect: () => Client<Contract>,
  write: (answer: object) => void,
): Promise<void> => {
  const ports = new Map<string, Line>()
  const jobs: Promise<unknown>[] = []

  const answer = async (client: Client<Contract>, { id, call, params, wait }: z.infer<typeof requestSchema>) => {
    try {
      const result = await callByName(client, call, params)
      const ended = jobResults(client, call, result)
      // How each ended stands in the station's own records; here they only have to have ended.
      if (ended !== undefined) jobs.push(Promise.allSettled([ended]))
      write({ id, result: wait && ended !== undefined ? await ended : result })
    } catch (error) {
      const { code, details } = toAirlockError(error)
      write({ id, error: { code, details } })
    }
  }

  for await (const text of lines) {
    if (text.trim() === '') continue
    const request = requestSchema.safeParse(tryJson(text))
    if (!request.success) {
      write({ id: null, error: { code: 'usage', details: {} } })
      continue
    }
    const line = ports.get(request.data.port) ?? { client: connect(), turn: Promise.resolve() }
    ports.set(request.data.port, line)
    line.turn = line.turn.then(() => answer(line.client, request.data))
  }
  await Promise.all([...ports.values()].map(({ turn }) => turn))
  await Promise.all(jobs)
}

const tryJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
