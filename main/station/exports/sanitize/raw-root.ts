// SPDX-License-Identifier: Apache-2.0
import { hash } from 'node:crypto'

/** Root over the records before cleaning, whatever their order: what was there can be proved later, value by value. */
export type RawRoot = {
  /** Gives the record's leaf. */
  add(record: string): string
  /** Lower-case hex. */
  root(): string
}

/**
 * Each record's leaf is SHA-256(salt ‖ canonical record). Leaves are sorted into 256 buckets by their first byte; a
 * bucket's node is SHA-256 of its sorted leaves, the root SHA-256 of the 256 nodes (hex) in order. Without the salt, which
 * stays on site, nobody can try out what the records may have been.
 */
export const createRawRoot = (salt: string): RawRoot => {
  const buckets: string[][] = Array.from({ length: 256 }, () => [])
  return {
    add(record) {
      // One character a byte: half of what hex takes, for millions of leaves.
      const leaf = hash('sha256', salt + record, 'binary')
      buckets[leaf.charCodeAt(0)]?.push(leaf)
      return leaf
    },
    root: () => sha256(buckets.map((leaves) => hash('sha256', Buffer.from(leaves.sort().join(''), 'latin1'))).join('')),
  }
}

const sha256 = (text: string): string => hash('sha256', text)
