// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'

/** Runs `airlock …words --json` as its user would and gives what it prints; `accepted` exit codes are no failure. */
export const airlock = (words: readonly string[], accepted: readonly number[] = [0]): unknown => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['main/cli/main.ts', ...words, '--json'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status === null || !accepted.includes(status))
    throw new Error(`airlock ${words.join(' ')} ended with ${status}: ${stdout}${stderr}`)
  return JSON.parse(stdout)
}
