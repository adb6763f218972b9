// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { headerBlock, paddingOf } from '../../main/station/bundles/envelope/header.ts'
import { canonicalBytes } from '../../shared/formats/canonical-json.ts'
import { bundleEntries, firmwareManifest, sha256, tarOf, type RawEntry } from './bundle.ts'

const chunkBytes = 1024 * 1024
const zeros = new Uint8Array(chunkBytes)

/** `sparse`: a payload of zeros that takes no room on the disk. `forged`: one bit of the last signature is wrong. */
export type BigBundle = { readonly sparse?: boolean; readonly forged?: boolean }

/** Writes a production bundle with one payload of `size` bytes, without holding it in memory; gives manifest and signatures. */
export const writeBigBundle = (path: string, size: number, options: BigBundle = {}): RawEntry[] => {
  const noise = options.sparse === true ? zeros : randomBytes(chunkBytes)
  const content = function* (): Generator<Uint8Array> {
    for (let at = 0; at < size; at += chunkBytes) yield noise.subarray(0, Math.min(chunkBytes, size - at))
  }
  const item = { path: 'payload/image.bin', component: 'app', format: 'bin', driver: 'stk500v1', options: {} }
  const digest = options.forged === true ? sha256('') : digestOf(content())
  const manifest = canonicalBytes(firmwareManifest({ payloads: [{ ...item, size, sha256: digest }], evidence: [] }))
  const entries = bundleEntries(manifest, {})
  const last = entries.at(-1)?.content
  // The end of the DER is the end of the signature's value.
  if (options.forged === true && last !== undefined) last[last.length - 1] = (last.at(-1) ?? 0) ^ 1
  const file = openSync(path, 'w')
  try {
    let end = writeSync(file, Buffer.concat([tarOf(entries, new Uint8Array(0)), headerBlock(item.path, size)]))
    if (options.sparse !== true) for (const chunk of content()) writeSync(file, chunk)
    end += size + paddingOf(size) + 1024
    ftruncateSync(file, end)
  } finally {
    closeSync(file)
  }
  return entries
}

const digestOf = (chunks: Iterable<Uint8Array>): string => {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}
