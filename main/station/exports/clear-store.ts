// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { hex64, whole } from '../../../shared/formats/scalars.ts'
import { filePieces } from './archive/write-file.ts'
import { digestOfList, type ClearTable } from './archive/clear-table.ts'
import { createFile, factsOf, listFolder, makeFolder, publish, remove } from '../platform/files.ts'
import { newId } from '../platform/ids.ts'

/** A clear file that was approved or waits for it: named by its digest, so that it cannot be another one. */
export const clearFileSchema = z.strictObject({ path: z.string(), sha256: hex64, size: whole, records: whole })
export type ClearFile = z.infer<typeof clearFileSchema>

/** Clear bytes on the station's disk, readable by its account only. */
export type ClearStore = {
  /** Writes a table durably under its digest. */
  put(path: string, records: number, pieces: Iterable<Uint8Array>): ClearFile
  /** True when every file is there and still has its digest. */
  isWhole(files: readonly ClearFile[]): boolean
  /** Files as the archive writer takes them. */
  tables(files: readonly ClearFile[]): ClearTable[]
  /** Pieces of one file. */
  pieces(file: ClearFile): Iterable<Uint8Array>
  /** Removes everything that is not named. */
  keepOnly(digests: ReadonlySet<string>): void
}

/** What is approved: the digest over names and digests of the clear files (docs/formats/telemetry-archive.md). */
export const digestOfFiles = (files: readonly ClearFile[]): string =>
  digestOfList(files.map(({ path, sha256 }) => ({ path, sha256 })))

/** A store in `folder`. */
export const openClearStore = (folder: string): ClearStore => {
  makeFolder(folder)
  const pathOf = (sha256: string): string => join(folder, sha256)
  const pieces = (file: ClearFile): Iterable<Uint8Array> => filePieces(pathOf(file.sha256))
  const matches = (file: ClearFile): boolean => {
    if (factsOf(pathOf(file.sha256))?.size !== file.size) return false
    const hash = createHash('sha256')
    for (const piece of pieces(file)) hash.update(piece)
    return hash.digest('hex') === file.sha256
  }
  return {
    put(path, records, content) {
      const temporary = join(folder, `.${newId()}.part`)
      const hash = createHash('sha256')
      let size = 0
      const file = createFile(temporary)
      try {
        for (const piece of content) {
          file.write(piece)
          hash.update(piece)
          size += piece.length
        }
        file.sync()
      } catch (error) {
        remove(temporary)
        throw error
      } finally {
        file.close()
      }
      const sha256 = hash.digest('hex')
      publish(temporary, pathOf(sha256))
      return { path, records, size, sha256 }
    },
    isWhole: (files) => files.every(matches),
    tables: (files) => files.map((file) => ({ path: file.path, records: file.records, bytes: () => pieces(file) })),
    pieces,
    keepOnly(digests) {
      for (const name of listFolder(folder)) if (!digests.has(name)) remove(join(folder, name))
    },
  }
}
