// SPDX-License-Identifier: Apache-2.0
/** DER by hand: each function gives the whole encoding of one value. */
import { tags } from './der.ts'

/** Any element: identifier octet, minimal length, content. */
export const element = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), lengthOctets(body.length), body])
}

const lengthOctets = (length: number): Uint8Array => {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 + octets.length]), octets])
}

/** SEQUENCE of encoded members. */
export const sequence = (...members: readonly Uint8Array[]): Uint8Array => element(tags.sequence, ...members)

/** SET OF: members in DER's order. `tag` where the set is tagged implicitly. */
export const setOf = (members: readonly Uint8Array[], tag: number = tags.set): Uint8Array =>
  element(tag, ...[...members].sort((a, b) => Buffer.compare(a, b)))

/** OBJECT IDENTIFIER of a dotted text. */
export const oid = (dotted: string): Uint8Array => {
  const [top = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(tags.oid, Buffer.from([40 * top + second, ...rest.flatMap(base128)]))
}

const base128 = (arc: number): number[] => {
  const octets = [arc & 0x7f]
  for (let left = arc >>> 7; left > 0; left >>>= 7) octets.unshift(0x80 | (left & 0x7f))
  return octets
}

/** INTEGER from 0 up, given as big-endian octets. */
export const unsigned = (octets: Uint8Array): Uint8Array => {
  const first = octets.findIndex((octet) => octet !== 0)
  const body = first < 0 ? Buffer.from([0]) : octets.subarray(first)
  return element(tags.integer, ...((body[0] ?? 0) >= 0x80 ? [Buffer.from([0]), body] : [body]))
}

/** INTEGER from 0 to 255. */
export const small = (value: number): Uint8Array => unsigned(Buffer.from([value]))

/** OCTET STRING. */
export const octetString = (content: Uint8Array): Uint8Array => element(tags.octetString, content)

/** BIT STRING; `unused` bits at the end do not count. */
export const bitString = (content: Uint8Array, unused = 0): Uint8Array =>
  element(tags.bitString, Buffer.from([unused]), content)

/** Time: UTCTime through 2049, GeneralizedTime after it (RFC 5280, 4.1.2.5); whole seconds. */
export const derTime = (ms: number): Uint8Array => {
  const text = new Date(ms).toISOString().replace(/[-:T]|\.\d{3}/g, '')
  return text < '2050'
    ? element(tags.utcTime, Buffer.from(text.slice(2)))
    : element(tags.generalizedTime, Buffer.from(text))
}
