// SPDX-License-Identifier: Apache-2.0
import { bad, good, type Answer } from '../answer.ts'

/** Tar's unit: headers are one block, contents are padded to whole ones. */
export const blockSize = 512

/** The largest size that eleven octal digits can say, in bytes. */
export const largestSize = 8 ** 11 - 1

/** What a header says; `name` holds one character per byte, whatever the bytes are. */
export type Header = { readonly name: string; readonly size: number }

const regularFile = 0x30
const checksumField = [148, 156] as const

/** True for a block of zeros only. */
export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)

/** Bytes that fill the last block of `size` bytes. */
export const paddingOf = (size: number): number => (blockSize - (size % blockSize)) % blockSize

/**
 * Judges one ustar header block by itself, in the order of docs/formats/envelope.md (clauses 2.2 to 2.7); the first
 * fault answers. A block of zeros is not a header: the caller looks for it first.
 */
export const parseHeader = (block: Uint8Array): Answer<Header> => {
  if (latin1(block, 257, 262) !== 'ustar') return bad('container.not-ustar')
  if (latin1(block, ...checksumField) !== checksumOf(block)) return bad('container.header-checksum')
  // A link, a device, a PAX or GNU extension: each is a second meaning that another parser may see.
  if (block[156] !== regularFile || !isZero(block.subarray(157, 257))) return bad('container.entry-type')
  if (latin1(block, 262, 265) !== '\0' + '00' || !isZero(block.subarray(500))) return bad('container.not-ustar')
  const size = /^([0-7]{11})[\0 ]$/.exec(latin1(block, 124, 136))?.[1]
  const others = [latin1(block, 100, 124), latin1(block, 136, 148)]
  if (size === undefined || others.some((field) => !/^[0-7\0 ]*$/.test(field))) return bad('container.header-size')
  const [, name, rest] = /^([^\0]*)(\0*)$/.exec(latin1(block, 0, 100)) ?? []
  if (name === undefined || rest === undefined || !isZero(block.subarray(345, 500))) return bad('container.name')
  return good({ name, size: Number.parseInt(size, 8) })
}

/** The checksum field as it has to be: the sum of the block's bytes with the field itself as spaces. */
export const checksumOf = (block: Uint8Array): string => {
  const [start, end] = checksumField
  const sum = block.reduce((total, byte, at) => total + (at >= start && at < end ? 0x20 : byte), 0)
  return `${sum.toString(8).padStart(6, '0')}\0 `
}

const latin1 = (block: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...block.subarray(start, end))

/** A ustar header with nothing in it that says when, where or by whom it was made. */
export const headerBlock = (name: string, size: number): Uint8Array => {
  const block = new Uint8Array(blockSize)
  const put = (at: number, text: string): void => block.set(new TextEncoder().encode(text), at)
  put(0, name)
  put(100, '0000644\0' + '0000000\0' + '0000000\0')
  put(124, `${size.toString(8).padStart(11, '0')}\0` + '00000000000\0')
  put(156, '0')
  put(257, 'ustar\0' + '00')
  put(148, checksumOf(block))
  return block
}
