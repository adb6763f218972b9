// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { FlashError } from '../devices/flash-error.ts'
import type { FlashDriver } from './drivers/driver.ts'
import type { Segment } from './ihex.ts'

/** One step of writing, recovery and progress: a whole page. */
export type Unit = { readonly index: number; readonly address: number; readonly data: Uint8Array }

/** What will be written, page by page. */
export type FlashPlan = {
  readonly units: readonly Unit[]
  /** Bytes with padding: what is written, read back and hashed. */
  readonly bytes: number
  /** SHA-256 of the same bytes, lower-case hex: what a read-back has to give. */
  readonly sha256: string
}

/** An erased cell; padding with it leaves nothing of an older image in a page. */
const blank = 0xff

/** Cuts segments into pages in the order of addresses; pages that no segment touches stay as they are. Errors: FlashError image-too-big. */
export const planFlash = (
  segments: readonly Segment[],
  { unitBytes, flashBytes }: Pick<FlashDriver, 'unitBytes' | 'flashBytes'>,
): FlashPlan => {
  const pages = new Map<number, Uint8Array>()
  for (const { address, data } of segments) {
    const end = address + data.length
    if (end > flashBytes) throw new FlashError('image-too-big', {}, { end, flashBytes })
    for (let at = address; at < end;) {
      const start = at - (at % unitBytes)
      const page = pages.get(start) ?? new Uint8Array(unitBytes).fill(blank)
      const next = Math.min(end, start + unitBytes)
      page.set(data.subarray(at - address, next - address), at - start)
      pages.set(start, page)
      at = next
    }
  }
  const units = [...pages].sort(([a], [b]) => a - b).map(([address, data], index) => ({ index, address, data }))
  const hash = createHash('sha256')
  for (const { data } of units) hash.update(data)
  return { units, bytes: units.length * unitBytes, sha256: hash.digest('hex') }
}
