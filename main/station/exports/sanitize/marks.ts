// SPDX-License-Identifier: Apache-2.0
import type { KnownValues } from './known.ts'
import type { Outcome } from './transform.ts'

/** Gives texts that occur again and again a mark, and tells afterwards which marks are worth a look. */
export type Marks = {
  /** The outcome with a mark of its own, one of thirty; texts that cannot hold anything keep none. */
  remember(outcome: Outcome): Outcome
  /** The marks of all remembered texts that hold a known value. */
  dirty(known: KnownValues): number
}

/** No marks yet. */
export const createMarks = (): Marks => {
  const texts: { json: string; mark: number }[] = []
  return {
    remember(outcome) {
      if (outcome.mark === 0 || outcome.json === undefined) return outcome
      const mark = 1 << (texts.length % 30)
      texts.push({ json: outcome.json, mark })
      return { ...outcome, mark }
    },
    dirty: (known) => texts.reduce((marks, { json, mark }) => (known.mayHold(json) ? marks | mark : marks), 0),
  }
}
