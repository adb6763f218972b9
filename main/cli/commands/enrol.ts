// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { writeDurable } from '../../station/platform/files.ts'
import { readPemCertificate } from '../../station/trust/issue-certificate.ts'
import { issueStationCertificate } from '../../station/trust/enrol.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { parseWords, readText, smallCount } from '../words.ts'

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
    const { key, 'ca-key': caKey, 'ca-cert': caCert, out } = values
    if (key === undefined || caKey === undefined || caCert === undefined || out === undefined) {
      throw new AirlockError('usage')
    }
    const now = io.clock.now()
    const validUntil = now + smallCount(values.years, 'years') * 365 * day
    const ca = { key: readText(caKey), certificate: readText(caCert) }
    const certificate = issueStationCertificate({ key: readText(key), validFrom: now - day, validUntil }, ca)
    // The CA's certificate travels with it: the policy pins the CA's key only.
    writeDurable(out, `${certificate.trimEnd()}\n${ca.certificate}`)
    const { spki } = readPemCertificate(certificate)
    io.out(values.json ? `${JSON.stringify({ certificate: out, spki })}\n` : `${out}\nkey ${spki}\n`)
    return 0
  },
}

/** Letting stations in. */
export const enrolCommands: readonly Command[] = [issue]
