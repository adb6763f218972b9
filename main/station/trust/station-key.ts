// SPDX-License-Identifier: Apache-2.0
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readWrappedKey, writeWrappedKey, type KeyWrap } from '../platform/wrapped-key.ts'
import { sha256Hex } from './certificate.ts'

/** The key that signs what leaves the site: ECDSA P-384. Its bytes leave the station only wrapped. */
export type StationKey = {
  /** PEM, PKCS#8, for the moment of signing. */
  readonly privatePem: string
  /** PEM, SubjectPublicKeyInfo. */
  readonly publicPem: string
}

/** SHA-256 (hex) of the key's SubjectPublicKeyInfo: what its certificate names, and people compare in words. */
export const keyOf = ({ publicPem }: Pick<StationKey, 'publicPem'>): string =>
  sha256Hex(createPublicKey(publicPem).export({ format: 'der', type: 'spki' }))

const name = 'station signing key'

const stationKeyOf = (key: KeyObject): StationKey => ({
  privatePem: key.export({ format: 'pem', type: 'pkcs8' }).toString(),
  publicPem: createPublicKey(key).export({ format: 'pem', type: 'spki' }).toString(),
})

/** Makes the key at the station's first start. Errors: `audit.key` when there is one already. */
export const createStationKey = async (path: string, wrap: KeyWrap): Promise<StationKey> => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  await writeWrappedKey(path, name, secret, wrap)
  secret.fill(0)
  return stationKeyOf(privateKey)
}

/** Opens it at every later start. Errors: `audit.key`. */
export const openStationKey = async (path: string, wrap: KeyWrap): Promise<StationKey> => {
  const { secret } = await readWrappedKey(path, wrap)
  return stationKeyOf(createPrivateKey({ key: Buffer.from(secret), format: 'der', type: 'pkcs8' }))
}
