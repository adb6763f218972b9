// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../../../shared/error-codes.ts'
import type { Facts, Fault } from '../trust/standing.ts'

/** A value, or the fault that stands in its place. */
export type Answer<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Fault)

/** A good answer. */
export const good = <T>(value: T): Answer<T> => ({ ok: true, value })

/** A fault as an answer. */
export const bad = (code: ErrorCode, detail?: string): { readonly ok: false } & Fault =>
  detail === undefined ? { ok: false, code } : { ok: false, code, detail }

/** A fault on its own. */
export const fault = (code: ErrorCode, detail?: string, facts?: Facts): Fault => ({
  code,
  ...(detail === undefined ? {} : { detail }),
  ...(facts === undefined ? {} : { facts }),
})
