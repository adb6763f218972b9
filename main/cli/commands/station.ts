// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Contract } from '../../../shared/contract/contract.ts'
import { AirlockError, toAirlockError } from '../../../shared/errors.ts'
import type { Client } from '../../../shared/rpc/client.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { startStation } from '../station/start-station.ts'
import { callAndWait, callByName } from '../station/station-client.ts'
import { stationOptions, stationUsage, toStationOptions } from '../station/station-words.ts'
import { needed, parseWords, readText } from '../words.ts'

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AirlockError('usage', { why: 'parameters are not JSON' }, { cause })
  }
}

const tryJson = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    // No request: the answer says so, and the lines after it are read.
    return undefined
  }
}

const wholeInput = async ({ input }: Io): Promise<string> => {
  const lines: string[] = []
  for await (const line of input ?? []) lines.push(line)
  return lines.join('\n')
}

const call: Command = {
  name: 'station call',
  summary: 'start a station, make one call as one person, wait for its job, stop',
  usage: `airlock station call NAME [PARAMETERS-JSON | -] [--as LOGIN --password-file FILE] [--json]
  ${stationUsage}
  "-" reads the parameters from standard input: words of a command can be seen by every process of the machine.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: { ...stationOptions, as: { type: 'string' }, 'password-file': { type: 'string' } },
    })
    const [name, word = '{}'] = positionals
    const params = parseJson(word === '-' ? await wholeInput(io) : word)
    const station = await startStation(toStationOptions(values, io))
    try {
      const client = station.connect()
      if (values.as !== undefined) {
        const password = readText(needed(values['password-file'], 'password-file')).trimEnd()
        await client.call('session.signIn', { login: values.as, password })
      }
      const result = await callAndWait(client, needed(name, 'NAME'), params)
      io.out(`${JSON.stringify(result, null, values.json ? 0 : 2)}\n`)
      return refused(result) ? 1 : 0
    } finally {
      await station.stop()
    }
  },
}

const verdictIn = z.object({ verdict: z.object({ verdict: z.literal('refused') }) })
/** A refusal is a value of the station's, and the exit code 1 of a command. */
const refused = (result: unknown): boolean => verdictIn.safeParse(result).success

const requestSchema = z.strictObject({
  id: z.union([z.string(), z.number()]),
  /** Each name is a port of its own: one person each. */
  port: z.string().default('main'),
  call: z.string(),
  params: z.unknown().default({}),
  /** Wait for the job that the call starts and answer with its result. */
  wait: z.boolean().default(false),
})

const run: Command = {
  name: 'station run',
  summary: 'run a station, driven by JSON lines on standard input, until their end',
  usage: `airlock station run
  ${stationUsage}
  One request a line: {"id":1,"port":"anna","call":"bundles.list","params":{},"wait":false}; one answer a line:
  {"id":1,"result":…} or {"id":1,"error":{"code":…,"details":…}}. Each port is one person. The station stops at the
  end of the input.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values } = parseWords({ args: words, options: stationOptions })
    const station = await startStation(toStationOptions(values, io))
    const ports = new Map<string, Client<Contract>>()
    const clientOf = (port: string): Client<Contract> => {
      const client = ports.get(port) ?? station.connect()
      ports.set(port, client)
      return client
    }
    const write = (value: object): void => io.out(`${JSON.stringify(value)}\n`)
    const answer = async (line: string): Promise<void> => {
      const request = requestSchema.safeParse(tryJson(line))
      if (!request.success) return write({ id: null, error: { code: 'usage', details: {} } })
      const { id, port, call: name, params, wait } = request.data
      try {
        const make = wait ? callAndWait : callByName
        write({ id, result: await make(clientOf(port), name, params) })
      } catch (error) {
        const { code, details } = toAirlockError(error)
        write({ id, error: { code, details } })
      }
    }
    io.err(`station: running as process ${station.pid}\n`)
    const open = new Set<Promise<void>>()
    try {
      for await (const line of io.input ?? []) {
        if (line.trim() === '') continue
        const one = answer(line).finally(() => open.delete(one))
        open.add(one)
      }
      await Promise.all(open)
    } finally {
      await station.stop()
    }
    return 0
  },
}

/** A station without a window. */
export const stationCommands: readonly Command[] = [call, run]
