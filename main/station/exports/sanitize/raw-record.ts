// SPDX-License-Identifier: Apache-2.0

/**
 * One record before sanitizing: flat, times in milliseconds UTC, lists and labels as canonical JSON text.
 * Tables and fields are named by their sources; which of them leave is the policy's word alone.
 */
export type RawRecord = {
  readonly table: string
  readonly fields: Readonly<Record<string, string | number | null>>
}
