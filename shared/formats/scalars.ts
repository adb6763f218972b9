// SPDX-License-Identifier: Apache-2.0
/** The scalar types of every document (docs/formats/envelope.md, JSON). */
import { z } from 'zod'

/** Identifier of a vendor, product, site, component … */
export const name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/)

/** Text for people: 1 to 256 characters (code points). */
export const text = z.string().regex(/^[^]{1,256}$/u)

/** A SHA-256, lower-case hex. */
export const hex64 = z.string().regex(/^[0-9a-f]{64}$/)

/** A SHA-384, lower-case hex. */
export const hex96 = z.string().regex(/^[0-9a-f]{96}$/)

/** A lower-case UUID. */
export const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

/** A whole number from 0 to 2^53−1. */
export const whole = z.int().min(0)

/** `YYYY-MM-DDTHH:MM:SSZ`, a date that exists. */
export const time = z.string().refine((value) => {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : Number.NaN
  // 30 February and 24:00:00 parse, but do not come back as they went in.
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value.replace('Z', '.000Z')
})

/** Milliseconds UTC of a `time`. */
export const timeMs = (value: string): number => Date.parse(value)

const semverPattern =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/

/** SemVer 2.0.0, at most 64 characters. */
export const semver = z.string().max(64).regex(semverPattern)

/** Precedence of two valid versions (SemVer 2.0.0, clause 11): below 0, 0, above 0. Build metadata does not count. */
export const compareSemver = (a: string, b: string): number => {
  const [left, right] = [semverParts(a), semverParts(b)]
  const core = compareLists(left.core, right.core)
  if (core !== 0) return core
  // A release stands above its own pre-releases.
  if (left.pre.length === 0 || right.pre.length === 0) return right.pre.length - left.pre.length
  return compareLists(left.pre, right.pre)
}

const semverParts = (version: string): { core: string[]; pre: string[] } => {
  const [, major = '', minor = '', patch = '', pre = ''] = semverPattern.exec(version) ?? []
  return { core: [major, minor, patch], pre: pre === '' ? [] : pre.split('.') }
}

const compareLists = (a: string[], b: string[]): number => {
  for (const [index, part] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = compareParts(part, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

const compareParts = (a: string, b: string): number => {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1
  // Without leading zeros the longer number is the larger one, however many digits it has.
  if (aIsNumber && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

/** The last part of an entry's name: portable, and no device name of Windows. */
export const isEntryName = (value: string): boolean =>
  /^[a-z0-9._-]{1,64}$/.test(value) &&
  !value.endsWith('.') &&
  !/^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/.test(value)

const entryPath = (folder: string) =>
  z.string().refine((value) => value.startsWith(folder) && isEntryName(value.slice(folder.length)))

/** Path of a payload inside an envelope. */
export const payloadPath = entryPath('payload/')

/** Path of a piece of evidence inside an envelope. */
export const evidencePath = entryPath('evidence/')

/** A pinned key: the SHA-256 of its DER SubjectPublicKeyInfo, and when signatures by it count. */
export const pin = z
  .strictObject({ spki: hex64, validFrom: time, validUntil: time })
  .refine(({ validFrom, validUntil }) => timeMs(validFrom) < timeMs(validUntil))
export type Pin = z.infer<typeof pin>
