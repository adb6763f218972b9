// SPDX-License-Identifier: Apache-2.0
import forge from 'node-forge'

/** One element: `raw` is all of it, `content` what its length counts; `children` only where it is constructed. */
export type DerNode = {
  /** The identifier octet: class, constructed bit, number. */
  readonly tag: number
  readonly raw: Uint8Array
  readonly content: Uint8Array
  readonly children: readonly DerNode[]
}

/** A decoded document or the reason why it is none. */
export type DerResult =
  | { readonly ok: true; readonly node: DerNode }
  | { readonly ok: false; readonly code: 'sig.parse' | 'sig.not-der' }

const maxLevels = 16
/** Longer than any identifier in use; arcs are added up bit by bit, so length costs time. */
const maxOidBytes = 64

/** `der` turns false at the first deviation from DER; reading goes on, because a cut outweighs it. */
type State = { readonly bytes: Uint8Array; der: boolean }

/**
 * Decodes exactly one SEQUENCE (docs/formats/signature-profile.md, DER). `sig.parse`: empty, another type, cut, bytes
 * behind, over 16 levels, a high tag number. `sig.not-der`: an indefinite or non-minimal length, a non-minimal INTEGER,
 * a BOOLEAN other than 00 and FF, an unsorted SET. Two decoders must agree: node-forge re-encodes to the same bytes.
 */
export const decodeDer = (bytes: Uint8Array): DerResult => {
  const state: State = { bytes, der: true }
  const node = bytes[0] === tags.sequence ? element(state, 0, bytes.length, 1) : undefined
  if (node === undefined || node.raw.length !== bytes.length) return { ok: false, code: 'sig.parse' }
  if (!state.der || !forgeAgrees(bytes)) return { ok: false, code: 'sig.not-der' }
  return { ok: true, node }
}

/** Identifier octets that the profile uses. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific, constructed: [0], [1] … */
  context: (n: number): number => 0xa0 + n,
} as const

/** Same bytes. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** Whether the members of a SET OF stand in DER's order: by their encodings. */
export const isSorted = (members: readonly DerNode[]): boolean =>
  members.every(({ raw }, index) => Buffer.compare(members[index - 1]?.raw ?? raw, raw) <= 0)

/** Dotted text of an OBJECT IDENTIFIER of at most 64 octets; undefined for anything else. */
export const oidOf = (node: DerNode | undefined): string | undefined => {
  const last = node?.content.at(-1)
  if (node?.tag !== tags.oid || last === undefined || last >= 0x80 || node.content.length > maxOidBytes)
    return undefined
  const arcs: bigint[] = []
  let arc = 0n
  for (const octet of node.content) {
    // An arc that begins with 80 is padded: two texts for one identifier.
    if (arc === 0n && octet === 0x80) return undefined
    arc = (arc << 7n) | BigInt(octet & 0x7f)
    if (octet < 0x80) {
      arcs.push(arc)
      arc = 0n
    }
  }
  const [first = 0n, ...rest] = arcs
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [top, first - 40n * top, ...rest].join('.')
}

/** Milliseconds UTC of a UTCTime or GeneralizedTime in DER's only form, whole seconds and `Z`; undefined otherwise. */
export const timeOf = (node: DerNode | undefined): number | undefined => {
  const text = node === undefined ? '' : Buffer.from(node.content).toString('latin1')
  if (node?.tag === tags.generalizedTime) return parseTime(text)
  if (node?.tag !== tags.utcTime || !/^\d{12}Z$/.test(text)) return undefined
  return parseTime(`${text < '5' ? '20' : '19'}${text}`)
}

const parseTime = (text: string): number | undefined => {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z')
  const ms = iso === text ? Number.NaN : Date.parse(iso)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === iso ? ms : undefined
}

const element = (state: State, start: number, end: number, level: number): DerNode | undefined => {
  const [tag, first] = state.bytes.subarray(start, Math.min(start + 2, end))
  if (tag === undefined || first === undefined || level > maxLevels || (tag & 0x1f) === 0x1f) return undefined
  if (first === 0x80) return indefinite(state, tag, start, end, level)
  const body = start + 2 + (first < 0x80 ? 0 : first & 0x7f)
  const octets = state.bytes.subarray(start + 2, body)
  const stop = body + (first < 0x80 ? first : octets.reduce((sum, octet) => sum * 256 + octet, 0))
  if (stop > end) return undefined
  if (first > 0x80 && (octets[0] === 0 || stop - body < 0x80)) state.der = false
  const children = (tag & 0x20) === 0 ? [] : elements(state, body, stop, level + 1)
  if (children === undefined) return undefined
  const node = { tag, raw: state.bytes.subarray(start, stop), content: state.bytes.subarray(body, stop), children }
  if (!hasDerContent(node)) state.der = false
  return node
}

const elements = (state: State, start: number, end: number, level: number): DerNode[] | undefined => {
  const found: DerNode[] = []
  for (let at = start; at < end;) {
    const node = element(state, at, end, level)
    if (node === undefined) return undefined
    found.push(node)
    at += node.raw.length
  }
  return found
}

/** BER's form without a length: never accepted, but followed to its end, so that a cut inside it is told. */
const indefinite = (state: State, tag: number, start: number, end: number, level: number): DerNode | undefined => {
  state.der = false
  const children: DerNode[] = []
  let at = start + 2
  while (at + 2 <= end && (state.bytes[at] !== 0 || state.bytes[at + 1] !== 0)) {
    const node = element(state, at, end, level + 1)
    if (node === undefined) return undefined
    children.push(node)
    at += node.raw.length
  }
  if (at + 2 > end) return undefined
  return { tag, raw: state.bytes.subarray(start, at + 2), content: state.bytes.subarray(start + 2, at), children }
}

const hasDerContent = ({ tag, content, children }: DerNode): boolean => {
  const [first = -1, second = -1] = content
  if (tag === tags.boolean) return content.length === 1 && (first === 0 || first === 0xff)
  // Minimal: the first nine bits are neither all zero nor all one.
  if (tag === tags.integer)
    return first >= 0 && !(first === 0 && second >= 0 && second < 0x80) && !(first === 0xff && second >= 0x80)
  return tag !== tags.set || isSorted(children)
}

const forgeAgrees = (bytes: Uint8Array): boolean => {
  const text = Buffer.from(bytes).toString('latin1')
  try {
    return forge.asn1.toDer(forge.asn1.fromDer(text, true)).getBytes() === text
  } catch {
    return false
  }
}
