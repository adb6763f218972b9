// SPDX-License-Identifier: Apache-2.0

/** Bytes from an address on. */
export type Range = { readonly address: number; readonly length: number }

/** Ranges in the order of addresses, neighbours joined, empty ones left out; undefined where two overlap. */
export const joinRanges = (pieces: readonly Range[]): Range[] | undefined => {
  const joined: { address: number; length: number }[] = []
  for (const { address, length } of pieces.toSorted((a, b) => a.address - b.address)) {
    if (length === 0) continue
    const last = joined.at(-1)
    const end = last === undefined ? -1 : last.address + last.length
    if (address < end) return undefined
    if (last !== undefined && address === end) last.length += length
    else joined.push({ address, length })
  }
  return joined
}
