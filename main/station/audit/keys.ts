// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { factsOf, readWhole, writeDurable } from '../platform/files.ts'
import { noteKey, type NoteKey } from './note.ts'

/** How a secret is kept: the desktop's key store, or a passphrase on a machine without one. */
export type KeyWrap = {
  /** Which store it is; written beside what was wrapped and compared before unwrapping. */
  readonly backend: string
  wrap(secret: Uint8Array): Promise<Uint8Array>
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>
}

/** The key that signs every head. Its bytes stay inside. */
export type LogKey = { readonly note: NoteKey; sign(message: Uint8Array): Uint8Array }

const fileSchema = z.strictObject({ v: z.literal(1), name: z.string(), backend: z.string(), wrapped: z.base64() })

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
  if (factsOf(path) !== undefined) throw new AirlockError('audit.key', { why: 'there is a key already' })
  const { privateKey } = generateKeyPairSync('ed25519')
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  const wrapped = Buffer.from(await wrap.wrap(secret)).toString('base64')
  secret.fill(0)
  writeDurable(path, `${JSON.stringify({ v: 1, name: origin, backend: wrap.backend, wrapped })}\n`)
  return logKeyOf(origin, privateKey)
}

/**
 * Opens the log key. A key that cannot be read is never replaced by a new one.
 * Errors: `audit.key` (the file is missing or damaged, another key store than at set-up, unwrapping refused).
 */
export const openLogKey = async (path: string, wrap: KeyWrap): Promise<LogKey> => {
  const fail = (why: string, cause?: unknown): never => {
    throw new AirlockError('audit.key', { why }, { cause })
  }
  if (factsOf(path) === undefined) return fail('the key file is missing')
  const file = fileSchema.safeParse(parseJson(readWhole(path, bytes(16_384))))
  if (!file.success) return fail('the key file is damaged', file.error)
  const { name, backend, wrapped } = file.data
  if (backend !== wrap.backend) return fail(`wrapped by ${backend}, here is ${wrap.backend}`)
  const secret = await wrap.unwrap(Buffer.from(wrapped, 'base64')).catch((error) => fail('not unwrapped', error))
  return logKeyOf(name, createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' }))
}

const parseJson = (content: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(content).toString())
  } catch {
    return undefined
  }
}
