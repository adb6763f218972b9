// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { toAirlockError } from '../../../shared/errors.ts'
import type { ReadHandle } from '../store/open.ts'
import { openCheckpoint } from './checkpoint.ts'
import { frontierAt, frontierRoot, grow, leafHash, treeRoot, type Frontier } from './merkle.ts'
import type { NoteKey } from './note.ts'
import { countLeaves, readHead, readLeaves, storedNodes, type HeadRow } from './tables.ts'

/** What is wrong with a log, and from which entry on. */
export type LogFault = { readonly code: ErrorCode; readonly firstBad?: number; readonly why: string }

/** Hashes the leaves [frontier.size, to) again and compares them and the nodes above with what is stored. */
export const walkLeaves = (read: ReadHandle, frontier: Frontier, to: number): LogFault | undefined => {
  for (const row of readLeaves(read, frontier.size, to)) {
    const seq = frontier.size
    if (row.seq !== seq) return { code: 'audit.changed', firstBad: seq, why: 'entry missing' }
    const digest = leafHash(row.leaf)
    if (!row.hashes.startsWith(digest)) return { code: 'audit.changed', firstBad: seq, why: 'entry changed' }
    const completed = grow(frontier, digest)
    if (row.hashes === digest + completed.join('')) continue
    // The entries below the first node that differs are those that fit their stored hashes but not the tree.
    const level = completed.findIndex((node, step) => !row.hashes.startsWith(node, 64 * (step + 1))) + 1
    return { code: 'audit.changed', firstBad: seq + 1 - 2 ** level, why: 'tree does not fit entries' }
  }
  return frontier.size === to ? undefined : { code: 'audit.changed', firstBad: frontier.size, why: 'entry missing' }
}

/** The stored head, when its key signed it, it says what the columns say, and as many entries are there as it counts. */
export const checkHead = (read: ReadHandle, key: NoteKey): { head: HeadRow } | LogFault => {
  const head = readHead(read)
  const leaves = countLeaves(read)
  if (head === undefined) return { code: 'audit.truncated', firstBad: 0, why: 'no head' }
  const opened = openCheckpoint(head.note, key)
  if (!opened.ok) return { code: 'audit.note', why: opened.why }
  const { size, root } = opened.checkpoint
  if (size !== head.size || root !== head.root) return { code: 'audit.note', why: 'head does not say what it signs' }
  if (leaves < size) return { code: 'audit.truncated', firstBad: leaves, why: `head counts ${size} entries` }
  if (leaves > size) return { code: 'audit.changed', firstBad: size, why: 'entries that no head covers' }
  return { head }
}

/** Whether the walked entries give the root that was signed. */
export const checkRoot = (frontier: Frontier, head: HeadRow): LogFault | undefined => {
  if (frontierRoot(frontier) === head.root) return undefined
  // Every node fitted, so what differs is the one leaf that has no node above it yet, or the head itself.
  return {
    code: 'audit.changed',
    ...(head.size % 2 === 1 ? { firstBad: head.size - 1 } : {}),
    why: 'root is not the signed one',
  }
}

/** Entries between two looks at anything else: about 10 ms. */
export const slice = 2048

/** Whether the entries from `from` on are those that the head signs; what stands before is taken by its stored hashes. */
export const checkFrom = (read: ReadHandle, from: number, head: HeadRow): LogFault | undefined => {
  const frontier = frontierAt(storedNodes(read), from)
  while (frontier.size < head.size) {
    const fault = walkLeaves(read, frontier, Math.min(frontier.size + slice, head.size))
    if (fault !== undefined) return fault
  }
  return checkRoot(frontier, head)
}

/**
 * Whether a head that was kept elsewhere is a former state of this log. `audit.rolled-back`: it has more entries than
 * are here; `audit.forked`: it has other ones.
 */
export const checkAgainst = (
  read: ReadHandle,
  size: number,
  note: Uint8Array | string,
  key: NoteKey,
): LogFault | undefined => {
  const opened = openCheckpoint(note, key)
  if (!opened.ok) return { code: 'audit.note', why: opened.why }
  const kept = opened.checkpoint
  if (kept.size > size) return { code: 'audit.rolled-back', firstBad: size, why: `${kept.size} entries were signed` }
  try {
    return treeRoot(storedNodes(read), kept.size) === kept.root
      ? undefined
      : { code: 'audit.forked', why: `other entries were signed at ${kept.size}` }
  } catch (error) {
    return { code: toAirlockError(error).code, why: 'a stored hash is missing' }
  }
}

/** Whether the log has grown out of its head file. Only beside a lone genesis entry may the file be missing. */
export const checkKept = (
  read: ReadHandle,
  key: NoteKey,
  head: HeadRow,
  kept: Uint8Array | undefined,
): LogFault | undefined => {
  if (kept !== undefined) return checkAgainst(read, head.size, kept, key)
  return head.size === 1 ? undefined : { code: 'audit.rolled-back', why: 'the head file is gone' }
}
