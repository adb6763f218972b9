// SPDX-License-Identifier: Apache-2.0
import type { SanitizationPolicy } from './policy.ts'

/** Words that a policy itself brings along: names of tables, fields and labels, and the values of enums. */
export const ownWords = ({ tables }: SanitizationPolicy): ReadonlySet<string> =>
  new Set(
    Object.entries(tables).flatMap(([table, { fields }]) => [
      table,
      ...Object.entries(fields).flatMap(([field, { names, values }]) => [field, ...(names ?? []), ...(values ?? [])]),
    ]),
  )
