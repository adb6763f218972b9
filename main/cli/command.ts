// SPDX-License-Identifier: Apache-2.0
import type { Clock } from '../station/platform/clock.ts'

/** 0 good · 1 refused or not verified · 2 wrong usage, or a file that cannot be used · 3 internal. */
export type ExitCode = 0 | 1 | 2 | 3

/** Where a command reads and writes; tests give their own. */
export type Io = {
  out(text: string): void
  err(text: string): void
  /** Lines of standard input; nothing is read before the first one is asked for. */
  readonly input?: AsyncIterable<string>
  readonly clock: Clock
  /** Environment variables; a command names those it reads in its usage. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** One command: `airlock <group> <verb>`. `run` gets the words behind its name; it throws AirlockError('usage') for wrong ones. */
export type Command = {
  readonly name: string
  readonly summary: string
  readonly usage: string
  run(words: string[], io: Io): Promise<ExitCode>
}
