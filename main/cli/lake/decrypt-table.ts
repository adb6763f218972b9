// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { Decrypter } from 'age-encryption'
import type { ArchivePayload } from '../../../shared/formats/telemetry-archive.ts'
import { fault } from '../../station/bundles/answer.ts'
import type { Fault } from '../../station/trust/standing.ts'
import { filePieces } from '../../station/exports/archive/write-file.ts'
import { createFile } from '../../station/platform/files.ts'
import { webStreamOf } from '../../station/platform/web-stream.ts'

/** Each piece costs a turn of the event loop: at zlib's own 16 KiB that is three times the work itself. */
const chunkSize = 1024 * 1024

/** Reads age identity files: lines `AGE-SECRET-KEY-1…`, comments behind `#`. Undefined: there is no key in it. */
export const readIdentities = (text: string): readonly string[] | undefined => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'))
  const keys = lines.map((line) => line.trim())
  return keys.length > 0 && keys.every((key) => /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/.test(key)) ? keys : undefined
}

/**
 * Decrypts and decompresses one table to the new file `to`, in bounded memory, and compares the clear bytes with the
 * manifest: `archive.decrypt` no key fits or the file is broken, `payload.digest` other bytes, `archive.count` another
 * number of lines. Stops as soon as there are more bytes than the manifest says, whatever the compressed data claims.
 */
export const decryptTable = async (
  payload: ArchivePayload,
  from: string,
  identities: readonly string[],
  to: string,
): Promise<Fault | undefined> => {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  const file = createFile(to)
  const hash = createHash('sha256')
  let [size, lines] = [0, 0]
  try {
    const compressed = await decrypter.decrypt(webStreamOf(filePieces(from)))
    await pipeline(compressed, createZstdDecompress({ chunkSize }), async (clear: AsyncIterable<Buffer>) => {
      for await (const chunk of clear) {
        size += chunk.length
        if (size > payload.clearSize) return
        hash.update(chunk)
        lines += countLines(chunk)
        file.write(chunk)
      }
    })
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    // Whatever age or zstd say of broken bytes, the answer is one: this file cannot be read with these keys.
    return fault('archive.decrypt', payload.path)
  } finally {
    file.close()
  }
  if (size !== payload.clearSize || hash.digest('hex') !== payload.clearSha256)
    return fault('payload.digest', payload.path)
  return lines === payload.records ? undefined : fault('archive.count', `${payload.path}: ${lines}`)
}

const countLines = (chunk: Buffer): number => {
  let count = 0
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count += 1
  return count
}
