// SPDX-License-Identifier: Apache-2.0
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { AirlockError } from '../../../shared/errors.ts'
import { randomOctets } from '../platform/ids.ts'
import { readWrappedKey, writeWrappedKey, type KeyWrap } from '../platform/wrapped-key.ts'
import type { KindKeys } from './sanitize/pseudonym.ts'

/** The site's pseudonym key, in use. Its bytes stay inside. */
export type SiteKeys = {
  /** Says nothing about the key but which one it is: stands in every archive. */
  readonly id: string
  /** 32 bytes for one kind of value. */
  readonly ofKind: KindKeys
  /** Salt of the raw root: the same for the same key. */
  readonly rawSalt: string
  /** Seals what stays on site (the map from pseudonyms to values): AES-256-GCM, nonce and tag in front. */
  seal(plain: Uint8Array): Uint8Array
  /** Opens it again. Error: `audit.key`. */
  open(sealed: Uint8Array): Uint8Array
}

const derive = (site: Uint8Array, info: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', site, new Uint8Array(0), `airlock/${info}/v1`, 32))

/** Keys of every kind from one site key (HKDF-SHA-256, RFC 5869, info `airlock/pseudonym/<kind>/v1`). */
export const siteKeysOf = (site: Uint8Array): SiteKeys => {
  const kinds = new Map<string, Uint8Array>()
  const mapKey = derive(site, 'map')
  return {
    id: `pk-${createHash('sha256').update(derive(site, 'key-id')).digest('hex').slice(0, 16)}`,
    rawSalt: Buffer.from(derive(site, 'raw-root')).toString('hex'),
    ofKind(kind) {
      const key = kinds.get(kind) ?? derive(site, `pseudonym/${kind}`)
      kinds.set(kind, key)
      return key
    },
    seal(plain) {
      const nonce = randomOctets(12)
      const cipher = createCipheriv('aes-256-gcm', mapKey, nonce)
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', mapKey, sealed.subarray(0, 12))
        decipher.setAuthTag(sealed.subarray(12, 28))
        return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
      } catch (cause) {
        throw new AirlockError('audit.key', { why: 'not sealed by this site key' }, { cause })
      }
    },
  }
}

/** Makes the site's pseudonym key, 32 random bytes, at the first start of its first station. Error: `audit.key`. */
export const createSiteKeys = async (path: string, wrap: KeyWrap): Promise<SiteKeys> => {
  await writeWrappedKey(path, 'pseudonym', randomOctets(32), wrap)
  return await openSiteKeys(path, wrap)
}

/**
 * Opens the site's pseudonym key. One that is gone or cannot be opened is never replaced: linkage would be cut unseen.
 * Error: `audit.key`.
 */
export const openSiteKeys = async (path: string, wrap: KeyWrap): Promise<SiteKeys> => {
  const { name, secret } = await readWrappedKey(path, wrap)
  if (name !== 'pseudonym' || secret.length !== 32) throw new AirlockError('audit.key', { why: 'not a pseudonym key' })
  return siteKeysOf(secret)
}
