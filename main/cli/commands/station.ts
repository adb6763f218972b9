// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { startStation } from '../station/start-station.ts'
import { serveLines } from '../station/serve-lines.ts'
import { callAndWait, isCallName, nearestCalls, signInByFile } from '../station/station-client.ts'
import { checkThere, stationOptions, stationUsage, toStationOptions } from '../station/station-words.ts'
import { needed, parseWords } from '../words.ts'

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AirlockError('usage', { why: 'parameters are not JSON' }, { cause })
  }
}

const wholeInput = async ({ input }: Io): Promise<string> => {
  const lines: string[] = []
  for await (const line of input ?? []) lines.push(line)
  return lines.join('\n')
}

/** Every call with those who may make it: one a line, or as JSON. */
const listCalls = (json: boolean, io: Io): void => {
  const rows = Object.entries(contract).filter(([name]) => isCallName(name))
  const width = Math.max(...rows.map(([name]) => name.length))
  if (json) io.out(`${JSON.stringify(rows.map(([name, { roles }]) => ({ name, roles })))}\n`)
  else for (const [name, { roles }] of rows) io.out(`${name.padEnd(width)}  ${roles.join(', ')}\n`)
}

const call: Command = {
  name: 'station call',
  summary: 'start a station, make one call as one person, wait for its job, stop',
  usage: `airlock station call NAME [PARAMETERS-JSON | -] [--as LOGIN --password-file FILE] [--json]
  airlock station call --list [--json]
  ${stationUsage}
  "-" reads the parameters from standard input: words of a command can be seen by every process of the machine.
  --list prints the names of the calls and who may make them; docs/station-calls.md says what each takes.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        ...stationOptions,
        as: { type: 'string' },
        'password-file': { type: 'string' },
        list: { type: 'boolean', default: false },
      },
    })
    if (values.list) {
      listCalls(values.json, io)
      return 0
    }
    const [first, word = '{}'] = positionals
    const name = needed(first, 'NAME')
    if (!isCallName(name))
      throw new AirlockError('usage', { 'no such call': name, nearest: nearestCalls(name).join(', ') })
    const params = parseJson(word === '-' ? await wholeInput(io) : word)
    const options = toStationOptions(values, io)
    checkThere(options.data, name)
    const station = await startStation(options)
    try {
      const client = station.connect()
      if (values.as !== undefined) await signInByFile(client, values.as, values['password-file'])
      const result = await callAndWait(client, name, params)
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

const noLines = async function* (): AsyncGenerator<string> {}

const run: Command = {
  name: 'station run',
  summary: 'run a station, driven by JSON lines on standard input, until their end',
  usage: `airlock station run
  ${stationUsage}
  One request a line: {"id":1,"port":"anna","call":"bundles.list","params":{},"wait":false}; one answer a line:
  {"id":1,"result":…} or {"id":1,"error":{"code":…,"details":…}}. Each port is one person,
  whose requests are answered one after the other. The station stops at the end of the input, when all work has ended.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values } = parseWords({ args: words, options: stationOptions })
    const station = await startStation(toStationOptions(values, io))
    io.err(`station: running as process ${station.pid}\n`)
    try {
      await serveLines(
        io.input ?? noLines(),
        () => station.connect(),
        (answer) => io.out(`${JSON.stringify(answer)}\n`),
      )
    } finally {
      await station.stop()
    }
    return 0
  },
}

/** A station without a window. */
export const stationCommands: readonly Command[] = [call, run]
