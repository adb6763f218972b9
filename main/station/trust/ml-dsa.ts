// SPDX-License-Identifier: Apache-2.0
import { ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { AirlockError } from '../../../shared/errors.ts'

const keyBytes = 2_592
const signatureBytes = 4_627
/** FIPS 204's context parameter, never a prefix of the message (docs/formats/envelope.md, 4.2). */
const context = Buffer.from('airlock/manifest/v1')

/**
 * Whether a raw signature over a manifest is good: FIPS 204, pure ML-DSA-87, in the context of Airlock's manifests. Any
 * other length is not. Never throws. The library and not the runtime decides: Electron's cryptography has no ML-DSA.
 */
export const verifyMlDsa = (publicKey: Uint8Array, manifest: Uint8Array, signature: Uint8Array): boolean =>
  publicKey.length === keyBytes &&
  signature.length === signatureBytes &&
  ml_dsa87.verify(signature, manifest, publicKey, { context })

/** Signs a manifest with an ML-DSA-87 key (PEM, PKCS#8). Errors: `sig.key` for another kind of key. Needs OpenSSL 3.5. */
export const signMlDsa = (manifest: Uint8Array, pem: string): Uint8Array =>
  sign(null, manifest, { key: privateKey(pem), context })

/** A fresh private key, PEM PKCS#8. Needs OpenSSL 3.5. */
export const makeMlDsaKey = (): string =>
  generateKeyPairSync('ml-dsa-87').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()

/** The public key as a trust policy lists it in `pqKeys`: base64 of its 2 592 raw bytes. Errors: `sig.key`. */
export const mlDsaPublicKey = (pem: string): string =>
  createPublicKey(privateKey(pem)).export({ format: 'der', type: 'spki' }).subarray(-keyBytes).toString('base64')

const privateKey = (pem: string) => {
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ml-dsa-87') throw new AirlockError('sig.key', { kind: key.asymmetricKeyType ?? '' })
  return key
}
