// SPDX-License-Identifier: Apache-2.0

/** How often a rule acted on a field. Never a value. */
export type RuleCount = { table: string; field: string; rule: string; action: string; count: number }

/** Counts of one run. */
export type Tally = {
  /** The counter of one rule on one field: kept by the caller and counted up without another look-up. */
  counter(table: string, field: string, rule: string, action: string): RuleCount
  /** All that counted, in a fixed order. */
  counts(): RuleCount[]
}

/** An empty tally. */
export const createTally = (): Tally => {
  const counters = new Map<string, RuleCount>()
  return {
    counter(table, field, rule, action) {
      const key = `${table}"${field}"${rule}"${action}`
      const known = counters.get(key)
      if (known !== undefined) return known
      const fresh = { table, field, rule, action, count: 0 }
      counters.set(key, fresh)
      return fresh
    },
    counts: () =>
      [...counters.entries()]
        .filter(([, { count }]) => count > 0)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, counter]) => ({ ...counter })),
  }
}
