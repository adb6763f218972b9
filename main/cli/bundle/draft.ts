// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { isZero, paddingOf, parseHeader, blockSize } from '../../station/bundles/envelope/header.ts'
import { manifestName } from '../../station/bundles/envelope/names.ts'
import { startSequence, type Entry } from '../../station/bundles/envelope/sequence.ts'
import { writeEnvelope, type EntrySource } from '../../station/bundles/envelope/writer.ts'
import { openFile } from '../../station/bundles/open-file.ts'
import { onDisk, unusable } from '../file-trouble.ts'
import { writeDurable, type FileReader } from '../../station/platform/files.ts'

/** An envelope that may still lack signatures: its entries in file order, and where their bytes are. */
export type Draft = {
  readonly entries: readonly (Entry & { readonly position: number })[]
  readonly manifest: Uint8Array
  /** Bytes of an entry that is small enough to be held in memory. */
  bytesOf(entry: { position: number; size: number }): Uint8Array
  /** Bytes of an entry in chunks. */
  chunksOf(entry: { position: number; size: number }): Iterable<Uint8Array>
}

const chunkBytes = 1_048_576

/** Opens a regular file; the caller closes it. Errors: `file.unusable`. */
export const openForeign = (path: string): FileReader => {
  const file = onDisk(path, () => openFile(path))
  if (!file.ok) throw unusable(path, 'it is no regular file')
  return file.value
}

/** Opens a file for `work` and closes it again. Errors: as `openForeign`. */
export const withFile = <T>(path: string, work: (file: FileReader) => T): T => {
  const file = openForeign(path)
  try {
    return work(file)
  } finally {
    file.close()
  }
}

/** Lists the entries of an envelope, signed or not; contents are not judged. Errors: `container.*`, `limit.*`. */
export const readDraft = (file: FileReader): Draft => {
  const sequence = startSequence(true)
  const entries: (Entry & { position: number })[] = []
  const chunksOf = function* ({ position, size }: { position: number; size: number }): Generator<Uint8Array> {
    for (let done = 0; done < size; done += chunkBytes) {
      yield file.read(position + done, Math.min(chunkBytes, size - done))
    }
  }
  for (let at = 0; ;) {
    const block = file.read(at, blockSize)
    if (block.length < blockSize) throw new AirlockError('container.truncated')
    if (isZero(block)) break
    const header = parseHeader(block)
    const entry = header.ok ? sequence.judge(header.value) : header
    if (!entry.ok) throw new AirlockError(entry.code)
    entries.push({ ...entry.value, position: at + blockSize })
    at += blockSize + entry.value.size + paddingOf(entry.value.size)
  }
  const bytesOf = (entry: { position: number; size: number }): Uint8Array => file.read(entry.position, entry.size)
  const first = entries.find(({ name }) => name === manifestName)
  if (first === undefined) throw new AirlockError('container.not-ustar')
  return { entries, manifest: bytesOf(first), bytesOf, chunksOf }
}

/** Writes an envelope to its name in one step: nobody sees a part of it. Errors: `file.unusable`, those of `writeEnvelope`. */
export const saveEnvelope = (path: string, entries: Iterable<EntrySource>, draft = false): void =>
  onDisk(path, () => writeDurable(path, writeEnvelope(entries, draft), 0o644))
