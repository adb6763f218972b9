// SPDX-License-Identifier: Apache-2.0
/** MCUboot images (docs.mcuboot.com, "Image format"): header, body, protected and unprotected TLV area, little endian. */
import { createHash } from 'node:crypto'
import { wholeLimit, type ParsedPayload, type PayloadFacts, type PayloadSource } from './facts.ts'
import { stepBytes, type Steps } from './steps.ts'

const headerBytes = 32
const headerMagic = 0x96f3b83d
const magics = { protected: 0x6908, open: 0x6907 } as const
const encryptedFlags = 0x4 | 0x8
const hashes: Readonly<Record<number, string>> = { 0x10: 'sha256', 0x11: 'sha384', 0x12: 'sha512' }
const tlv = { securityCounter: 0x50, vendor: 0x74, deviceClass: 0x75 } as const
/** Key, signature and what is like them are a few hundred bytes; a measured boot record a few thousand. */
const largestArea = 65_535

type Tlv = { readonly type: number; readonly value: Buffer }

/** Reads an image without trusting any of its lengths. The signature is the boot loader's to judge, not ours. */
export const parseMcuboot = function* (source: PayloadSource): Steps<ParsedPayload> {
  const head = bufferAt(source, 0, headerBytes)
  if (head.length < headerBytes || head.readUInt32LE(0) !== headerMagic) return fault('magic')
  const [headerSize, protectedSize, bodySize] = [head.readUInt16LE(8), head.readUInt16LE(10), head.readUInt32LE(12)]
  if (headerSize < headerBytes) return fault('header size')
  const bodyEnd = headerSize + bodySize
  const shielded = protectedSize === 0 ? [] : areaAt(source, bodyEnd, magics.protected)
  if (shielded === undefined || (protectedSize > 0 && shielded.length === 0)) return fault('protected TLV area')
  if (protectedSize > 0 && areaSize(source, bodyEnd) !== protectedSize) return fault('protected TLV area')
  const open = areaAt(source, bodyEnd + protectedSize, magics.open)
  if (open === undefined) return fault('TLV area')
  const encrypted = (head.readUInt32LE(16) & encryptedFlags) !== 0
  const hash = open.find(({ type }) => hashes[type] !== undefined)
  if (hash === undefined) return fault('no hash')
  const covered = bodyEnd + protectedSize
  // The hash of an encrypted image is that of its clear text.
  const hashChecked = !encrypted && covered <= wholeLimit
  if (hashChecked && !(yield* hashOf(source, covered, hashes[hash.type] ?? '')).equals(hash.value)) return fault('hash')
  return { ok: true, facts: { ...versionOf(head), ...tlvFacts(shielded), encrypted, hashChecked } }
}

const fault = (what: string): ParsedPayload => ({ ok: false, what })

const bufferAt = (source: PayloadSource, offset: number, length: number): Buffer =>
  Buffer.from(offset >= source.size ? [] : source.read(offset, length))

const versionOf = (head: Buffer): Pick<PayloadFacts, 'version'> => {
  const build = head.readUInt32LE(24)
  const core = `${head.readUInt8(20)}.${head.readUInt8(21)}.${head.readUInt16LE(22)}`
  return { version: build === 0 ? core : `${core}+${build}` }
}

const areaSize = (source: PayloadSource, at: number): number => {
  const info = bufferAt(source, at, 4)
  return info.length < 4 ? 0 : info.readUInt16LE(2)
}

/** The entries of an area; undefined: another magic, or lengths that do not add up to the area's. */
const areaAt = (source: PayloadSource, at: number, magic: number): Tlv[] | undefined => {
  const size = areaSize(source, at)
  const area = bufferAt(source, at, Math.min(size, largestArea))
  if (size < 4 || area.length !== size || area.readUInt16LE(0) !== magic) return undefined
  const found: Tlv[] = []
  for (let offset = 4; offset < size;) {
    if (offset + 4 > size) return undefined
    const end = offset + 4 + area.readUInt16LE(offset + 2)
    if (end > size) return undefined
    found.push({ type: area.readUInt16LE(offset), value: area.subarray(offset + 4, end) })
    offset = end
  }
  return found
}

/** What counts only where the boot loader's hash covers it. */
const tlvFacts = (shielded: readonly Tlv[]): PayloadFacts => {
  const valueOf = (wanted: number, length: number): Buffer | undefined =>
    shielded.find(({ type, value }) => type === wanted && value.length === length)?.value
  const [counter, vendor, deviceClass] = [
    valueOf(tlv.securityCounter, 4),
    valueOf(tlv.vendor, 16),
    valueOf(tlv.deviceClass, 16),
  ]
  return {
    ...(counter === undefined ? {} : { securityCounter: counter.readUInt32LE(0) }),
    ...(vendor === undefined ? {} : { vendor: vendor.toString('hex') }),
    ...(deviceClass === undefined ? {} : { deviceClass: deviceClass.toString('hex') }),
  }
}

const hashOf = function* (source: PayloadSource, length: number, algorithm: string): Steps<Buffer> {
  const hash = createHash(algorithm)
  for (let at = 0; at < length; at += stepBytes) {
    hash.update(source.read(at, Math.min(stepBytes, length - at)))
    yield
  }
  return hash.digest()
}
