// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../../shared/errors.ts'
import { blockSize, headerBlock, largestSize, paddingOf, type Header } from './header.ts'
import { startSequence } from './sequence.ts'

/** One entry to write: its name, its size, and its bytes in chunks that add up to the size. */
export type EntrySource = Header & { readonly chunks: Iterable<Uint8Array> }

/** An entry whose bytes are in memory. */
export const entryOf = (name: string, bytes: Uint8Array): EntrySource => ({ name, size: bytes.length, chunks: [bytes] })

/**
 * The bytes of an envelope (docs/formats/envelope.md, clause 2): plain ustar, mode 0644, owner and time 0, no padding
 * but to whole blocks and the two zero blocks. The same entries give the same bytes, which the reader accepts.
 * `draft` leaves out that there has to be a signature. Errors: the reader's own codes for names, order and limits that it would refuse; `payload.size` for chunks that do
 * not add up to the size.
 */
export const writeEnvelope = function* (entries: Iterable<EntrySource>, draft = false): Generator<Uint8Array> {
  const sequence = startSequence(draft)
  for (const { name, size, chunks } of entries) {
    const judged = sequence.judge({ name, size })
    if (!judged.ok) throw new AirlockError(judged.code, { entry: name })
    if (size > largestSize) throw new AirlockError('container.header-size', { entry: name, size })
    yield headerBlock(name, size)
    let written = 0
    for (const chunk of chunks) {
      written += chunk.length
      yield chunk
    }
    if (written !== size) throw new AirlockError('payload.size', { entry: name, size, written })
    yield new Uint8Array(paddingOf(size))
  }
  yield new Uint8Array(2 * blockSize)
}
