// SPDX-License-Identifier: Apache-2.0
import { createHash, type Hash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import { AirlockError } from '../../../../shared/errors.ts'
import { createFile } from '../../platform/files.ts'
import { webStreamOf } from '../../platform/web-stream.ts'
import { piecesOf, type ClearTable } from './clear-table.ts'

/** Size in bytes and SHA-256 (lower-case hex) of what went through. */
export type Measure = { readonly size: number; readonly sha256: string }

/** Level 3 is zstd's own default: within 4 % of the size of level 6 on telemetry, at three times its speed. */
const level = { params: { [constants.ZSTD_c_compressionLevel]: 3 } }

/**
 * Writes one table compressed (zstd) and encrypted (age, to every recipient) to the new file `path`, in bounded memory.
 * Gives the measure of the clear bytes and of the file. Errors: `export.no-recipient`, and those of the disk.
 */
export const encryptTable = async (
  table: ClearTable,
  recipients: readonly string[],
  path: string,
): Promise<{ clear: Measure; encrypted: Measure }> => {
  const encrypter = encrypterFor(recipients)
  const [clear, encrypted] = [measuring(), measuring()]
  const file = createFile(path)
  try {
    await pipeline(
      clear.pass(piecesOf(table)),
      createZstdCompress(level),
      async (compressed: AsyncIterable<Buffer>) => {
        const stream = await encrypter.encrypt(webStreamOf(compressed))
        for await (const chunk of stream) file.write(encrypted.add(chunk))
      },
    )
    file.sync()
  } finally {
    file.close()
  }
  return { clear: clear.result(), encrypted: encrypted.result() }
}

/** Only keys of age's own kind that hide nothing from a stranger's `age -d`: X25519 (`age1…`). */
const encrypterFor = (recipients: readonly string[]): Encrypter => {
  if (recipients.length === 0) throw new AirlockError('export.no-recipient')
  const encrypter = new Encrypter()
  for (const recipient of recipients) {
    if (!/^age1[02-9ac-hj-np-z]{58}$/.test(recipient)) throw new AirlockError('export.no-recipient', { recipient })
    try {
      encrypter.addRecipient(recipient)
    } catch (error) {
      throw new AirlockError('export.no-recipient', { recipient }, { cause: error })
    }
  }
  return encrypter
}

const measuring = () => {
  const hash: Hash = createHash('sha256')
  let size = 0
  const add = (chunk: Uint8Array): Uint8Array => {
    hash.update(chunk)
    size += chunk.length
    return chunk
  }
  return {
    add,
    pass: function* (pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
      for (const piece of pieces) yield add(piece)
    },
    result: (): Measure => ({ size, sha256: hash.digest('hex') }),
  }
}
