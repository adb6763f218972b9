// SPDX-License-Identifier: Apache-2.0
/** Intel HEX (Intel, revision A, 1988): records 00 to 05. Strict: what is odd is refused, never guessed. */
import { AirlockError } from '../../../../shared/errors.ts'
import { atOnce, type Steps } from './steps.ts'

/** Bytes that belong together, at their address. */
export type Segment = { readonly address: number; readonly data: Uint8Array }

const refuse = (line: number, what: string): never => {
  throw new AirlockError('flash.image', { format: 'ihex', line, what })
}

type HexRecord = { readonly offset: number; readonly type: number; readonly data: Uint8Array }

const parseRecord = (text: string, line: number): HexRecord => {
  if (!/^:(?:[0-9A-Fa-f]{2}){5,260}$/.test(text)) return refuse(line, 'no record')
  const octets = Buffer.from(text.slice(1), 'hex')
  if (octets.length !== octets.readUInt8(0) + 5) return refuse(line, 'length')
  if (octets.reduce((sum, octet) => (sum + octet) & 0xff, 0) !== 0) return refuse(line, 'checksum')
  return { offset: octets.readUInt16BE(1), type: octets.readUInt8(3), data: octets.subarray(4, -1) }
}

/** The base that a record of type 02 or 04 sets; the others change nothing. Undefined for what is no such record. */
const baseOf = ({ type, data }: HexRecord): number | undefined => {
  if (type === 2 && data.length === 2) return Buffer.from(data).readUInt16BE(0) * 16
  if (type === 4 && data.length === 2) return Buffer.from(data).readUInt16BE(0) * 65_536
  return undefined
}

/** Joins neighbours and refuses overlaps. */
const join = (pieces: Segment[]): Segment[] => {
  const joined: { address: number; parts: Uint8Array[]; end: number }[] = []
  for (const { address, data } of pieces.sort((a, b) => a.address - b.address)) {
    const last = joined.at(-1)
    if (last !== undefined && address < last.end)
      throw new AirlockError('flash.image', { format: 'ihex', at: address, what: 'overlap' })
    if (last !== undefined && address === last.end) {
      last.parts.push(data)
      last.end += data.length
    } else joined.push({ address, parts: [data], end: address + data.length })
  }
  return joined.map(({ address, parts }) => ({ address, data: Uint8Array.from(Buffer.concat(parts)) }))
}

/** Segments in the order of addresses, neighbours joined. Errors: `flash.image` with line and what is wrong there. */
export const parseIntelHex = (text: string): Segment[] => atOnce(intelHexSteps(text))

const linesInStep = 1024

/** The same, step by step. */
export const intelHexSteps = function* (text: string): Steps<Segment[]> {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const pieces: Segment[] = []
  let base = 0
  for (const [index, content] of lines.entries()) {
    if (index % linesInStep === 0) yield
    const line = index + 1
    const record = parseRecord(content, line)
    if (record.type === 1) {
      if (record.data.length !== 0 || line !== lines.length) refuse(line, 'end')
      return join(pieces)
    }
    if (record.type === 0) {
      // The manual lets a record wrap inside its 64 KiB; no linker does that, and tools disagree on it.
      if (record.offset + record.data.length > 65_536) refuse(line, 'wraps')
      if (record.data.length > 0) pieces.push({ address: base + record.offset, data: record.data })
    } else if (record.type === 2 || record.type === 4) base = baseOf(record) ?? refuse(line, 'address')
    else if (record.type !== 3 && record.type !== 5) refuse(line, 'type')
  }
  return refuse(lines.length, 'no end')
}
