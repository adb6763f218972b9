// SPDX-License-Identifier: Apache-2.0
import { inspect } from 'node:util'

/** Diagnostic log: one JSON object a line on standard error, for engineers. People read the audit log, never this one. */
export type Log = {
  info(event: string, facts?: Record<string, string | number | boolean>): void
  error(event: string, error: unknown, facts?: Record<string, string | number | boolean>): void
}

const line = (level: string, event: string, facts: object): void => {
  process.stderr.write(`${JSON.stringify({ level, event, ...facts })}\n`)
}

const describe = (error: unknown): object =>
  error instanceof Error
    ? {
        error: error.message,
        stack: error.stack,
        ...(error.cause === undefined ? {} : { cause: inspect(error.cause) }),
      }
    : { error: String(error) }

/** Writes to standard error. */
export const stderrLog: Log = {
  info: (event, facts = {}) => line('info', event, facts),
  error: (event, error, facts = {}) => line('error', event, { ...facts, ...describe(error) }),
}

/** Says nothing: for unit tests and for commands whose output is their result. */
export const silentLog: Log = { info: () => undefined, error: () => undefined }
