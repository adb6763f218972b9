// SPDX-License-Identifier: Apache-2.0
/** Images of the ESP32 family (esptool, "Firmware image format"), with the extended header; little endian. */
import { createHash } from 'node:crypto'
import { wholeLimit, type ParsedPayload, type PayloadSource } from './facts.ts'
import { stepBytes, type Steps } from './steps.ts'

const magic = 0xe9
const headBytes = 24
/** The ROM's limit. */
const mostSegments = 16
const checksumSeed = 0xef
const hashBytes = 32

/** Reads header and segments, and proves the checksum and, where it is appended, the SHA-256. */
export const parseEspImage = function* (source: PayloadSource): Steps<ParsedPayload> {
  const fault = (what: string): ParsedPayload => ({ ok: false, what })
  if (source.size > wholeLimit) return fault('size')
  const image = Buffer.from(source.read(0, source.size))
  if (image.length < headBytes || image.readUInt8(0) !== magic) return fault('magic')
  const count = image.readUInt8(1)
  if (count === 0 || count > mostSegments) return fault('segments')
  const ranges: { address: number; length: number }[] = []
  let at = headBytes
  let checksum = checksumSeed
  for (let n = 0; n < count; n += 1) {
    if (at + 8 > image.length) return fault('segment')
    const [address, length] = [image.readUInt32LE(at), image.readUInt32LE(at + 4)]
    const end = at + 8 + length
    if (end > image.length) return fault('segment')
    for (const piece of piecesOf(image.subarray(at + 8, end))) {
      for (const octet of piece) checksum ^= octet
      yield
    }
    ranges.push({ address, length })
    at = end
  }
  // The checksum is the last byte of its 16; an appended hash covers everything up to it.
  const end = at + 16 - (at % 16)
  if (end > image.length || image.readUInt8(end - 1) !== checksum) return fault('checksum')
  const appended = image.readUInt8(23) === 1
  if (appended && !(yield* hashOf(image.subarray(0, end))).equals(image.subarray(end, end + hashBytes)))
    return fault('hash')
  return { ok: true, facts: { target: image.readUInt16LE(12), ranges, hashChecked: appended } }
}

const piecesOf = function* (content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += stepBytes) yield content.subarray(at, at + stepBytes)
}

const hashOf = function* (content: Buffer): Steps<Buffer> {
  const hash = createHash('sha256')
  for (const piece of piecesOf(content)) {
    hash.update(piece)
    yield
  }
  return hash.digest()
}
