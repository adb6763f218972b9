// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { digests, type Digest } from '../../station/trust/algorithms.ts'
import { readPemCertificate } from '../../station/trust/issue-certificate.ts'
import { signMlDsa } from '../../station/trust/ml-dsa.ts'
import { purposeOf, signatureRoles, type SignatureRole } from '../../station/trust/roles.ts'
import { signCms } from '../../station/trust/sign.ts'
import { attachSignature, manifestOf } from '../bundle/attach.ts'
import { readPkcs12, signByToken } from '../bundle/openssl.ts'
import type { Command, Io } from '../command.ts'
import { needed, oneOf, onlyWord, parseWords, readKey, readText, smallCount } from '../words.ts'

const none: string[] = []
const options = {
  role: { type: 'string' },
  key: { type: 'string' },
  pkcs12: { type: 'string' },
  token: { type: 'string' },
  cert: { type: 'string' },
  chain: { type: 'string', multiple: true, default: none },
  number: { type: 'string' },
  digest: { type: 'string', default: 'sha384' },
  pss: { type: 'boolean', default: false },
  'mldsa87-key': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

const usage = (
  verb: string,
): string => `airlock bundle ${verb} FILE --role ROLE (--key KEY.pem --cert CERT.pem | --pkcs12 FILE.p12 |
    --token PKCS11-URI --cert CERT.pem) [--chain CA.pem]… [--number 1-8] [--digest sha256|sha384|sha512] [--pss]
    [--mldsa87-key KEY.pem] [--json]
  --pkcs12  its password is read from AIRLOCK_KEY_PASSWORD; needs openssl
  --token   the PIN is read from AIRLOCK_TOKEN_PIN, the token's module from PKCS11_MODULE_PATH; needs openssl with its
            engine "pkcs11" (Debian: libengine-pkcs11-openssl)
  --mldsa87-key  adds a post-quantum counter-signature beside the signature
  Roles: ${signatureRoles.join(' ')}. For any other signer use "bundle digest" and "bundle attach".`

/** Where a signature comes from: a key in a file, or one that stays in its token. */
type Source = { readonly certificate: string; readonly sign: (manifest: Uint8Array) => Uint8Array }

type Values = {
  readonly [K in 'key' | 'pkcs12' | 'token' | 'cert']?: string | undefined
} & { readonly chain: readonly string[]; readonly pss: boolean }

const sourceOf = (values: Values, digest: Digest, io: Io): Source => {
  const { key, pkcs12, token, pss } = values
  if ([key, pkcs12, token].filter((one) => one !== undefined).length !== 1) {
    throw new AirlockError('usage', { why: 'one of --key, --pkcs12, --token' })
  }
  if (token !== undefined) {
    const certificateFile = needed(values.cert, 'cert')
    const signing = { uri: token, pin: io.env['AIRLOCK_TOKEN_PIN'] ?? '', certificateFile, chainFiles: values.chain }
    return {
      certificate: readText(certificateFile),
      sign: (manifest) => signByToken(manifest, { ...signing, digest, pss }),
    }
  }
  const pair =
    pkcs12 === undefined
      ? { key: readKey(key ?? '', 'private'), certificate: readText(needed(values.cert, 'cert')) }
      : readPkcs12(pkcs12, io.env['AIRLOCK_KEY_PASSWORD'] ?? '')
  const chain = values.chain.map(readText)
  return {
    certificate: pair.certificate,
    sign: (content) => signCms({ content, ...pair, chain, digest, pss, signingTime: io.clock.now() }),
  }
}

const command = (verb: 'sign' | 'resign', summary: string): Command => ({
  name: `bundle ${verb}`,
  summary,
  usage: usage(verb),
  async run(words, io) {
    const { values, positionals } = parseWords({ args: words, allowPositionals: true, options })
    const path = onlyWord(positionals)
    const role = oneOf(signatureRoles, needed(values.role, 'role'), 'role')
    const source = sourceOf(values, oneOf(digests, values.digest, 'digest'), io)
    if (!readPemCertificate(source.certificate).purposes.includes(purposeOf(role))) {
      throw new AirlockError('trust.purpose', { role })
    }
    const manifest = manifestOf(path)
    const pqKey = values['mldsa87-key']
    const counter = pqKey === undefined ? undefined : signMlDsa(manifest, readText(pqKey))
    const number = values.number === undefined ? {} : { number: smallCount(values.number, 'number') }
    const signature = { role, kind: 'cms', bytes: source.sign(manifest), ...number } as const
    const name = attachSignature(path, { ...signature, replace: verb === 'resign' })
    const beside = counter === undefined ? [] : [attachCounter(path, role, counter, name)]
    io.out(values.json ? `${JSON.stringify({ name, beside })}\n` : `${[name, ...beside].join('\n')}\n`)
    return 0
  },
})

/** A counter-signature has the number of the signature that it lies beside. */
const attachCounter = (path: string, role: SignatureRole, bytes: Uint8Array, beside: string): string => {
  const found = /\.([1-8])\.p7s$/.exec(beside)?.[1]
  return attachSignature(path, { role, kind: 'pq', bytes, ...(found === undefined ? {} : { number: Number(found) }) })
}

/** Signing what is in an envelope. Errors: `sig.*`, `trust.purpose` (a certificate of another role), `file.unusable`. */
export const bundleSignCommands: readonly Command[] = [
  command('sign', 'sign a bundle, policy or recall list with a key in a file or a token'),
  command('resign', 'sign again: the signatures of the role that are there go'),
]
