// SPDX-License-Identifier: Apache-2.0
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError } from '../../../shared/errors.ts'

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'medium.full',
  EDQUOT: 'medium.full',
  // FAT32 holds no file of 4 GiB or more.
  EFBIG: 'medium.full',
  EROFS: 'medium.read-only',
  EACCES: 'medium.read-only',
  EPERM: 'medium.read-only',
  ENOENT: 'medium.gone',
  ENODEV: 'medium.gone',
  ENXIO: 'medium.gone',
  ENOTDIR: 'medium.gone',
}

/** What the system's error says of a medium; `otherwise` where it says nothing more. */
export const mediumCode = (error: unknown, otherwise: ErrorCode = 'medium.io'): ErrorCode => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return (typeof code === 'string' ? codes[code] : undefined) ?? otherwise
}

/** Does a step on a medium. Errors: `medium.full`, `medium.read-only`, `medium.gone`, `medium.io`, and the step's own. */
export const onMedium = async <T>(step: () => T | Promise<T>): Promise<T> => {
  try {
    return await step()
  } catch (error) {
    throw error instanceof AirlockError ? error : new AirlockError(mediumCode(error), {}, { cause: error })
  }
}
