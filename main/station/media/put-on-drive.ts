// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { putFile } from '../platform/volume-io.ts'
import type { DriveHold } from './drives.ts'
import { mediumCode } from './medium-code.ts'

/** Puts a small file into the top folder of a drive. Errors: `medium.*`. */
export const putOnDrive = async (hold: DriveHold, name: string, content: Uint8Array): Promise<void> => {
  try {
    await putFile(hold.files, join(await hold.folder(), name), content)
  } catch (error) {
    throw error instanceof AirlockError ? error : new AirlockError(mediumCode(error), { name }, { cause: error })
  }
}
