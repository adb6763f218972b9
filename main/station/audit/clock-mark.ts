// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import { parseLeaf, type Leaf } from './leaf.ts'
import { countLeaves, readLeaves } from './tables.ts'

/** A clock this far above all that is known is taken for poisoned, not for a station that stood still; milliseconds. */
export const maxClockJump = 400 * 86_400_000

/** A step below this is what a time server does on its own; it is in the log, and nobody has to look. Milliseconds. */
const stepWorthALook = 5 * 60_000

const stepSchema = z.strictObject({ before: z.int(), after: z.int() })
const lookSchema = z.strictObject({ uid: z.string(), name: z.string(), reason: z.string(), at: z.int() })
const markSchema = z.strictObject({
  reference: z.int(),
  step: stepSchema.nullable(),
  looked: lookSchema.nullable(),
})
/**
 * What the log says of time. `reference` is the highest time of an entry that was written under a credible clock, counted
 * from the last confirmation; `step` the last one that nobody has confirmed; `looked` who said that the clock is right.
 */
export type ClockMark = z.infer<typeof markSchema>

const wall = z.object({ wall_ms: z.int() })
const kept = z.object({ clock: markSchema })

/** One entry further. */
export const foldClock = (mark: ClockMark | undefined, leaf: Leaf): ClockMark => {
  const { wall_ms: at, action, actor, reason, outcome } = leaf
  const { reference, step, looked } = mark ?? { reference: at, step: null, looked: null }
  const credible = at > reference + maxClockJump ? reference : Math.max(at, reference)
  if (action === 'clock.confirm' && outcome === 'ok') return { reference: at, step: null, looked: null }
  if (action === 'clock.look') {
    const { uid, name } = actor
    return { reference: credible, step, looked: { uid, name, reason: reason ?? '', at } }
  }
  if (action !== 'clock.step') return { reference: credible, step, looked }
  const before = wall.parse(leaf.before).wall_ms
  const large = Math.abs(at - before) >= stepWorthALook
  // What somebody said of the clock was said before it moved.
  return { reference: credible, step: large ? { before, after: at } : step, looked: large ? null : looked }
}

/** What an entry says of the mark up to it; then nothing before it has to be read. */
const markIn = (leaf: Leaf): ClockMark | undefined => {
  if (leaf.action === 'clock.confirm') return foldClock(undefined, leaf)
  return kept.safeParse(leaf.after).data?.clock
}

const wordsOfMark = ['"action":"clock.confirm"', '"action":"station.start"']
/** Entries that are looked through at once. */
const slice = 512

/** The newest entry that holds a mark, and that mark. */
const lastKept = (read: ReadHandle, size: number): { mark: ClockMark | undefined; next: number } => {
  for (let to = size; to > 0; to -= slice) {
    for (const { seq, leaf } of readLeaves(read, Math.max(0, to - slice), to).reverse()) {
      // Looked for in the bytes first: parsing a whole log takes a second, and only few entries are of these kinds.
      const text = Buffer.from(leaf.buffer, leaf.byteOffset, leaf.byteLength)
      const mark = wordsOfMark.some((word) => text.includes(word)) ? markIn(parseLeaf(leaf)) : undefined
      if (mark !== undefined) return { mark, next: seq + 1 }
    }
  }
  return { mark: undefined, next: 0 }
}

/** Follows the log: each call reads the entries that came since the last one. Errors: `audit.unreadable`. */
export const followClock = (read: ReadHandle): (() => ClockMark | undefined) => {
  let known: { mark: ClockMark | undefined; next: number } | undefined
  return () => {
    const size = countLeaves(read)
    known ??= lastKept(read, size)
    const rows = readLeaves(read, known.next, size)
    const mark = rows.reduce<ClockMark | undefined>(
      (before, { leaf }) => foldClock(before, parseLeaf(leaf)),
      known.mark,
    )
    known = { mark, next: size }
    return mark
  }
}
