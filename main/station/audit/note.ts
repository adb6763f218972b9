// SPDX-License-Identifier: Apache-2.0
/** Signed notes as C2SP signed-note has them: text, blank line, signature lines. Ed25519 only. */
import { createPublicKey, hash, verify, type KeyObject } from 'node:crypto'

/** A key that may have signed a note. `id` is the first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key), hex. */
export type NoteKey = { readonly name: string; readonly id: string; readonly vkey: string; readonly key: KeyObject }

/** Longest note that is looked at, and most signature lines in it. */
export const noteLimit = 65_536
const signatureLimit = 100

const ed25519 = 0x01
/** SubjectPublicKeyInfo of an Ed25519 key up to the 32 key bytes (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

const namePattern = /^[^\s+\p{Cc}]+$/u

/** Bytes of standard base64 in its one canonical spelling, or undefined. */
export const strictBase64 = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** The key `name` with its 32 raw bytes: `vkey` is `name+id+base64(0x01 ‖ key)`. */
export const noteKey = (name: string, raw: Uint8Array): NoteKey => {
  const typed = Buffer.concat([Buffer.of(ed25519), raw])
  const id = hash('sha256', Buffer.concat([Buffer.from(`${name}\n`), typed]), 'hex').slice(0, 8)
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' })
  return { name, id, vkey: `${name}+${id}+${typed.toString('base64')}`, key }
}

/** Reads a vkey line, or undefined for anything but an Ed25519 key whose id fits its name. */
export const parseVkey = (text: string): NoteKey | undefined => {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?$/.exec(text) ?? []
  if (name === undefined || encoded === undefined || !namePattern.test(name)) return undefined
  const typed = strictBase64(encoded)
  if (typed?.length !== 33 || typed[0] !== ed25519) return undefined
  const key = noteKey(name, typed.subarray(1))
  return key.id === id ? key : undefined
}

/** A note of `text` (ends with a newline) with one signature line. */
export const signNote = (text: string, key: NoteKey, signature: Uint8Array): string =>
  `${text}
— ${key.name} ${Buffer.concat([Buffer.from(key.id, 'hex'), signature]).toString('base64')}
`

/** The text of a note, or why it is none. */
export type Opened<T> = ({ readonly ok: true } & T) | { readonly ok: false; readonly why: string }

const no = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why })

const decode = (note: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note)
  } catch {
    return undefined
  }
}

/**
 * Opens a note with the key that must have signed it. Lines of other keys are passed over; a line of this key with a
 * wrong signature refuses the whole note. Refused too: control characters but LF, a missing final newline, base64 in
 * another spelling, more than 64 KiB or 100 signatures. Never throws.
 */
export const openNote = (note: Uint8Array | string, key: NoteKey): Opened<{ text: string }> => {
  if (note.length > noteLimit) return no('too long')
  const whole = typeof note === 'string' ? note : decode(note)
  if (whole === undefined || !whole.isWellFormed()) return no('not UTF-8')
  if (/[\p{Cc}--\n]/v.test(whole)) return no('control character')
  const split = whole.lastIndexOf('\n\n')
  if (split < 1 || !whole.endsWith('\n')) return no('no signature part')
  const text = whole.slice(0, split + 1)
  const lines = whole.slice(split + 2, -1).split('\n')
  if (lines.length > signatureLimit) return no('too many signatures')
  let signed = false
  for (const line of lines) {
    const [, name = '', encoded = ''] = /^— ([^ +]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
    const bytes = strictBase64(encoded)
    if (!namePattern.test(name) || bytes === undefined || bytes.length < 5) return no('malformed signature line')
    if (name !== key.name || bytes.subarray(0, 4).toString('hex') !== key.id) continue
    if (!verify(null, Buffer.from(text), key.key, bytes.subarray(4))) return no('wrong signature')
    signed = true
  }
  return signed ? { ok: true, text } : no('not signed by this key')
}
