// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { ReadHandle } from '../store/open.ts'
import { frontierAt, type Frontier } from './merkle.ts'
import type { NoteKey } from './note.ts'
import { readAnchors, readHead, storedNodes, type HeadRow } from './tables.ts'
import { checkAgainst, checkHead, checkRoot, slice, walkLeaves, type LogFault } from './walk.ts'

/** What a verification found. `firstBad` is the first entry that cannot be trusted, where that is known. */
export type Verification = {
  readonly verified: boolean
  readonly size: number
  readonly root: string
  readonly code?: ErrorCode
  readonly firstBad?: number
  readonly why?: string
}

export type VerifyOptions = {
  /** The key that must have signed: enrolled, printed, or of the running station. */
  readonly key: NoteKey
  /** Heads that were kept elsewhere: exports, paper, the receiver. The log must have grown out of each. */
  readonly against?: readonly (Uint8Array | string)[]
  /** Start here instead of at 0: the size of a head that was verified before. */
  readonly from?: number
  readonly progress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/** The result of a fault. */
export const failed = (fault: LogFault, size: number, root: string): Verification => ({
  verified: false,
  size,
  root,
  ...fault,
})

/**
 * Hashes every entry again and compares hashes, nodes, root, signature, anchors and the heads kept elsewhere. `read` is
 * a connection of its own; the log may grow meanwhile, what is verified is the head found at the start. Lets the event
 * loop turn every 2 048 entries; rejects with the signal's reason.
 */
export const verifyLog = async (read: ReadHandle, options: VerifyOptions): Promise<Verification> => {
  const { size, root } = readHead(read) ?? { size: 0, root: '' }
  try {
    const fault = await findFault(read, options)
    return fault === undefined ? { verified: true, size, root } : failed(fault, size, root)
  } catch (error) {
    if (!(error instanceof AirlockError)) throw error
    return failed({ code: 'audit.unreadable', why: error.code }, size, root)
  }
}

const findFault = async (read: ReadHandle, options: VerifyOptions): Promise<LogFault | undefined> => {
  const checked = checkHead(read, options.key)
  if (!('head' in checked)) {
    // Without a trusted head the entries still say which of them is the first that does not fit the stored tree.
    const stored = readHead(read)
    const inside = stored && (await walk(read, { size: 0, peaks: [] }, stored, options))
    return (inside?.firstBad ?? Infinity) < (checked.firstBad ?? Infinity) ? inside : checked
  }
  const { head } = checked
  const frontier = frontierAt(storedNodes(read), Math.min(options.from ?? 0, head.size))
  const fault = (await walk(read, frontier, head, options)) ?? checkRoot(frontier, head)
  if (fault !== undefined) return fault
  const kept = [...readAnchors(read).map(({ note }) => note), ...(options.against ?? [])]
  for (const note of kept) {
    const against = checkAgainst(read, head.size, note, options.key)
    if (against !== undefined) return against
  }
  return undefined
}

const walk = async (
  read: ReadHandle,
  frontier: Frontier,
  head: HeadRow,
  { progress, signal }: VerifyOptions,
): Promise<LogFault | undefined> => {
  while (frontier.size < head.size) {
    signal?.throwIfAborted()
    const fault = walkLeaves(read, frontier, Math.min(frontier.size + slice, head.size))
    if (fault !== undefined) return fault
    progress?.(frontier.size, head.size)
    await setImmediate()
  }
  return undefined
}
