// SPDX-License-Identifier: Apache-2.0
/** A keyboard-type scanner told from a person's hands: pure. */

/** Longest time from one key of a scan to the next, ms. Nobody types six keys in a row that fast. */
export const gap = 30
/** Fewer characters are no code that anybody prints on a device. */
export const shortest = 4

/** The keys since the last pause. `at`: when the last one came, ms. */
export type Burst = { readonly text: string; readonly at: number }
export const noBurst: Burst = { text: '', at: Number.NEGATIVE_INFINITY }

/** A key that was pressed: a character, `Enter`, or something else, at a time in ms. */
export type Key = { readonly key: string; readonly at: number }

/** What a key makes of the burst. `fast`: it came too fast for a hand. `scan`: it was the Enter that ends a scan. */
export type Step = { readonly burst: Burst; readonly fast: boolean; readonly scan?: string }

/** Takes one key. Shift comes and goes within a scan; every other key that is no character ends it. */
export const scanStep = ({ text, at: before }: Burst, { key, at }: Key): Step => {
  const fast = at - before < gap
  if (key === 'Shift') return { burst: { text, at: before }, fast: false }
  if (key === 'Enter' && fast && text.length >= shortest) return { burst: noBurst, fast, scan: text }
  if (key.length !== 1) return { burst: noBurst, fast: false }
  return { burst: { text: fast ? text + key : key, at }, fast }
}
