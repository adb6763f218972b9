// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import type { FileWriter } from '../platform/files.ts'
import { storageFailure } from './on-disk.ts'

/** One content on its way onto the station's disk. */
export type StagedCopy = {
  /**
   * Takes a chunk, which stands until it resolves: then it is written, and the system gives it back as it was taken.
   * That comes from its cache: the vault hashes a content again before each use. Errors: `storage.full`, `storage.io`.
   */
  write(chunk: Uint8Array): Promise<void>
  /** When it resolves all of it is synced. Errors, also those of earlier syncs: as `write`. */
  finish(): Promise<void>
  /** Closes it as it is. */
  abandon(): Promise<void>
}

/** After so many bytes the disk is asked to work while more come: little is left to sync at the end. */
const syncBytes = 33_554_432

/** Copies into a new file; each chunk is read again and compared with what was given. */
export const stageCopy = (file: FileWriter): StagedCopy => {
  let written = 0
  let synced = 0
  let syncing: Promise<void> | undefined
  let writing: Promise<void> = Promise.resolve()
  let room = Buffer.alloc(0)

  const sync = (): void => {
    synced = written
    syncing = file.flush().then(() => {
      syncing = undefined
    })
    // One that failed stays, because the system tells of a failure once; `finish` hears of it.
    syncing.catch(() => undefined)
  }

  const put = async (chunk: Uint8Array): Promise<void> => {
    await file.append(chunk)
    if (room.length < chunk.length) room = Buffer.allocUnsafeSlow(chunk.length)
    const found = await file.readBack(written, room.subarray(0, chunk.length))
    if (Buffer.compare(found, chunk) !== 0) {
      throw new AirlockError('storage.io', { what: 'the copy on the station differs' })
    }
    written += chunk.length
    if (syncing === undefined && written - synced >= syncBytes) sync()
  }

  return {
    async write(chunk) {
      writing = put(chunk)
      await writing.catch(storageFailure)
    },
    async finish() {
      await syncing?.catch(storageFailure)
      await file.flush().catch(storageFailure)
      file.close()
    },
    async abandon() {
      // Its number may serve another file once it is closed: nothing may be under way then.
      await Promise.allSettled([writing, syncing])
      file.close()
    },
  }
}
