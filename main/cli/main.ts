// SPDX-License-Identifier: Apache-2.0
import { createInterface } from 'node:readline'
import { stderrLog } from '../station/platform/log.ts'
import { systemClock } from '../station/platform/clock.ts'
import { appVersion } from '../../shared/app-version.ts'
import { toAirlockError } from '../../shared/errors.ts'
import { commands } from './commands.ts'
import { describeCode } from './describe-code.ts'
import { fileTrouble } from './file-trouble.ts'
import type { Command, ExitCode, Io } from './command.ts'

const help = (shown: readonly Command[]): string => {
  const width = Math.max(0, ...shown.map((command) => command.name.length))
  const rows = shown.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`)
  return [
    'airlock <command> [options] [--json]',
    '',
    ...rows,
    '',
    'airlock <command> --help says more of one; airlock --version says which Airlock this is.',
    'Exit codes: 0 good, 1 refused or not verified, 2 usage or a file that cannot be used, 3 internal',
    'AIRLOCK_DEBUG=1 adds the stack of an error.',
    '',
  ].join('\n')
}

const asksHelp = (word: string | undefined): boolean => word === '--help' || word === '-h'

/** Finds the command by its first words and runs it; the one catch boundary of the command line. */
export const runCommand = async (words: string[], io: Io): Promise<ExitCode> => {
  const command = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (command === undefined) return withoutCommand(words, io)
  const rest = words.slice(command.name.split(' ').length)
  if (rest.some(asksHelp)) {
    io.out(`${command.usage}\n`)
    return 0
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    return report(error, rest.includes('--json'), command.usage, io)
  }
}

/** What is said where the words name no command: the version, the help that was asked for, or that there is none. */
const withoutCommand = (words: readonly string[], io: Io): ExitCode => {
  const [first, second] = words
  const group = commands.filter(({ name }) => name.startsWith(`${first} `))
  const shown = help(group.length > 0 ? group : commands)
  if (first === '--version') {
    io.out(`${appVersion}\n`)
    return 0
  }
  if (first === undefined || first === 'help' || asksHelp(first) || (group.length > 0 && asksHelp(second))) {
    io.out(shown)
    return 0
  }
  const why = `unknown command "${words.slice(0, group.length > 0 ? 2 : 1).join(' ')}"`
  if (words.includes('--json')) io.out(`${JSON.stringify({ error: { code: 'usage', details: { why } } })}\n`)
  else io.err(`airlock: ${why}\n\n${shown}`)
  return 2
}

const report = (error: unknown, json: boolean, usage: string, io: Io): ExitCode => {
  const known = fileTrouble(error) ?? toAirlockError(error)
  const facts = Object.entries(known.details).map(([key, value]) => ` ${key}=${value}`)
  if (json) io.out(`${JSON.stringify({ error: { code: known.code, details: known.details } })}\n`)
  else io.err(`airlock: ${known.code}${facts.join('')}\n`)
  if (!json && known.code !== 'usage') io.err(describeCode(known.code, known.details))
  if (known.code === 'usage') {
    io.err(`${usage}\n`)
    return 2
  }
  if (known.code === 'internal' || io.env['AIRLOCK_DEBUG'] !== undefined) stderrLog.error('cli', known.cause ?? known)
  if (known.code === 'internal') return 3
  return known.code === 'file.unusable' ? 2 : 1
}

/** A generator: reading, which keeps the process alive, starts with the first line that is asked for. */
const standardInput = async function* (): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin })
}

if (import.meta.main) {
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: standardInput(),
    clock: systemClock,
    env: process.env,
  })
}
