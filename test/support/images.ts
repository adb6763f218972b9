// SPDX-License-Identifier: Apache-2.0
/** Images by the descriptions of their formats, without the parsers. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { FirmwarePayload } from '../../shared/formats/firmware.ts'
import type { ParsedPayload, PayloadSource } from '../../main/station/bundles/payload/facts.ts'
import { lookIntoPayload } from '../../main/station/bundles/payload/look-into.ts'

const source = (bytes: Uint8Array): PayloadSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, offset + length),
})

type Facts = { version?: string; securityCounter?: number; options?: FirmwarePayload['options']; others?: number }

/** Looks into bytes as the one payload (or one of several) of a manifest of version 2.1.0, counter 3. */
export const look = (format: FirmwarePayload['format'], bytes: Uint8Array, facts: Facts = {}): ParsedPayload => {
  const { version = '2.1.0', securityCounter = 3, options = {}, others = 0 } = facts
  const base = { size: bytes.length, sha256: '0'.repeat(64), format, driver: 'smp', options } as const
  const payload = (n: number): FirmwarePayload => ({ ...base, path: `payload/${n}.bin`, component: `c${n}` })
  const payloads = Array.from({ length: 1 + others }, (_, n) => payload(n))
  return lookIntoPayload(payload(0), source(bytes), { version, securityCounter, payloads })
}

const vectors = z
  .array(z.object({ name: z.string(), base64: z.base64() }))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../vectors/mcuboot-images.json'), 'utf8')))

/** An MCUboot image that imgtool made. */
export const mcubootImage = (name: string): Uint8Array =>
  Uint8Array.from(Buffer.from(vectors.find((one) => one.name === name)?.base64 ?? '', 'base64'))

/** An ESP image: header, extended header, segments, checksum, hash. */
export const espImage = (
  segments: readonly (readonly [address: number, data: Uint8Array])[],
  hash = true,
): Uint8Array => {
  const head = Buffer.alloc(24)
  head.set([0xe9, segments.length])
  head.writeUInt16LE(9, 12)
  head[23] = hash ? 1 : 0
  const parts = segments.flatMap(([address, data]) => {
    const words = Buffer.alloc(8)
    words.writeUInt32LE(address, 0)
    words.writeUInt32LE(data.length, 4)
    return [words, data]
  })
  const body = Buffer.concat([head, ...parts])
  const checksum = segments.flatMap(([, data]) => [...data]).reduce((sum, octet) => sum ^ octet, 0xef)
  const whole = Buffer.concat([body, Buffer.alloc(15 - (body.length % 16)), Buffer.of(checksum)])
  const digest = createHash('sha256').update(whole).digest()
  return Uint8Array.from(hash ? Buffer.concat([whole, digest]) : whole)
}

/** One block of a UF2 file. */
export const uf2Block = (
  n: number,
  count: number,
  address: number,
  facts: { family?: number; flags?: number; length?: number } = {},
): Buffer => {
  const { family, flags = 0, length = 256 } = facts
  const bytes = Buffer.alloc(512)
  const flag = flags | (family === undefined ? 0 : 0x2000)
  const words = [0x0a324655, 0x9e5d5157, flag, address, length, n, count, family ?? 0]
  words.forEach((word, index) => bytes.writeUInt32LE(word, index * 4))
  bytes.writeUInt32LE(0x0ab16f30, 508)
  return bytes
}
