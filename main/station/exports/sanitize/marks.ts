// SPDX-License-Identifier: Apache-2.0
import type { KnownValues } from './known.ts'
import type { Member } from './transform.ts'

/** Gives texts that occur again and again a mark, and tells afterwards which marks are worth a look. */
export type Marks = {
  /** The member with a mark of its own, one of thirty; texts that cannot hold anything keep none. */
  remember(member: Member): Member
  /** The marks of all remembered texts that hold a known value. */
  dirty(known: KnownValues): number
}

/** No marks yet. */
export const createMarks = (): Marks => {
  const texts: { member: string; mark: number }[] = []
  return {
    remember(found) {
      if (found.mark === 0 || found.member === undefined) return found
      const mark = 1 << (texts.length % 30)
      texts.push({ member: found.member, mark })
      return { ...found, mark }
    },
    dirty: (known) => texts.reduce((marks, { member, mark }) => (known.mayHold(member) ? marks | mark : marks), 0),
  }
}
