// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { Actor, AuditEntry, LeafValue } from './entry.ts'

/** How the system clock moved against the monotonic counter since the entry before. */
export type ClockState = 'steady' | 'forward' | 'back'

/** What the log adds to what its caller says. */
export type Stamp = {
  readonly seq: number
  /** UUID of the entry. */
  readonly id: string
  /** Milliseconds UTC, and minutes east of UTC. */
  readonly wallMs: number
  readonly zoneOffset: number
  readonly monoNs: bigint
  /** UUID of this run of the station: monotonic times compare only inside one. */
  readonly boot: string
  readonly clockState: ClockState
  readonly station: string
  readonly appVersion: string
  readonly buildHash: string
  /** 16 random bytes, hex: a withheld entry of few possible contents cannot be guessed from its hash. */
  readonly salt: string
}

/** Longest leaf and longest text in it, in bytes of UTF-8. More belongs into evidence, by digest. */
export const leafLimit = 65_535
export const textLimit = 4096
const depthLimit = 16

const refuse = (field: string, why: string): never => {
  throw new AirlockError('audit.entry', { field, why })
}

const encodeText = (text: string, field: string): string => {
  // A lone surrogate turns into U+FFFD in UTF-8: two different texts would have one hash.
  if (!text.isWellFormed()) refuse(field, 'text with half a character')
  if (Buffer.byteLength(text) > textLimit) refuse(field, `text over ${textLimit} bytes`)
  return JSON.stringify(text)
}

const encodeNumber = (value: number, field: string): string => {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) refuse(field, 'not a whole number within 2^53−1')
  return String(value)
}

const isList = (value: LeafValue): value is readonly LeafValue[] => Array.isArray(value)

const encode = (value: LeafValue, field: string, depth = 0): string => {
  if (depth > depthLimit) return refuse(field, `more than ${depthLimit} levels`)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return encodeText(value, field)
  if (typeof value === 'number') return encodeNumber(value, field)
  if (typeof value !== 'object') return refuse(field, typeof value)
  if (isList(value)) return `[${value.map((item) => encode(item, field, depth + 1)).join()}]`
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, item]) => `${encodeText(key, field)}:${encode(item, field, depth + 1)}`).join()}}`
}

const encodeActor = (actor: Actor | undefined, field: string): string => {
  if (actor === undefined) return 'null'
  const { uid, login, name, role } = actor
  const texts = Object.entries({ uid, login, name, role })
  return `{${texts.map(([key, text]) => `"${key}":${encodeText(text, field)}`).join()}}`
}

/**
 * The bytes of an entry: one JSON object in UTF-8 with the keys of docs/formats/audit-log.md in exactly that order.
 * They are stored and hashed as they are and never written again. Errors: `audit.entry` for a number that is not
 * whole, half a character, a text over 4 KiB, a leaf over 65 535 bytes.
 */
export const serializeLeaf = (stamp: Stamp, entry: AuditEntry): Uint8Array => {
  const evidence = (entry.evidence ?? []).map(
    ({ type, sha256, bytes }) =>
      `{"type":${encodeText(type, 'evidence')},"sha256":${encodeText(sha256, 'evidence')},"bytes":${encodeNumber(bytes, 'evidence')}}`,
  )
  const object = `{"type":${encodeText(entry.object.type, 'object')},"id":${encodeText(entry.object.id, 'object')}}`
  const plain = (key: string, value: LeafValue | undefined): string => `"${key}":${encode(value ?? null, key)}`
  const text = `{${[
    '"v":1',
    plain('seq', stamp.seq),
    plain('id', stamp.id),
    plain('wall_ms', stamp.wallMs),
    plain('tz_off', stamp.zoneOffset),
    plain('mono_ns', String(stamp.monoNs)),
    plain('boot', stamp.boot),
    plain('clock_state', stamp.clockState),
    plain('station', stamp.station),
    plain('app_ver', stamp.appVersion),
    plain('build_hash', stamp.buildHash),
    plain('session', entry.session),
    `"actor":${encodeActor(entry.actor, 'actor')}`,
    `"second_actor":${encodeActor(entry.secondActor, 'second_actor')}`,
    plain('action', entry.action),
    `"object":${object}`,
    plain('outcome', entry.outcome),
    plain('reason', entry.reason),
    plain('before', entry.before),
    plain('after', entry.after),
    `"evidence":[${evidence.join()}]`,
    plain('corr', entry.corr),
    plain('salt', stamp.salt),
  ].join()}}`
  const leaf = Buffer.from(text)
  if (leaf.length > leafLimit) refuse('leaf', `over ${leafLimit} bytes`)
  return leaf
}

const actorSchema = z.strictObject({ uid: z.string(), login: z.string(), name: z.string(), role: z.string() })

/** An entry read back, as strict as it was written. */
export const leafSchema = z.strictObject({
  v: z.literal(1),
  seq: z.int().min(0),
  id: z.uuid(),
  wall_ms: z.int(),
  tz_off: z.int(),
  mono_ns: z.string(),
  boot: z.string(),
  clock_state: z.enum(['steady', 'forward', 'back']),
  station: z.string(),
  app_ver: z.string(),
  build_hash: z.string(),
  session: z.string().nullable(),
  actor: actorSchema,
  second_actor: actorSchema.nullable(),
  action: z.string(),
  object: z.strictObject({ type: z.string(), id: z.string() }),
  outcome: z.enum(['ok', 'refused', 'failed']),
  reason: z.string().nullable(),
  before: z.json(),
  after: z.json(),
  evidence: z.array(z.strictObject({ type: z.string(), sha256: z.string(), bytes: z.int() })),
  corr: z.string().nullable(),
  salt: z.string(),
})
export type Leaf = z.infer<typeof leafSchema>

/** A leaf's bytes as an object. Errors: `audit.unreadable` for bytes that no version of Airlock wrote. */
export const parseLeaf = (leaf: Uint8Array): Leaf => {
  try {
    return leafSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(leaf)))
  } catch (error) {
    throw new AirlockError('audit.unreadable', {}, { cause: error })
  }
}
