// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { readWrappedKey, writeWrappedKey, type KeyWrap } from '../platform/wrapped-key.ts'
import { noteKey, type NoteKey } from './note.ts'

/** The key that signs every head. Its bytes stay inside. */
export type LogKey = { readonly note: NoteKey; sign(message: Uint8Array): Uint8Array }

const rawPublic = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)

/** The log key of an Ed25519 private key, for the log `origin`. */
export const logKeyOf = (origin: string, key: KeyObject): LogKey => ({
  note: noteKey(origin, rawPublic(key)),
  sign: (message) => sign(null, message, key),
})

/**
 * Makes the log key of a new station and keeps it wrapped in the file `path`. Only set-up calls this: a key that is
 * there is never replaced. Errors: `audit.key` when the file exists.
 */
export const createLogKey = async (path: string, origin: string, wrap: KeyWrap): Promise<LogKey> => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  await writeWrappedKey(path, origin, secret, wrap)
  secret.fill(0)
  return logKeyOf(origin, privateKey)
}

/** Opens the log key. A key that cannot be read is never replaced by a new one. Errors: `audit.key`. */
export const openLogKey = async (path: string, wrap: KeyWrap): Promise<LogKey> => {
  const { name, secret } = await readWrappedKey(path, wrap)
  return logKeyOf(name, createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' }))
}
