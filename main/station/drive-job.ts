// SPDX-License-Identifier: Apache-2.0
import { AirlockError, toAirlockError } from '../../shared/errors.ts'
import type { Actor } from './audit/entry.ts'
import { openOnDrive } from './bundles/open-file.ts'
import type { JobContext } from './jobs/job.ts'
import type { DriveHold } from './media/drives.ts'
import type { Parts } from './parts.ts'
import { closeAfter, type VolumeReader } from './platform/volume-io.ts'

/**
 * Does something short on a drive, which is in use meanwhile. Errors: `medium.gone`, `medium.silent`,
 * `medium.input-device`, and the work's own.
 */
export const withDrive = async <T>(
  { drives }: Pick<Parts, 'drives'>,
  driveId: string,
  work: (hold: DriveHold) => Promise<T>,
): Promise<T> => {
  const hold = await drives.hold(driveId)
  return work(hold).finally(() => hold.release())
}

/** A file that a drive lists. */
export type OnDrive = { readonly driveId: string; readonly name: string }

/** Opens it for something short. Errors: `medium.*`, `not-found`, and those of `work`. */
export const withFileOnDrive = async <T>(
  parts: Pick<Parts, 'drives'>,
  { driveId, name }: OnDrive,
  work: (file: VolumeReader) => Promise<T>,
): Promise<T> => {
  const path = await parts.drives.fileOn(driveId, name)
  return withDrive(parts, driveId, async ({ files }) => {
    const file = await openOnDrive(path, files)
    if (!file.ok) throw new AirlockError(file.code)
    return closeAfter(file.value, work)
  })
}

/**
 * Starts work on a drive, which is in use until the work ends. When the drive is pulled the work is stopped, and the job
 * fails with `pulled` and the drive's name, whatever the system said of it. Errors: `medium.gone`, `medium.silent`,
 * `medium.input-device`.
 */
export const startOnDrive = async (
  { drives, jobs }: Pick<Parts, 'drives' | 'jobs'>,
  job: { kind: string; subject: string; actor: Actor },
  driveId: string,
  work: (context: JobContext, hold: DriveHold) => Promise<unknown>,
  pulled: 'medium.io' | 'medium.write' = 'medium.io',
): Promise<string> => {
  const hold = await drives.hold(driveId)
  return jobs.start(job, async (context) => {
    try {
      return await work({ ...context, signal: AbortSignal.any([context.signal, hold.signal]) }, hold)
    } catch (error) {
      if (!hold.signal.aborted || !toAirlockError(error).code.startsWith('medium.')) throw error
      throw new AirlockError(pulled, toAirlockError(hold.signal.reason).details, { cause: error })
    } finally {
      hold.release()
    }
  })
}
