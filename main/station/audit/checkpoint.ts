// SPDX-License-Identifier: Apache-2.0
import type { LogKey } from './keys.ts'
import { openNote, signNote, strictBase64, type NoteKey, type Opened } from './note.ts'

/** A tree head: whose tree, how many leaves, RFC 6962 root in hex. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: string }

/** Whose tree it is. It travels in archives, so it names nobody; a new epoch follows a recovery. */
export const originOf = (stationId: string, epoch: number): string => `airlock.invalid/${stationId}/e${epoch}`

/** The three lines of C2SP tlog-checkpoint. A tree without leaves has no checkpoint (RangeError). */
export const formatCheckpoint = ({ origin, size, root }: Checkpoint): string => {
  if (size < 1) throw new RangeError('no checkpoint of an empty tree')
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`
}

/**
 * The lines as a checkpoint, or undefined: exactly three lines, the size in decimal from 1 without leading zeros and
 * at most 2^53−1, the root in canonical base64. Extension lines are refused: no Airlock writes any.
 */
export const parseCheckpoint = (text: string): Checkpoint | undefined => {
  const [origin, digits, encoded, end, more] = text.split('\n')
  if (origin === undefined || origin === '' || digits === undefined || encoded === undefined) return undefined
  const size = Number(digits)
  if (end !== '' || more !== undefined || !/^[1-9][0-9]*$/.test(digits) || !Number.isSafeInteger(size)) return undefined
  const root = strictBase64(encoded)
  return root?.length === 32 ? { origin, size, root: root.toString('hex') } : undefined
}

/** A checkpoint as a note signed by the log's key. */
export const signCheckpoint = (checkpoint: Checkpoint, key: LogKey): string => {
  const text = formatCheckpoint(checkpoint)
  return signNote(text, key.note, key.sign(Buffer.from(text)))
}

/** A signed checkpoint of this key's own log, or why it is none. Never throws. */
export const openCheckpoint = (note: Uint8Array | string, key: NoteKey): Opened<{ checkpoint: Checkpoint }> => {
  const opened = openNote(note, key)
  if (!opened.ok) return opened
  const checkpoint = parseCheckpoint(opened.text)
  if (checkpoint === undefined) return { ok: false, why: 'not a checkpoint' }
  if (checkpoint.origin !== key.name) return { ok: false, why: 'origin of another log' }
  return { ok: true, checkpoint }
}
