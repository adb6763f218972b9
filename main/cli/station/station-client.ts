// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { contract, type Contract } from '../../../shared/contract/contract.ts'
import { job } from '../../../shared/contract/values.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { isErrorCode } from '../../../shared/error-codes.ts'
import type { Client } from '../../../shared/rpc/client.ts'
import type { CallName } from '../../../shared/rpc/contract-table.ts'
import { needed, readText } from '../words.ts'

/** A call whose name came from outside. */
export const isCallName = (name: string): name is CallName<Contract> =>
  Object.hasOwn(contract, name) && Reflect.get(Reflect.get(contract, name), 'kind') === 'call'

/** The three names of calls that are most like a word that is none. */
export const nearestCalls = (word: string): string[] =>
  Object.keys(contract)
    .filter(isCallName)
    .map((name) => ({ name, edits: editsBetween(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits)
    .slice(0, 3)
    .map(({ name }) => name)

/** Levenshtein's distance, row by row. */
const editsBetween = (from: string, to: string): number => {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [at, letter] of from.split('').entries()) {
    const next = [at + 1]
    for (const [place, other] of to.split('').entries()) {
      const [corner = 0, above = 0] = row.slice(place, place + 2)
      next.push(Math.min(corner + Number(letter !== other), above + 1, (next[place] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Makes a call by name; parameters are parsed by the station. Errors: `call.unknown`, and whatever the station answers. */
export const callByName = (client: Client<Contract>, name: string, params: unknown): Promise<unknown> => {
  if (!isCallName(name)) throw new AirlockError('call.unknown', { name })
  // Parsed here too: what does not fit is refused before it is sent, with the place that does not fit.
  const parsed = contract[name].params.safeParse(params)
  if (!parsed.success)
    throw new AirlockError('call.parameters', { name, where: parsed.error.issues[0]?.path.join('.') ?? '' })
  return client.call(name, parsed.data)
}

/** Signs a person in; a password is read from a file: words of a command can be seen. Errors: `usage`, `person.*`. */
export const signInByFile = async (
  client: Client<Contract>,
  login: string,
  passwordFile: string | undefined,
): Promise<void> => {
  const password = readText(needed(passwordFile, 'password-file')).trimEnd()
  await client.call('session.signIn', { login, password })
}

type Job = z.infer<typeof job>

/** Waits for a job's end and gives its result. Errors: the code with which it ended. */
export const waitForJob = async (client: Client<Contract>, jobId: string): Promise<unknown> => {
  let last: Job | undefined
  await client.listen('jobs.watch', { jobId }, (view) => (last = view)).ended
  if (last?.state === 'done') return last.result
  const code = last?.code ?? 'internal'
  throw new AirlockError(isErrorCode(code) ? code : 'internal', { job: jobId, state: last?.state ?? 'unknown' })
}

const started = z.object({ jobId: z.string() })
const startedMany = z.object({ jobs: z.array(z.object({ jobId: z.string() })) })

/** The results of the jobs that a call has started, when they have ended; undefined: it has started none. */
export const jobResults = (client: Client<Contract>, name: string, answer: unknown): Promise<unknown> | undefined => {
  const one = started.safeParse(answer)
  if (one.success) return waitForJob(client, one.data.jobId)
  const many = startedMany.safeParse(answer)
  if (!many.success || name === 'jobs.list') return undefined
  return allEnded(many.data.jobs.map(({ jobId }) => waitForJob(client, jobId)))
}

/** All of them first: whoever asked may end the station when one has failed, while others still write. */
const allEnded = async (jobs: readonly Promise<unknown>[]): Promise<unknown[]> => {
  const ends = await Promise.allSettled(jobs)
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason
    return end.value
  })
}

/** Makes a call and, where it starts jobs, waits for their results. */
export const callAndWait = async (client: Client<Contract>, name: string, params: unknown): Promise<unknown> => {
  const answer = await callByName(client, name, params)
  return (await jobResults(client, name, answer)) ?? answer
}
