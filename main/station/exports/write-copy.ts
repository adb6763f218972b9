// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { AirlockError } from '../../../shared/errors.ts'
import { mediumCode } from '../media/medium-code.ts'
import { createFile, factsOf, freeBytes, publish, remove } from '../platform/files.ts'
import { filePieces } from './archive/write-file.ts'

/** The file system of a medium; the machine's own, but for tests that pull the stick. */
export type MediumFiles = {
  readonly createFile: typeof createFile
  readonly publish: typeof publish
  readonly remove: typeof remove
  readonly factsOf: typeof factsOf
  readonly freeBytes: typeof freeBytes
  readonly digest: (path: string) => string | Promise<string>
}

/** SHA-256 of what the drive gives back; ports are served between the pieces. */
const readAgain = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for (const piece of filePieces(path)) {
    hash.update(piece)
    await setImmediate()
  }
  return hash.digest('hex')
}

export const mediumFiles: MediumFiles = { createFile, publish, remove, factsOf, freeBytes, digest: readAgain }

/** Room left for folder entries and the volume's own tables. */
const slack = 64 * 1024

/**
 * Puts the file on a medium under `name`: temporary name, sync, rename, read back, compare. Before the rename nothing
 * there has the name; when the read-back differs the copy is removed again. A copy that is there already and right is
 * left as it is. `folder` is asked again before each step: another stick at the same place is not written on.
 * Errors: `medium.full`, `medium.read-only`, `medium.gone`, `medium.read-back`, `medium.write`.
 */
export const writeCopy = async (
  source: { readonly file: string; readonly sha256: string; readonly bytes: number },
  folder: () => Promise<string>,
  name: string,
  files: MediumFiles = mediumFiles,
  progress: (done: number) => void = () => undefined,
): Promise<void> => {
  const at = async (): Promise<string> => join(await folder(), name)
  try {
    if (files.factsOf(await at())?.kind === 'file' && (await files.digest(await at())) === source.sha256) return
    const free = files.freeBytes(await folder())
    if (free < source.bytes + slack) throw new AirlockError('medium.full', { needed: source.bytes + slack, free })
    const temporary = join(await folder(), `.${name}.part`)
    files.remove(temporary)
    await copy(source.file, temporary, files, async (done) => {
      await folder()
      progress(done)
    })
    files.publish(temporary, await at())
    if ((await files.digest(await at())) !== source.sha256) {
      files.remove(await at())
      throw new AirlockError('medium.read-back', { name })
    }
  } catch (error) {
    if (error instanceof AirlockError) throw error
    throw new AirlockError(mediumCode(error, 'medium.write'), { name }, { cause: error })
  }
}

/** Off this thread: a slow stick takes its seconds, and ports have to be served meanwhile. */
const copy = async (
  from: string,
  temporary: string,
  files: MediumFiles,
  written: (done: number) => Promise<void>,
): Promise<void> => {
  const file = files.createFile(temporary)
  try {
    let done = 0
    for (const piece of filePieces(from)) {
      await file.append(piece)
      done += piece.length
      await written(done)
    }
    await file.flush()
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
