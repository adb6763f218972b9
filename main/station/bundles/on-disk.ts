// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'

/** Does something on the station's own disk. Errors: `storage.full`, `storage.io`. */
export const onDisk = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    return storageFailure(error)
  }
}

/** Throws what the system said of the station's disk as `storage.full` or `storage.io`; a coded error as it is. */
export const storageFailure = (cause: unknown): never => {
  if (cause instanceof AirlockError) throw cause
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  throw new AirlockError(code === 'ENOSPC' || code === 'EDQUOT' ? 'storage.full' : 'storage.io', {}, { cause })
}
