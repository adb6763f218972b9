// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { manifestName, signatureName } from '../../bundles/envelope/names.ts'
import { entryOf, writeEnvelope, type EntrySource } from '../../bundles/envelope/writer.ts'
import { createFile, openReader, remove, syncFolder } from '../../platform/files.ts'
import type { Measure } from './encrypt-table.ts'

/** A payload that lies in a file of its own: its name in the envelope, its size in bytes, where it is. */
export type StagedPayload = { readonly name: string; readonly size: number; readonly file: string }

const pieceSize = 1024 * 1024

/** Writes the envelope to the new file `out`, durably; nothing is left there when it fails. */
export const writeArchiveFile = (
  out: string,
  manifest: Uint8Array,
  signature: Uint8Array,
  payloads: readonly StagedPayload[],
): Measure => {
  const entries = [
    entryOf(manifestName, manifest),
    entryOf(signatureName('station'), signature),
    ...payloads.map(staged),
  ]
  const hash = createHash('sha256')
  let size = 0
  const file = createFile(out)
  try {
    for (const piece of writeEnvelope(entries)) {
      file.write(piece)
      hash.update(piece)
      size += piece.length
    }
    file.sync()
    syncFolder(dirname(out))
  } catch (error) {
    remove(out)
    throw error
  } finally {
    file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

const staged = ({ name, size, file }: StagedPayload): EntrySource => ({ name, size, chunks: filePieces(file) })

/** A file in pieces; it is opened when the first one is asked for. */
export const filePieces = function* (path: string): Generator<Uint8Array> {
  const reader = openReader(path)
  try {
    for (let at = 0; at < reader.size; at += pieceSize) yield reader.read(at, pieceSize)
  } finally {
    reader.close()
  }
}
