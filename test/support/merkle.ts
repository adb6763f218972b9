// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import type { Nodes } from '../../main/station/audit/merkle.ts'

/** MTH of RFC 6962 section 2.1 over leaf hashes, word for word, with another hash function call than the product's. */
export const slowRoot = (hashes: readonly string[]): string => {
  const [only, ...more] = hashes
  if (only === undefined) return createHash('sha256').digest('hex')
  if (more.length === 0) return only
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  const both = `01${slowRoot(hashes.slice(0, k))}${slowRoot(hashes.slice(k))}`
  return createHash('sha256').update(Buffer.from(both, 'hex')).digest('hex')
}

/** Hashes of complete subtrees, from the leaf hashes alone. */
export const completeNodes = (hashes: readonly string[]): Nodes => {
  const known = new Map<string, string>()
  return (level, index) => {
    const key = `${level}/${index}`
    const found = known.get(key) ?? slowRoot(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level))
    known.set(key, found)
    return found
  }
}
