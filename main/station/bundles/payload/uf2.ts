// SPDX-License-Identifier: Apache-2.0
/** UF2 (microsoft/uf2): blocks of 512 bytes that each carry up to 476 bytes for one address; little endian. */
import { joinRanges } from './ranges.ts'
import { wholeLimit, type ParsedPayload, type PayloadSource } from './facts.ts'
import type { Steps } from './steps.ts'

const blockBytes = 512
const magics = { first: 0x0a324655, second: 0x9e5d5157, end: 0x0ab16f30 } as const
const flags = { notMainFlash: 0x1, fileContainer: 0x1000, family: 0x2000 } as const
const mostData = 476
const blocksInStep = 1024

/** Reads every block: all there, in order, of one family, none for a file system, none over another. */
export const parseUf2 = function* (source: PayloadSource): Steps<ParsedPayload> {
  const fault = (what: string): ParsedPayload => ({ ok: false, what })
  if (source.size > wholeLimit || source.size === 0 || source.size % blockBytes !== 0) return fault('size')
  const file = Buffer.from(source.read(0, source.size))
  const count = file.length / blockBytes
  const pieces: { address: number; length: number }[] = []
  let target: number | undefined
  for (let n = 0; n < count; n += 1) {
    if (n % blocksInStep === 0) yield
    const block = file.subarray(n * blockBytes, (n + 1) * blockBytes)
    const word = (index: number): number => block.readUInt32LE(index * 4)
    if (word(0) !== magics.first || word(1) !== magics.second || word(127) !== magics.end) return fault('magic')
    const [flag, address, length] = [word(2), word(3), word(4)]
    if (word(5) !== n || word(6) !== count) return fault('block number')
    if (length > mostData || address + length > 2 ** 32) return fault('length')
    if ((flag & flags.fileContainer) !== 0) return fault('file container')
    const family = (flag & flags.family) === 0 ? undefined : word(7)
    if (n > 0 && family !== target) return fault('family')
    target = family
    if ((flag & flags.notMainFlash) === 0) pieces.push({ address, length })
  }
  const ranges = joinRanges(pieces)
  if (ranges === undefined) return fault('overlap')
  return { ok: true, facts: { ranges, ...(target === undefined ? {} : { target }) } }
}
