// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { factsOf, readWhole, writeDurable } from './files.ts'

/** How a secret is kept: the desktop's key store, or a passphrase on a machine without one. */
export type KeyWrap = {
  /** Which store it is; written beside what was wrapped and compared before unwrapping. */
  readonly backend: string
  wrap(secret: Uint8Array): Promise<Uint8Array>
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>
}

const fileSchema = z.strictObject({ v: z.literal(1), name: z.string(), backend: z.string(), wrapped: z.base64() })

const fail = (why: string, cause?: unknown): never => {
  throw new AirlockError('audit.key', { why }, { cause })
}

/**
 * Keeps a new secret wrapped in the file `path`, under a name that says what it is for. A key that is there is never
 * replaced. Errors: `audit.key` when the file exists.
 */
export const writeWrappedKey = async (path: string, name: string, secret: Uint8Array, wrap: KeyWrap): Promise<void> => {
  if (factsOf(path) !== undefined) fail('there is a key already')
  const wrapped = Buffer.from(await wrap.wrap(secret)).toString('base64')
  writeDurable(path, `${JSON.stringify({ v: 1, name, backend: wrap.backend, wrapped })}\n`)
}

/**
 * Opens a secret and gives its name. One that cannot be read is never replaced by a new one.
 * Errors: `audit.key` (the file is missing or damaged, another key store than when it was made, unwrapping refused).
 */
export const readWrappedKey = async (path: string, wrap: KeyWrap): Promise<{ name: string; secret: Uint8Array }> => {
  if (factsOf(path) === undefined) return fail('the key file is missing')
  const file = fileSchema.safeParse(parseJson(readWhole(path, bytes(16_384))))
  if (!file.success) return fail('the key file is damaged', file.error)
  const { name, backend, wrapped } = file.data
  if (backend !== wrap.backend) return fail(`wrapped by ${backend}, here is ${wrap.backend}`)
  const secret = await wrap.unwrap(Buffer.from(wrapped, 'base64')).catch((error) => fail('not unwrapped', error))
  return { name, secret }
}

const parseJson = (content: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(content).toString())
  } catch {
    return undefined
  }
}
