// SPDX-License-Identifier: Apache-2.0
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { enrolmentSchema, type Enrolment } from '../../../shared/formats/enrolment.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import { millis } from '../../../shared/units.ts'
import { parseVkey } from '../audit/note.ts'
import { toTime } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import { makeCertificateRequest, readCertificateRequest } from '../trust/certificate-request.ts'
import { sha256Hex } from '../trust/certificate.ts'
import { issueCertificate, readPemCertificate } from '../trust/issue-certificate.ts'
import { fitsRole, judgeOwnSigner, judgeOwnTimes } from '../trust/questions.ts'
import { signCms } from '../trust/sign.ts'
import type { Fault, SignatureFile } from '../trust/standing.ts'
import { fault } from './answer.ts'
import { manifestName, signatureName } from './envelope/names.ts'
import { entryOf, type EntrySource } from './envelope/writer.ts'
import type { OpenFile } from './envelope/tape.ts'
import { openEnvelope, type Outcome } from './open-envelope.ts'

/** A manifest of at most 16 KiB, and its signature: more is no request. */
const maxRequestBytes = 131_072
const day = 24 * 3_600_000

/** Who asks: the station, its site, its signing key (PEM, PKCS#8), the vkey of its log; milliseconds UTC. */
export type Asking = {
  readonly station: string
  readonly site: string
  readonly key: string
  readonly log: string
  readonly now: number
}

/** A station's request, ready to be written. */
export type MadeEnrolment = {
  /** SHA-256 of the manifest. */
  readonly digest: string
  readonly entries: readonly EntrySource[]
}

/**
 * Asks for a certificate (docs/formats/enrolment.md, 1): the PKCS#10 request and the envelope around it are signed with
 * the station's own key, under a certificate that it makes for itself. Errors: `sig.key`.
 */
export const makeEnrolment = ({ station, site, key, log, now }: Asking): MadeEnrolment => {
  const commonName = `station ${station}`
  const span = { validFrom: now - day, validUntil: now + day }
  const certificate = issueCertificate({ commonName, key, use: 'station', ...span })
  const asked: Enrolment = {
    kind: 'airlock.enrolment',
    schema: 1,
    requestId: newId(),
    station,
    site,
    createdAt: toTime(millis(now)),
    key: readPemCertificate(certificate).spki,
    request: Buffer.from(makeCertificateRequest(commonName, key, 'station')).toString('base64'),
    log,
  }
  const manifest = canonicalBytes(enrolmentSchema.parse(asked))
  const signature = signCms({ content: manifest, key, certificate, signingTime: now })
  const entries = [entryOf(manifestName, manifest), entryOf(signatureName('station'), signature)]
  return { digest: sha256Hex(manifest), entries }
}

/**
 * Judges a station's request (docs/formats/enrolment.md, 2): whoever made it holds the key that it is for. That the key
 * is the station's, people make sure of by its words. `now`: milliseconds UTC. Errors: as `openEnvelope`.
 */
export const verifyEnrolment = (file: OpenFile, now: number): Promise<Outcome<Enrolment>> =>
  openEnvelope(file, {
    kind: 'airlock.enrolment',
    schema: enrolmentSchema,
    roles: ['station'],
    maxBytes: maxRequestBytes,
    judgeSigner: judgeOwnSigner,
    contents: () => [],
    questions: ({ manifest, signatures }) => {
      const times = { documentTime: timeMs(manifest.createdAt), trustedTime: now }
      const [signature, ...more] = signatures
      return [
        {
          id: 'signing-times',
          ask: () =>
            signature === undefined || more.length > 0
              ? fault('trust.role', 'a station signs once')
              : judgeOwnTimes(signature, times),
        },
        { id: 'request', ask: () => judgeRequest(manifest, signature) },
      ]
    },
  })

/** The three that name a key name the same one, and each of them was signed with it. */
const judgeRequest = ({ key, request, log }: Enrolment, signature: SignatureFile | undefined): Fault | undefined => {
  const asked = readCertificateRequest(Buffer.from(request, 'base64'))
  if (asked === undefined) return fault('enrolment.request', 'no request that its own key signed')
  if (asked.spki !== key || signature?.signer.spki !== key) return fault('enrolment.key')
  if (!fitsRole(asked, 'station')) return fault('trust.purpose', 'request')
  return parseVkey(log) === undefined ? fault('enrolment.request', 'log') : undefined
}
