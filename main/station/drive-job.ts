// SPDX-License-Identifier: Apache-2.0
import { AirlockError, toAirlockError } from '../../shared/errors.ts'
import type { Actor } from './audit/entry.ts'
import type { JobContext } from './jobs/job.ts'
import type { DriveHold } from './media/drives.ts'
import type { Parts } from './parts.ts'

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
