// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../error-codes.ts'

/**
 * What a person reads for a code: what happened, what state things are in, what to do next (the first step works for
 * a technician alone). `{name}` stands for a fact of the error's details; what stands in `[…]` is said only where its
 * facts are known (`fill.ts`).
 */
export type ErrorText = {
  readonly headline: string
  readonly state: string
  readonly next: readonly [string, ...string[]]
}

/** One language: a text for every code, or it does not compile. */
export type ErrorTexts = Readonly<Record<ErrorCode, ErrorText>>
