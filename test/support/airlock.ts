// SPDX-License-Identifier: Apache-2.0
import type { ExitCode } from '../../main/cli/command.ts'
import { runCommand } from '../../main/cli/main.ts'
import { testClock } from './clock.ts'

/** Runs a command line in this process, at the time of the test clock: what it ends with and what it says. */
export const airlock = async (...words: string[]): Promise<{ code: ExitCode; out: string; err: string }> => {
  let [out, err] = ['', '']
  const code = await runCommand(words, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    clock: testClock(),
    env: {},
  })
  return { code, out, err }
}
