// SPDX-License-Identifier: Apache-2.0
import { createPublicKey } from 'node:crypto'
import { factsOf, writeDurable } from '../../station/platform/files.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { readPemCertificate, type KeyPair } from '../../station/trust/issue-certificate.ts'
import { issueStationCertificate } from '../../station/trust/enrol.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { unusable } from '../file-trouble.ts'
import { needed, parseWords, readKey, readText, smallCount } from '../words.ts'

const day = 24 * 3_600_000

const issue: Command = {
  name: 'enrol issue',
  summary: "issue a station's certificate for its public key",
  usage: `airlock enrol issue --key STATION.pub.pem --ca-key CA.key.pem --ca-cert CA.cert.pem --out CERT.pem
    [--years 5] [--json]
  Make sure by another way that the key is the station's.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values } = parseWords({
      args: words,
      options: {
        key: { type: 'string' },
        'ca-key': { type: 'string' },
        'ca-cert': { type: 'string' },
        out: { type: 'string' },
        years: { type: 'string', default: '5' },
        json: { type: 'boolean', default: false },
      },
    })
    const key = readKey(needed(values.key, 'key'), 'public')
    const ca = readIssuer(needed(values['ca-key'], 'ca-key'), needed(values['ca-cert'], 'ca-cert'))
    const out = needed(values.out, 'out')
    if (factsOf(out) !== undefined) throw unusable(out, 'it is there already')
    const now = io.clock.now()
    const validUntil = now + smallCount(values.years, 'years') * 365 * day
    const certificate = issueStationCertificate({ key, validFrom: now - day, validUntil }, ca)
    // The CA's certificate travels with it: the policy pins the CA's key only.
    writeDurable(out, `${certificate.trimEnd()}\n${ca.certificate}`)
    const { spki } = readPemCertificate(certificate)
    io.out(values.json ? `${JSON.stringify({ certificate: out, spki })}\n` : `${out}\nkey ${spki}\n`)
    return 0
  },
}

/** The CA as two files: the key has to be the certificate's, and the certificate one that may issue others. */
const readIssuer = (keyFile: string, certificateFile: string): KeyPair => {
  const [key, certificate] = [readKey(keyFile, 'private'), readText(certificateFile)]
  const { spki, isCa, keyUsage } = readPemCertificate(certificate)
  if (!isCa || keyUsage?.keyCertSign !== true) throw unusable(certificateFile, 'it is no certificate of a CA')
  if (sha256Hex(createPublicKey(key).export({ format: 'der', type: 'spki' })) !== spki) {
    throw unusable(keyFile, `it is not the key of ${certificateFile}`)
  }
  return { key, certificate }
}

/** Letting stations in. */
export const enrolCommands: readonly Command[] = [issue]
