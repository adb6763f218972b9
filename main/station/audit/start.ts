// SPDX-License-Identifier: Apache-2.0
import type { ReadHandle } from '../store/open.ts'
import { frontierAt, type Frontier } from './merkle.ts'
import type { NoteKey } from './note.ts'
import { countLeaves, readHead, readLeaves, storedNodes, type HeadRow } from './tables.ts'
import { checkFrom, checkHead, checkKept, type LogFault } from './walk.ts'
import { toAirlockError } from '../../../shared/errors.ts'

/** What a station finds when it opens its log. */
export type Start =
  | { readonly state: 'empty' }
  | { readonly state: 'good'; readonly frontier: Frontier; readonly head: HeadRow; readonly lastLeaf: Uint8Array }
  | { readonly state: 'fault'; readonly fault: LogFault }

/** Entries that are hashed again at every start; all of them are verified in the background. */
const recent = 1000

const bad = (fault: LogFault): Start => ({ state: 'fault', fault })

/**
 * The check before anything is signed: the head's signature, the last 1 000 entries, and that the log has grown out of
 * the head kept outside. A head file that is behind is what a crash between commit and its writing leaves.
 */
export const checkStart = (read: ReadHandle, key: NoteKey, kept: Uint8Array | undefined): Start => {
  if (countLeaves(read) === 0 && readHead(read) === undefined) {
    if (kept === undefined) return { state: 'empty' }
    return bad({ code: 'audit.rolled-back', firstBad: 0, why: 'the log is gone' })
  }
  const checked = checkHead(read, key)
  if (!('head' in checked)) return bad(checked)
  const { head } = checked
  try {
    const fault = checkFrom(read, Math.max(0, head.size - recent), head) ?? checkKept(read, key, head, kept)
    if (fault !== undefined) return bad(fault)
    const [last] = readLeaves(read, head.size - 1, head.size)
    if (last === undefined) return bad({ code: 'audit.unreadable', why: 'no last entry' })
    return { state: 'good', frontier: frontierAt(storedNodes(read), head.size), head, lastLeaf: last.leaf }
  } catch (error) {
    return bad({ code: toAirlockError(error).code, why: 'a stored hash is missing' })
  }
}
