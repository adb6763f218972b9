// SPDX-License-Identifier: Apache-2.0
import { createHash, createHmac, createPublicKey, scryptSync, verify } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { AirlockError } from '../../shared/errors.ts'

/** Known answers, each from the standard that defines the primitive; Electron's BoringSSL must give the same ones. */
const questions: Readonly<Record<string, () => boolean>> = {
  // FIPS 180-4: "abc".
  sha256: () =>
    createHash('sha256').update('abc').digest('hex') ===
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  // RFC 4231, test case 2.
  hmac: () =>
    createHmac('sha256', 'Jefe').update('what do ya want for nothing?').digest('hex') ===
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  // RFC 7914, section 12, second vector.
  scrypt: () =>
    scryptSync('password', 'NaCl', 16, { N: 1024, r: 8, p: 16, maxmem: 64 * 1024 * 1024 }).toString('hex') ===
    'fdbabe1c9d3472007856e7190d01e9fe',
  // RFC 8032, section 7.1, test 1: the empty message.
  ed25519: () => {
    const raw = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
      format: 'der',
      type: 'spki',
    })
    const signature = Buffer.from(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      'hex',
    )
    return verify(null, new Uint8Array(), key, signature) && !verify(null, Buffer.from('x'), key, signature)
  },
  zstd: () => zstdDecompressSync(zstdCompressSync('airlock')).toString() === 'airlock',
}

/** Proves the primitives before anything rests on them. Errors: `station.self-test` names the one that failed. */
export const selfTest = (): void => {
  for (const [name, holds] of Object.entries(questions)) {
    if (!holds()) throw new AirlockError('station.self-test', { primitive: name })
  }
}
