// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { AirlockError } from '../../../shared/errors.ts'
import type { Digest } from '../../station/trust/algorithms.ts'
import { unusable } from '../file-trouble.ts'

/** Runs `openssl` with secrets in its environment, never in its words. Errors: `file.unusable` (what it says). */
const openssl = (
  about: string,
  words: readonly string[],
  options: { input?: Uint8Array; secret?: string } = {},
): Buffer => {
  const { input, secret = '' } = options
  const done = spawnSync('openssl', words, {
    input: input ?? Buffer.alloc(0),
    env: { ...process.env, AIRLOCK_OPENSSL_SECRET: secret },
    maxBuffer: 1_048_576,
  })
  if (done.error !== undefined) throw unusable(about, 'openssl is needed for it, and does not start', done.error)
  if (done.status === 0) return done.stdout
  // The first sentence says what happened; the engine's greeting is none.
  const lines = done.stderr.toString('utf8').split('\n')
  const why = lines.find((line) => line !== '' && !line.startsWith('Engine "')) ?? 'it says nothing'
  throw unusable(about, `openssl says: ${why.slice(0, 200)}`)
}

const secretFromEnvironment = 'env:AIRLOCK_OPENSSL_SECRET'

/** Key and certificate of a PKCS#12 file, as PEM; the key is never written down. Errors: `file.unusable`. */
export const readPkcs12 = (path: string, password: string): { key: string; certificate: string } => {
  const read = (...words: string[]): string =>
    openssl(path, ['pkcs12', '-in', path, '-passin', secretFromEnvironment, ...words], { secret: password }).toString()
  const key = /-----BEGIN PRIVATE KEY-----[^]+?-----END PRIVATE KEY-----\n/.exec(read('-nocerts', '-nodes'))?.[0]
  const certificate = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----\n/.exec(
    read('-clcerts', '-nokeys'),
  )?.[0]
  if (key === undefined || certificate === undefined) throw unusable(path, 'it holds no key with its certificate')
  return { key, certificate }
}

/** What a token signs with: a PKCS#11 URI (RFC 7512); the key stays in the token. */
export type TokenSigning = {
  readonly uri: string
  readonly pin: string
  /** Files in PEM. */
  readonly certificateFile: string
  readonly chainFiles: readonly string[]
  readonly digest: Digest
  readonly pss: boolean
}

/**
 * A detached CMS signature by a key in a PKCS#11 token, through openssl's engine `pkcs11` (libp11). Where the module is
 * comes from PKCS11_MODULE_PATH. Errors: `file.unusable` (no engine, wrong PIN, no such key).
 */
export const signByToken = (content: Uint8Array, signing: TokenSigning): Uint8Array => {
  const { uri, pin, certificateFile, chainFiles, digest, pss } = signing
  if (/[?&;]pin-(value|source)=/.test(uri))
    throw new AirlockError('usage', { why: 'the PIN is read from the environment' })
  const scheme = pss ? ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:digest'] : []
  const format = ['-binary', '-nosmimecap', '-md', digest, '-outform', 'DER', ...scheme]
  const key = ['-engine', 'pkcs11', '-keyform', 'engine', '-inkey', uri, '-passin', secretFromEnvironment]
  const certificates = ['-signer', certificateFile, ...chainFiles.flatMap((file) => ['-certfile', file])]
  const words = ['cms', '-sign', ...format, ...key, ...certificates]
  return openssl(uri, words, { input: content, secret: pin })
}
