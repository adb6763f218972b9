// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { factsOf, listFolder, openReader, readWhole } from '../platform/files.ts'
import { openCheckpoint, type Checkpoint } from './checkpoint.ts'
import { leafLimit } from './leaf.ts'
import { frontierRoot, grow, leafHash, type Frontier } from './merkle.ts'
import { noteLimit, parseVkey, strictBase64, type NoteKey } from './note.ts'
import { failed, type Verification } from './verify.ts'
import type { LogFault } from './walk.ts'

const block = 1 << 20
const newline = 0x0a

/** Lines of a file without their newline; the last one must have it (else undefined ends the lines). */
function* readLines(path: string): Generator<Buffer | undefined> {
  const reader = openReader(path)
  try {
    let rest: Buffer = Buffer.alloc(0)
    for (let position = 0; position < reader.size; position += block) {
      const chunk = Buffer.concat([rest, reader.read(position, block)])
      let start = 0
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        yield chunk.subarray(start, end)
        start = end + 1
      }
      rest = chunk.subarray(start)
      if (rest.length > 2 * leafLimit) break
    }
    if (rest.length > 0) yield undefined
  } finally {
    reader.close()
  }
}

const leafOf = (line: Buffer | undefined): Buffer | undefined => {
  const [, encoded] = /^\{"leaf":"([A-Za-z0-9+/]+={0,2})"\}$/.exec(line?.toString('latin1') ?? '') ?? []
  const leaf = encoded === undefined ? undefined : strictBase64(encoded)
  return leaf !== undefined && leaf.length <= leafLimit ? leaf : undefined
}

const readNote = (path: string): Uint8Array => {
  if (factsOf(path) === undefined) throw new AirlockError('not-found', { file: path.split(/[/\\]/).at(-1) ?? '' })
  return readWhole(path, bytes(noteLimit))
}

/** The key that an exported folder names itself. Errors: `not-found`, `audit.key`. */
export const exportedKey = (folder: string): NoteKey => {
  const key = parseVkey(Buffer.from(readNote(join(folder, 'log.vkey'))).toString())
  if (key === undefined) throw new AirlockError('audit.key', { why: 'log.vkey is not a key' })
  return key
}

type Heads = { readonly head: Checkpoint; readonly kept: Map<number, string> }

/** The folder's head and, by size, the roots that anchors and other heads kept elsewhere ask for. */
const readHeads = (folder: string, key: NoteKey, against: readonly (Uint8Array | string)[]): Heads | LogFault => {
  const opened = openCheckpoint(readNote(join(folder, 'checkpoint')), key)
  if (!opened.ok) return { code: 'audit.note', why: opened.why }
  const head = opened.checkpoint
  const anchors = factsOf(join(folder, 'anchors')) === undefined ? [] : listFolder(join(folder, 'anchors'))
  const kept = new Map([[head.size, head.root]])
  for (const note of [...anchors.map((name) => readNote(join(folder, 'anchors', name))), ...against]) {
    const anchor = openCheckpoint(note, key)
    if (!anchor.ok) return { code: 'audit.note', why: anchor.why }
    const { size, root } = anchor.checkpoint
    if (size > head.size) return { code: 'audit.rolled-back', firstBad: head.size, why: `${size} entries were signed` }
    if ((kept.get(size) ?? root) !== root) return { code: 'audit.forked', why: `other entries were signed at ${size}` }
    kept.set(size, root)
  }
  return { head, kept }
}

/**
 * Verifies an exported folder with nothing but its files, the key and heads kept elsewhere: every leaf, the root, the
 * signature, every anchor. Errors: `not-found` for a file that is missing.
 */
export const verifyExport = (
  folder: string,
  key: NoteKey,
  against: readonly (Uint8Array | string)[] = [],
): Verification => {
  const heads = readHeads(folder, key, against)
  if (!('head' in heads)) return failed(heads, 0, '')
  const { head, kept } = heads
  const entries = join(folder, 'entries.jsonl')
  if (factsOf(entries) === undefined) throw new AirlockError('not-found', { file: 'entries.jsonl' })
  const fault = walkFile(entries, head, kept)
  return fault === undefined
    ? { verified: true, size: head.size, root: head.root }
    : failed(fault, head.size, head.root)
}

const walkFile = (path: string, head: Checkpoint, kept: ReadonlyMap<number, string>): LogFault | undefined => {
  const frontier: Frontier = { size: 0, peaks: [] }
  let trusted = 0
  for (const line of readLines(path)) {
    const leaf = leafOf(line)
    const seq = frontier.size
    if (leaf === undefined) return { code: 'audit.unreadable', firstBad: seq, why: 'not an entry line' }
    if (seq === head.size) return { code: 'audit.changed', firstBad: seq, why: 'entries that no head covers' }
    grow(frontier, leafHash(leaf))
    const root = kept.get(frontier.size)
    if (root !== undefined && root !== frontierRoot(frontier)) {
      return { code: 'audit.changed', firstBad: trusted, why: `root is not the signed one at ${frontier.size}` }
    }
    if (root !== undefined) trusted = frontier.size
  }
  const { size } = frontier
  return size === head.size
    ? undefined
    : { code: 'audit.truncated', firstBad: size, why: `head counts ${head.size} entries` }
}
