// SPDX-License-Identifier: Apache-2.0
import { createPublicKey } from 'node:crypto'
import type { Enrolment } from '../../../shared/formats/enrolment.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { millis } from '../../../shared/units.ts'
import { verifyEnrolment } from '../../station/bundles/enrolment.ts'
import type { Opened, Outcome } from '../../station/bundles/open-envelope.ts'
import { toTime } from '../../station/platform/clock.ts'
import { factsOf } from '../../station/platform/files.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { fingerprintOf } from '../../station/trust/fingerprint.ts'
import { readPemCertificate, type KeyPair } from '../../station/trust/issue-certificate.ts'
import { openForeign, saveEnvelope } from '../bundle/draft.ts'
import { describeVerdict } from '../bundle/verify.ts'
import type { Command, ExitCode, Io } from '../command.ts'
import { unusable } from '../file-trouble.ts'
import { startStation } from '../station/start-station.ts'
import { signInByFile } from '../station/station-client.ts'
import { checkThere, stationOptions, stationUsage, toStationOptions } from '../station/station-words.ts'
import { issueStation } from '../trust/issue-station.ts'
import { needed, onlyWord, parseWords, readKey, readText, smallCount } from '../words.ts'

const day = 24 * 3_600_000
const suffix = '.cert.airtrust'

const judge = async (path: string, io: Io): Promise<Outcome<Enrolment>> => {
  const file = openForeign(path)
  try {
    return await verifyEnrolment(file, io.clock.now())
  } finally {
    file.close()
  }
}

const factsIn = ({ manifest, digest }: Opened<Enrolment>) => {
  const { station, site, createdAt, key, log } = manifest
  return { request: digest, station, site, createdAt, key, words: fingerprintOf(key), log }
}

/** Groups of eight, to be read out. */
const grouped = (hex: string): string => hex.match(/.{8}/g)?.join(' ') ?? hex

const describeFacts = ({ station, site, createdAt, key, words, log }: ReturnType<typeof factsIn>): string =>
  [
    `station  ${station}`,
    `site     ${site}`,
    `made     ${createdAt}`,
    `key      ${grouped(key)}`,
    `words    ${words.join(' ')}`,
    `log      ${log}`,
    '',
  ].join('\n')

const compare = `The words are the key's. Compare them by telephone with those that the station shows before the certificate leaves
  the team: the signature proves that whoever asks holds the key, not that the key is the station's.`

const inspect: Command = {
  name: 'enrol inspect',
  summary: "judge a station's request for a certificate, and show whose it is",
  usage: `airlock enrol inspect REQUEST.airreq [--json]\n  ${compare}`,
  async run(words, io) {
    const options = { json: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseWords({ args: words, allowPositionals: true, options })
    const { verdict, opened } = await judge(onlyWord(positionals), io)
    const facts = verdict.verdict === 'accepted' && opened !== undefined ? factsIn(opened) : undefined
    const shown = facts === undefined ? '' : describeFacts(facts)
    io.out(values.json ? `${JSON.stringify({ ...verdict, ...facts })}\n` : `${describeVerdict(verdict)}${shown}`)
    return verdict.verdict === 'accepted' ? 0 : 1
  },
}

const issue: Command = {
  name: 'enrol issue',
  summary: "issue a station's certificate for its request",
  usage: `airlock enrol issue REQUEST.airreq --ca-key CA.key.pem --ca-cert CA.cert.pem [--out NAME${suffix}]
    [--years 5] [--json]
  --out  default: beside the request, under its name
  ${compare}`,
  async run(words, io) {
    const { values, positionals } = parseWords({
      args: words,
      allowPositionals: true,
      options: {
        'ca-key': { type: 'string' },
        'ca-cert': { type: 'string' },
        out: { type: 'string' },
        years: { type: 'string', default: '5' },
        json: { type: 'boolean', default: false },
      },
    })
    const request = onlyWord(positionals)
    const now = io.clock.now()
    const ca = readIssuer(needed(values['ca-key'], 'ca-key'), needed(values['ca-cert'], 'ca-cert'), now)
    const out = values.out ?? `${request.replace(/\.airreq$/, '')}${suffix}`
    // A station knows the kinds of file on a drive by their names.
    if (!out.endsWith(suffix)) throw new AirlockError('usage', { out, why: `it has to end in ${suffix}` })
    if (factsOf(out) !== undefined) throw unusable(out, 'it is there already')
    const until = now + smallCount(values.years, 'years') * 365 * day
    const { verdict, opened } = await judge(request, io)
    if (verdict.verdict === 'refused' || opened === undefined) {
      io.out(values.json ? `${JSON.stringify(verdict)}\n` : describeVerdict(verdict))
      return 1
    }
    const { entries, notAfter } = issueStation(opened, ca, now, until)
    saveEnvelope(out, entries)
    const facts = factsIn(opened)
    const answer = { certificate: out, validUntil: toTime(millis(notAfter)), ...facts }
    io.out(
      values.json
        ? `${JSON.stringify(answer)}\n`
        : `${out}\n${describeFacts(facts)}until    ${answer.validUntil}\nCompare the words with the station's before you send it.\n`,
    )
    return 0
  },
}

/** The CA as two files: the key has to be the certificate's, and the certificate one that may issue others now. */
const readIssuer = (keyFile: string, certificateFile: string, now: number): KeyPair => {
  const [key, certificate] = [readKey(keyFile, 'private'), readText(certificateFile)]
  const { spki, isCa, keyUsage, validFrom, validUntil } = readPemCertificate(certificate)
  if (!isCa || keyUsage?.keyCertSign !== true) throw unusable(certificateFile, 'it is no certificate of a CA')
  const span = `${toTime(millis(validFrom))} to ${toTime(millis(validUntil))}`
  if (now < validFrom || now > validUntil) throw unusable(certificateFile, `it is valid from ${span}`)
  if (sha256Hex(createPublicKey(key).export({ format: 'der', type: 'spki' })) !== spki) {
    throw unusable(keyFile, `it is not the key of ${certificateFile}`)
  }
  return { key, certificate }
}

const request: Command = {
  name: 'enrol request',
  summary: 'let a station without a window write its request to a drive',
  usage: `airlock enrol request --as LOGIN --password-file FILE --drive FOLDER [--json]
  ${stationUsage}
  An administrator asks; the station writes station-….airreq to the drive, and an entry into its log. The words are those
  of its key, for whoever issues the certificate.`,
  async run(words: string[], io: Io): Promise<ExitCode> {
    const { values } = parseWords({
      args: words,
      options: { ...stationOptions, as: { type: 'string' }, 'password-file': { type: 'string' } },
    })
    const options = toStationOptions(values, io)
    checkThere(options.data, 'enrolment.request')
    if (options.drives.length !== 1) throw new AirlockError('usage', { why: 'one --drive' })
    const station = await startStation(options)
    try {
      const client = station.connect()
      await signInByFile(client, needed(values.as, 'as'), values['password-file'])
      const { drives } = await client.call('media.list', {})
      const made = await client.call('enrolment.request', { driveId: drives[0]?.id ?? '' })
      io.out(
        values.json
          ? `${JSON.stringify(made)}\n`
          : `${made.name}\nkey    ${grouped(made.key)}\nwords  ${made.words.join(' ')}\n`,
      )
      return 0
    } finally {
      await station.stop()
    }
  },
}

/** Letting stations in: asking at the station, issuing at the team. */
export const enrolCommands: readonly Command[] = [request, inspect, issue]
