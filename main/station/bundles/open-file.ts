// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { factsOf, openReader, type FileReader } from '../platform/files.ts'
import { volumeFiles, type VolumeFiles, type VolumeReader } from '../platform/volume-io.ts'
import { bad, good, type Answer } from './answer.ts'

/**
 * Opens a foreign file of this machine once, without following a link (docs/formats/envelope.md, clause 6.0). Refused:
 * `medium.not-regular`. Errors: `medium.gone` (nothing is there), `medium.io`.
 */
export const openFile = (path: string): Answer<FileReader> => {
  try {
    const facts = factsOf(path)
    if (facts === undefined) throw new AirlockError('medium.gone')
    return facts.kind === 'file' ? good(openReader(path)) : bad('medium.not-regular')
  } catch (error) {
    throw onMedium(error)
  }
}

/** The same for a file of a drive, which is waited for, and what its own gate says: `medium.silent`. */
export const openOnDrive = async (path: string, files: VolumeFiles = volumeFiles()): Promise<Answer<VolumeReader>> => {
  try {
    const facts = await files.factsOf(path)
    if (facts === undefined) throw new AirlockError('medium.gone')
    return facts.kind === 'file' ? good(await files.openReader(path)) : bad('medium.not-regular')
  } catch (error) {
    throw onMedium(error)
  }
}

const onMedium = (error: unknown): AirlockError =>
  error instanceof AirlockError ? error : new AirlockError('medium.io', {}, { cause: error })
