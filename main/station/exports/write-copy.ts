// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { mediumCode } from '../media/medium-code.ts'
import { closeAfter, volumeFiles, type VolumeFiles } from '../platform/volume-io.ts'
import { filePieces } from './archive/write-file.ts'

const pieceSize = 1_048_576
/** Synced as it comes: what a slow stick still has to write at the end is never more than this. */
const syncedBytes = 16 * pieceSize

/** SHA-256 of what the drive gives back. */
const readAgain = async (path: string, files: VolumeFiles): Promise<string> =>
  closeAfter(await files.openReader(path), async ({ size, read }) => {
    const hash = createHash('sha256')
    const room = new Uint8Array(Math.min(pieceSize, size))
    for (let at = 0; at < size; at += pieceSize) hash.update(await read(at, room.length, room))
    return hash.digest('hex')
  })

/** Room left for folder entries and the volume's own tables. */
const slack = 64 * 1024

/**
 * Puts the file on a medium under `name`: temporary name, sync, rename, read back, compare. Before the rename nothing
 * there has the name; when the read-back differs the copy is removed again. A copy that is there already and right is
 * left as it is. `folder` is asked again before each step: another stick at the same place is not written on.
 * Errors: `medium.full`, `medium.read-only`, `medium.gone`, `medium.read-back`, `medium.silent`, `medium.write`.
 */
export const writeCopy = async (
  source: { readonly file: string; readonly sha256: string; readonly bytes: number },
  folder: () => Promise<string>,
  name: string,
  files: VolumeFiles = volumeFiles(),
  progress: (done: number) => void = () => undefined,
): Promise<void> => {
  const at = async (): Promise<string> => join(await folder(), name)
  try {
    if ((await files.factsOf(await at()))?.kind === 'file' && (await readAgain(await at(), files)) === source.sha256)
      return
    const free = await files.freeBytes(await folder())
    if (free < source.bytes + slack) throw new AirlockError('medium.full', { needed: source.bytes + slack, free })
    const temporary = join(await folder(), `.${name}.part`)
    await files.remove(temporary)
    await copy(source.file, temporary, files, async (done) => {
      await folder()
      progress(done)
    })
    await files.publish(temporary, await at())
    if ((await readAgain(await at(), files)) !== source.sha256) {
      await files.remove(await at())
      throw new AirlockError('medium.read-back', { name })
    }
  } catch (error) {
    if (error instanceof AirlockError) throw error
    throw new AirlockError(mediumCode(error, 'medium.write'), { name }, { cause: error })
  }
}

const copy = async (
  from: string,
  temporary: string,
  files: VolumeFiles,
  written: (done: number) => Promise<void>,
): Promise<void> => {
  const file = await files.createFile(temporary)
  try {
    let done = 0
    for (const piece of filePieces(from)) {
      await file.append(piece)
      done += piece.length
      if (done % syncedBytes < piece.length) await file.flush()
      await written(done)
    }
    await file.flush()
  } catch (error) {
    await file.close()
    // A stick that is gone cannot be tidied: what stopped the writing is what counts.
    await files.remove(temporary).catch(() => undefined)
    throw error
  }
  await file.close()
}
