// SPDX-License-Identifier: Apache-2.0
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { AirlockError } from '../../../shared/errors.ts'
import type { HostContract } from '../../../shared/host/host.ts'
import type { Handlers } from '../../../shared/rpc/server.ts'

/** scrypt of RFC 7914 with N=2^17, r=8, p=1: about half a second and 128 MiB for one guess. */
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }
const prefix = 'airlock-wrap-1'

/** The host of a station without a window: secrets are wrapped with a key from a passphrase, AES-256-GCM. */
export const createHeadlessHost = (passphrase: string): Handlers<HostContract, undefined> => {
  const keys = new Map<string, Promise<Buffer>>()
  const keyFor = (salt: string): Promise<Buffer> => {
    const known = keys.get(salt)
    if (known !== undefined) return known
    const fresh = new Promise<Buffer>((resolve, reject) => {
      scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64'), 32, cost, (error, key) =>
        error === null ? resolve(key) : reject(error),
      )
    })
    keys.set(salt, fresh)
    return fresh
  }
  // One salt a process: several secrets cost one derivation.
  const ownSalt = randomBytes(16).toString('base64')

  return {
    'host.keyStore': () => ({ backend: 'passphrase-scrypt' }),
    async 'host.wrap'({ secret }) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', await keyFor(ownSalt), nonce)
      const body = Buffer.concat([cipher.update(secret, 'base64'), cipher.final(), cipher.getAuthTag()])
      const wrapped = [prefix, ownSalt, nonce.toString('base64'), body.toString('base64')].join('.')
      return { wrapped }
    },
    async 'host.unwrap'({ wrapped }) {
      const [kind, salt, nonce, body] = wrapped.split('.')
      if (kind !== prefix || salt === undefined || nonce === undefined || body === undefined)
        throw new AirlockError('audit.key')
      const bytes = Buffer.from(body, 'base64')
      const key = await keyFor(salt)
      try {
        // The length is fixed: GCM itself would take a tag of four bytes, which can be guessed.
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'), { authTagLength: 16 })
        decipher.setAuthTag(bytes.subarray(-16))
        return { secret: Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('base64') }
      } catch (cause) {
        throw new AirlockError('audit.key', {}, { cause })
      }
    },
    'host.idle': () => ({ ms: null }),
    'host.keepAwake': () => ({ held: false }),
    'host.print': () => ({ printed: false, reason: 'no window' }),
    'host.pdf': () => {
      throw new AirlockError('print.failed')
    },
    // Without a window there is nothing to tell.
    'host.incidents': () => Promise.resolve(),
  }
}
