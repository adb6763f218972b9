// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { putFile, volumeFiles, type VolumeFiles } from '../platform/volume-io.ts'
import type { ReadHandle } from '../store/open.ts'
import { inclusionProof } from './merkle.ts'
import type { NoteKey } from './note.ts'
import { readAnchors, readLeaves, storedNodes } from './tables.ts'
import { checkHead, slice } from './walk.ts'

/** What was written: entries, root (hex). */
export type Exported = { readonly size: number; readonly root: string }

/** A C2SP tlog-proof: that the entry `index` is in the tree of `note`. */
export const formatProof = (index: number, proof: readonly string[], note: string): string => {
  const hashes = proof.map((hash) => `${Buffer.from(hash, 'hex').toString('base64')}\n`)
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${hashes.join('')}\n${note}`
}

/**
 * Writes the log into a new folder, for tools that this project did not write (docs/formats/audit-log.md). `prove` lists
 * entries that get a proof of their own. Errors: `usage` when the folder is there, `not-found` for an entry to prove,
 * a code of the log when its head is not trusted.
 */
export const exportLog = async (
  read: ReadHandle,
  key: NoteKey,
  folder: string,
  prove: readonly number[] = [],
  files: VolumeFiles = volumeFiles(),
): Promise<Exported> => {
  if ((await files.factsOf(folder)) !== undefined)
    throw new AirlockError('usage', { why: 'the folder is there already' })
  const checked = checkHead(read, key)
  if (!('head' in checked)) throw new AirlockError(checked.code, { why: checked.why })
  const { size, root, note } = checked.head
  const part = `${folder}.part`
  const put = (name: string, text: string) => putFile(files, join(part, name), Buffer.from(text))
  await files.remove(part)
  await files.makeFolder(join(part, 'anchors'))
  await put('checkpoint', note)
  await put('log.vkey', `${key.vkey}\n`)
  for (const anchor of readAnchors(read)) {
    await put(join('anchors', `${anchor.size}-${anchor.kind}.note`), anchor.note)
  }
  for (const seq of prove) {
    if (seq >= size) throw new AirlockError('not-found', { seq })
    await put(`${seq}.tlog-proof`, formatProof(seq, inclusionProof(storedNodes(read), seq, size), note))
  }
  await putFile(files, join(part, 'entries.jsonl'), entryLines(read, size))
  await files.publish(part, folder)
  return { size, root }
}

const entryLines = function* (read: ReadHandle, size: number): Generator<Uint8Array> {
  for (let from = 0; from < size; from += slice) {
    const rows = readLeaves(read, from, Math.min(from + slice, size))
    yield Buffer.from(rows.map(({ leaf }) => `{"leaf":"${Buffer.from(leaf).toString('base64')}"}\n`).join(''))
  }
}
