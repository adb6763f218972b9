// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { mediumCode } from '../media/medium-code.ts'
import { createFile, factsOf, freeBytes, publish, remove } from '../platform/files.ts'
import { fileDigest } from './archive-once.ts'
import { filePieces } from './archive/write-file.ts'

/** The file system of a medium; the machine's own, but for tests that pull the stick. */
export type MediumFiles = {
  readonly createFile: typeof createFile
  readonly publish: typeof publish
  readonly remove: typeof remove
  readonly factsOf: typeof factsOf
  readonly freeBytes: typeof freeBytes
  readonly digest: typeof fileDigest
}

export const mediumFiles: MediumFiles = { createFile, publish, remove, factsOf, freeBytes, digest: fileDigest }

/** Room left for folder entries and the volume's own tables. */
const slack = 64 * 1024

/**
 * Puts the file on a medium under `name`: temporary name, sync, rename, read back, compare. Before the rename nothing
 * there has the name; when the read-back differs the copy is removed again. A copy that is there already and right is
 * left as it is. `folder` is asked again before each step: another stick at the same place is not written on.
 * Errors: `medium.full`, `medium.read-only`, `medium.gone`, `medium.read-back`, `medium.io`.
 */
export const writeCopy = (
  source: { readonly file: string; readonly sha256: string; readonly bytes: number },
  folder: () => string,
  name: string,
  files: MediumFiles = mediumFiles,
): void => {
  const at = (): string => join(folder(), name)
  try {
    if (files.factsOf(at())?.kind === 'file' && files.digest(at()) === source.sha256) return
    if (files.freeBytes(folder()) < source.bytes + slack)
      throw new AirlockError('medium.full', { needed: source.bytes + slack, free: files.freeBytes(folder()) })
    const temporary = join(folder(), `.${name}.part`)
    files.remove(temporary)
    copy(source.file, temporary, files)
    files.publish(temporary, at())
    if (files.digest(at()) !== source.sha256) {
      files.remove(at())
      throw new AirlockError('medium.read-back', { name })
    }
  } catch (error) {
    if (error instanceof AirlockError) throw error
    throw new AirlockError(mediumCode(error), { name }, { cause: error })
  }
}

const copy = (from: string, temporary: string, files: MediumFiles): void => {
  const file = files.createFile(temporary)
  try {
    for (const piece of filePieces(from)) file.write(piece)
    file.sync()
  } catch (error) {
    discard(temporary, files)
    throw error
  } finally {
    file.close()
  }
}

/** A stick that is gone cannot be tidied: what stopped the writing is what counts. */
const discard = (temporary: string, files: MediumFiles): void => {
  if (files.factsOf(temporary) !== undefined) files.remove(temporary)
}
