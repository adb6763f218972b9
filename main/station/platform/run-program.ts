// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process'
import type { Millis } from '../../../shared/units.ts'

/** How a program of the system ended; `code` is null for one that is not there, was killed or took too long. */
export type ProgramEnd = { readonly code: number | null; readonly out: string }

/**
 * Runs a program of the system without a shell: never one from a drive. It is killed after `within`, and not waited for
 * any longer: one that waits for a drive that does not answer cannot be killed.
 */
export const runProgram = (program: string, words: readonly string[], within: Millis): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    const child = execFile(program, words, { maxBuffer: 1_048_576, windowsHide: true }, (error, out) => {
      clearTimeout(late)
      resolve({ code: error === null ? 0 : child.exitCode, out })
    })
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      child.unref()
      resolve({ code: null, out: '' })
    }, within)
  })
