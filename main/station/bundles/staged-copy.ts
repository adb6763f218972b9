// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import type { FileWriter } from '../platform/files.ts'
import { storageFailure } from './on-disk.ts'

/** One content on its way onto the station's disk. */
export type StagedCopy = {
  /** Takes a chunk, which may change afterwards. Errors, also those of earlier chunks: `storage.full`, `storage.io`. */
  write(chunk: Uint8Array): Promise<void>
  /**
   * When it resolves all of it is synced, and what the system gives back is what was taken. That may come from its
   * cache: the vault hashes a content again before each use. Errors: as `write`.
   */
  finish(): Promise<void>
  /** Closes it as it is. */
  abandon(): Promise<void>
}

/**
 * So much is written and read again while the next comes: the disk works while the drive is read and hashed. Two are in
 * memory at most.
 */
const segmentBytes = 16_777_216
const pieceBytes = 1_048_576

/** Copies into a new file; each segment is compared with what was given as soon as it is written. */
export const stageCopy = (file: FileWriter): StagedCopy => {
  let filling: Buffer = Buffer.allocUnsafeSlow(segmentBytes)
  let spare: Buffer | undefined
  let filled = 0
  let written = 0
  let settling: Promise<void> = Promise.resolve()
  let syncing: Promise<void> | undefined
  const piece = Buffer.allocUnsafeSlow(pieceBytes)

  const settle = async (segment: Buffer, at: number): Promise<void> => {
    await file.append(segment)
    // Nothing waits for it before the end, which then has little left to sync. One that failed stays: the system tells
    // of a failure once.
    syncing ??= unhandled(
      file.flush().then(() => {
        syncing = undefined
      }),
    )
    for (let done = 0; done < segment.length; done += pieceBytes) {
      const given = segment.subarray(done, done + pieceBytes)
      const found = await file.readBack(at + done, piece.subarray(0, given.length))
      if (!given.equals(found)) throw new AirlockError('storage.io', { what: 'the copy on the station differs' })
    }
  }

  const passOn = async (): Promise<void> => {
    await settling
    settling = unhandled(settle(filling.subarray(0, filled), written).catch(storageFailure))
    const free = spare ?? Buffer.allocUnsafeSlow(segmentBytes)
    spare = filling
    filling = free
    written += filled
    filled = 0
  }

  return {
    async write(chunk) {
      for (let taken = 0; taken < chunk.length;) {
        const part = chunk.subarray(taken, taken + segmentBytes - filled)
        filling.set(part, filled)
        filled += part.length
        taken += part.length
        if (filled === segmentBytes) await passOn()
      }
    },
    async finish() {
      await passOn()
      await settling
      await syncing?.catch(storageFailure)
      await file.flush().catch(storageFailure)
      file.close()
    },
    async abandon() {
      // Its number may serve another file once it is closed: nothing may be under way then.
      await Promise.allSettled([settling, syncing])
      file.close()
    },
  }
}

/** What fails is told to whoever waits for it next, and is no unhandled failure until then. */
const unhandled = (promise: Promise<void>): Promise<void> => {
  promise.catch(() => undefined)
  return promise
}
