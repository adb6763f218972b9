// SPDX-License-Identifier: Apache-2.0
import { AirlockError, toAirlockError } from '../../shared/errors.ts'
import type { Actor } from './audit/entry.ts'
import { openOnDrive } from './bundles/open-file.ts'
import type { JobContext } from './jobs/job.ts'
import type { DriveHold } from './media/drives.ts'
import type { Parts } from './parts.ts'
import { closeAfter, type VolumeReader } from './platform/volume-io.ts'

type UseParts = Pick<Parts, 'drives' | 'register' | 'audit'>
/** What somebody wants to do with a drive, for the log. */
type Use = { readonly kind: string; readonly actor: Actor }

/**
 * Takes a drive into use where the site's rule lets it; a refusal is in the log. Errors: `medium.gone`, `medium.silent`,
 * `medium.input-device`, `medium.not-allowed`.
 */
const holdFor = async ({ drives, register, audit }: UseParts, driveId: string, use: Use): Promise<DriveHold> => {
  const { name } = await drives.volumeOf(driveId)
  if (register.admits(driveId)) return drives.hold(driveId)
  // A broken log takes no entry; the drive is refused all the same.
  if (audit.fault() === undefined)
    audit.note({
      actor: use.actor,
      action: 'media.use',
      object: { type: 'drive', id: driveId },
      outcome: 'refused',
      reason: 'medium.not-allowed',
      after: { name, use: use.kind },
    })
  throw new AirlockError('medium.not-allowed', { drive: name })
}

/** Does something short on a drive, which is in use meanwhile. Errors: as `holdFor`, and the work's own. */
export const withDrive = async <T>(
  parts: UseParts,
  driveId: string,
  use: Use,
  work: (hold: DriveHold) => Promise<T>,
): Promise<T> => {
  const hold = await holdFor(parts, driveId, use)
  return work(hold).finally(() => hold.release())
}

/** A file that a drive lists. */
export type OnDrive = { readonly driveId: string; readonly name: string }

/** Opens it for something short. Errors: `medium.*`, `not-found`, and those of `work`. */
export const withFileOnDrive = async <T>(
  parts: UseParts,
  { driveId, name }: OnDrive,
  use: Use,
  work: (file: VolumeReader) => Promise<T>,
): Promise<T> => {
  const path = await parts.drives.fileOn(driveId, name)
  return withDrive(parts, driveId, use, async ({ files }) => {
    const file = await openOnDrive(path, files)
    if (!file.ok) throw new AirlockError(file.code)
    return closeAfter(file.value, work)
  })
}

/**
 * Starts work on a drive, which is in use until the work ends. When the drive is pulled the work is stopped, and the job
 * fails with `pulled` and the drive's name, whatever the system said of it. Errors: as `holdFor`.
 */
export const startOnDrive = async (
  parts: UseParts & Pick<Parts, 'jobs'>,
  job: { kind: string; subject: string; actor: Actor },
  driveId: string,
  work: (context: JobContext, hold: DriveHold) => Promise<unknown>,
  pulled: 'medium.io' | 'medium.write' = 'medium.io',
): Promise<string> => {
  const hold = await holdFor(parts, driveId, job)
  const onDrive = async (context: JobContext): Promise<unknown> => {
    try {
      return await work({ ...context, signal: AbortSignal.any([context.signal, hold.signal]) }, hold)
    } catch (error) {
      if (!hold.signal.aborted || !toAirlockError(error).code.startsWith('medium.')) throw error
      throw new AirlockError(pulled, toAirlockError(hold.signal.reason).details, { cause: error })
    } finally {
      hold.release()
    }
  }
  try {
    return parts.jobs.start(job, onDrive)
  } catch (error) {
    // Work that never began holds nothing.
    hold.release()
    throw error
  }
}
