// SPDX-License-Identifier: Apache-2.0
import { createHash, type Hash } from 'node:crypto'
import { FlashError } from '../devices/flash-error.ts'
import type { FlashDriver } from './drivers/driver.ts'
import type { Segment } from '../bundles/payload/intel-hex.ts'

/** One step of writing, recovery and progress: a whole page. `spans`: which of its bytes are the image's, not padding. */
export type Unit = {
  readonly index: number
  readonly address: number
  readonly data: Uint8Array
  readonly spans: readonly Span[]
}
type Span = readonly [start: number, end: number]

/** What will be written, page by page. */
export type FlashPlan = {
  readonly units: readonly Unit[]
  /** Bytes with padding: what is written and read back. */
  readonly bytes: number
  /** SHA-256 of the image's bytes without padding, lower-case hex: what a read-back has to give; a `bin` file's own digest. */
  readonly sha256: string
}

/** An erased cell; padding with it leaves nothing of an older image in a page. */
const blank = 0xff

/** Takes the image's own bytes of a page, as written or as read back, into a digest. */
export const hashUnit = (hash: Hash, { spans }: Unit, data: Uint8Array): void => {
  for (const [start, end] of spans) hash.update(data.subarray(start, end))
}

/** Cuts segments into pages in the order of addresses; pages that no segment touches stay as they are. Errors: FlashError image-too-big. */
export const planFlash = (
  segments: readonly Segment[],
  { unitBytes, flashBytes }: Pick<FlashDriver, 'unitBytes' | 'flashBytes'>,
): FlashPlan => {
  const pages = new Map<number, { data: Uint8Array; spans: Span[] }>()
  for (const { address, data } of segments) {
    const end = address + data.length
    if (end > flashBytes) throw new FlashError('image-too-big', {}, { end, flashBytes })
    for (let at = address; at < end;) {
      const start = at - (at % unitBytes)
      const page = pages.get(start) ?? { data: new Uint8Array(unitBytes).fill(blank), spans: [] }
      const next = Math.min(end, start + unitBytes)
      page.data.set(data.subarray(at - address, next - address), at - start)
      page.spans.push([at - start, next - start])
      pages.set(start, page)
      at = next
    }
  }
  const units = [...pages]
    .sort(([a], [b]) => a - b)
    .map(([address, { data, spans }], index) => ({ index, address, data, spans: spans.sort(([a], [b]) => a - b) }))
  const hash = createHash('sha256')
  for (const unit of units) hashUnit(hash, unit, unit.data)
  return { units, bytes: units.length * unitBytes, sha256: hash.digest('hex') }
}
