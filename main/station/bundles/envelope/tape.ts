// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { AirlockError } from '../../../../shared/errors.ts'
import type { Bytes } from '../../../../shared/units.ts'

/** What has been read of headers, manifest and signatures, for the audit entry of a refusal. */
export type ReadDigest = { readonly sha256: string; readonly bytes: number }

/** Of a file that was not opened. */
export const nothingRead: ReadDigest = {
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  bytes: 0,
}

/** A file that is open: one of this machine's own, read at once, or one of a drive, which has to be waited for. */
export type OpenFile = {
  readonly size: Bytes
  read(position: number, length: number, room?: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** A file read like a tape: the position only grows, so no byte is read twice and check and use see the same bytes. */
export type Tape = {
  readonly size: number
  position(): number
  /** The next `length` bytes, which count for `digest`; undefined when the file ends before. Errors: `medium.io`. */
  take(length: number): Promise<Uint8Array | undefined>
  /**
   * The next `length` bytes of content, which has a digest of its own; undefined when the file ends before. With `room`
   * they stand until it is used again. Errors: `medium.io`.
   */
  pull(length: number, room?: Uint8Array): Promise<Uint8Array | undefined>
  /** Goes on without reading; false when the file ends before. */
  skip(length: number): boolean
  digest(): ReadDigest
}

/**
 * Starts a tape. Whatever the operating system says while reading, and a file that has become shorter than it was
 * when it was opened, is `medium.io`: the drive was pulled or is failing. What the drive's own gate says stands.
 */
export const startTape = (file: OpenFile): Tape => {
  let position = 0
  let count = 0
  const hash = createHash('sha256')
  const fits = (length: number): boolean => position + length <= file.size
  const pull = async (length: number, room?: Uint8Array): Promise<Uint8Array | undefined> => {
    if (!fits(length)) return undefined
    const chunk = await readAt(file, position, length, room)
    position += length
    return chunk
  }
  return {
    size: file.size,
    position: () => position,
    pull,
    async take(length) {
      const chunk = await pull(length)
      hash.update(chunk ?? '')
      count += chunk?.length ?? 0
      return chunk
    },
    skip(length) {
      if (!fits(length)) return false
      position += length
      return true
    },
    digest: () => ({ sha256: hash.copy().digest('hex'), bytes: count }),
  }
}

const readAt = async (file: OpenFile, position: number, length: number, room?: Uint8Array): Promise<Uint8Array> => {
  let chunk: Uint8Array
  try {
    chunk = await file.read(position, length, room)
  } catch (error) {
    throw error instanceof AirlockError ? error : new AirlockError('medium.io', { position }, { cause: error })
  }
  if (chunk.length !== length) throw new AirlockError('medium.io', { position, wanted: length, got: chunk.length })
  return chunk
}
