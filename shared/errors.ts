// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from './error-codes.ts'

/**
 * Facts that belong to an error: shown to people, written to the audit log, never secrets or stack traces, and no paths
 * but those that the person at the command line gave.
 */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

/** The one error type of the project: a code of the closed catalogue, with facts and the cause. */
export class AirlockError extends Error {
  override readonly name = 'AirlockError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    super(code, options)
    this.code = code
    this.details = details
  }
}

/** What crosses a process border or a catch boundary: an AirlockError as it is, anything else as `internal`. */
export const toAirlockError = (error: unknown): AirlockError =>
  error instanceof AirlockError ? error : new AirlockError('internal', {}, { cause: error })
