// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { digests } from '../../station/trust/algorithms.ts'
import { readPemCertificate } from '../../station/trust/issue-certificate.ts'
import { signMlDsa } from '../../station/trust/ml-dsa.ts'
import { purposeOf, signatureRoles } from '../../station/trust/roles.ts'
import { signCms } from '../../station/trust/sign.ts'
import { attachSignature, manifestOf } from '../bundle/attach.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { needed, oneOf, onlyWord, parseWords, readKey, readText, smallCount } from '../words.ts'

/** Signs what is in an envelope with a key in a file. Errors: `sig.*`, `trust.purpose` (a certificate of another role). */
export const bundleSign: Command = {
  name: 'bundle sign',
  summary: 'sign a bundle, policy or recall list with a key in a file',
  usage: `airlock bundle sign FILE --role ROLE --key KEY.pem --cert CERT.pem [--chain CA.pem]… [--number 1-8]
    [--digest sha256|sha384|sha512] [--pss] [--mldsa87-key KEY.pem] [--json]
  --mldsa87-key  adds a post-quantum counter-signature beside the signature
  Roles: ${signatureRoles.join(' ')}. For a key in a token use "bundle digest" and "bundle attach".`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        key: { type: 'string' },
        cert: { type: 'string' },
        chain: { type: 'string', multiple: true, default: [] },
        number: { type: 'string' },
        digest: { type: 'string', default: 'sha384' },
        pss: { type: 'boolean', default: false },
        'mldsa87-key': { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const path = onlyWord(positionals)
    const role = oneOf(signatureRoles, needed(values.role, 'role'), 'role')
    const digest = oneOf(digests, values.digest, 'digest')
    const key = readKey(needed(values.key, 'key'), 'private')
    const certificate = readText(needed(values.cert, 'cert'))
    if (!readPemCertificate(certificate).purposes.includes(purposeOf(role))) {
      throw new AirlockError('trust.purpose', { role })
    }
    const manifest = manifestOf(path)
    const pqKey = values['mldsa87-key']
    const counter = pqKey === undefined ? undefined : signMlDsa(manifest, readText(pqKey))
    const signature = signCms({
      content: manifest,
      key,
      certificate,
      chain: values.chain.map(readText),
      digest,
      pss: values.pss,
      signingTime: io.clock.now(),
    })
    const number = values.number === undefined ? {} : { number: smallCount(values.number, 'number') }
    const name = attachSignature(path, { role, kind: 'cms', bytes: signature, ...number })
    const beside =
      counter === undefined ? [] : [attachSignature(path, { role, kind: 'pq', bytes: counter, ...numberIn(name) })]
    io.out(values.json ? `${JSON.stringify({ name, beside })}\n` : `${[name, ...beside].join('\n')}\n`)
    return 0
  },
}

/** A counter-signature has the number of the signature that it lies beside. */
const numberIn = (name: string): { number?: number } => {
  const found = /\.([1-8])\.p7s$/.exec(name)?.[1]
  return found === undefined ? {} : { number: Number(found) }
}
