// SPDX-License-Identifier: Apache-2.0
/** A station's request and the certificate that answers it, made from parts that a test may replace. */
import { canonicalBytes } from '../../shared/formats/canonical-json.ts'
import { enrolmentSchema, stationCertificateSchema } from '../../shared/formats/enrolment.ts'
import type { TrustPolicy } from '../../shared/formats/trust-policy.ts'
import type { Verdict } from '../../shared/verdict.ts'
import { verifyEnrolment } from '../../main/station/bundles/enrolment.ts'
import { verifyCertificate } from '../../main/station/bundles/issued-certificate.ts'
import { noteKey } from '../../main/station/audit/note.ts'
import { makeCertificateRequest } from '../../main/station/trust/certificate-request.ts'
import { readPemCertificate } from '../../main/station/trust/issue-certificate.ts'
import { bundleEntries, memoryFile, sha256, tarOf } from './bundle.ts'
import type { Signers } from './judge.ts'
import { makeHolder, testPki, type Holder } from './pki.ts'

export const stationId = 'c0a8f1de-1b2c-4d3e-8f90-123456789abc'
/** Two hours after the signatures of the tests. */
export const judgedAt = Date.parse('2026-06-01T12:00:00Z')

let asking: Holder | undefined
/** A station's key with the certificate that it made for itself. */
export const newStation = (): Holder => (asking ??= makeHolder('station'))

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const derOf = (pem: string): string => base64(readPemCertificate(pem).der)

/** A good request's manifest with changes. */
export const requestManifest = (changes: object = {}, holder: Holder = newStation()): object => ({
  kind: 'airlock.enrolment',
  schema: 1,
  requestId: '3f2c9c1e-8a54-4a5b-9d43-0a8f4f1d2b6c',
  station: stationId,
  site: 'north',
  createdAt: '2026-06-01T09:59:00Z',
  key: holder.spki,
  request: base64(makeCertificateRequest('a station', holder.key, 'station')),
  log: noteKey('airlock.invalid/test/e1', new Uint8Array(32).fill(1)).vkey,
  ...changes,
})

/** A good answer's manifest with changes: for the station of the test PKI. */
export const certificateManifest = (changes: object = {}): object => {
  const { station, stationCa } = testPki()
  return {
    kind: 'airlock.certificate',
    schema: 1,
    station: stationId,
    issuedAt: '2026-06-01T09:59:00Z',
    key: station.spki,
    request: sha256('request'),
    certificate: derOf(station.certificate),
    chain: [derOf(stationCa.certificate)],
    ...changes,
  }
}

export const requestSigners = (): Signers => [['station', newStation()]]

/** As `airlock enrol issue` does it: a key that the station CA certified for this one envelope. */
let oneTime: Holder | undefined
export const certificateSigners = (): Signers => [
  ['station-ca', (oneTime ??= makeHolder('station-ca', { issuer: testPki().stationCa }))],
]

/** The file; `document` may be bytes that are signed as they are. */
export const fileOf = (document: unknown, signers: Signers): Uint8Array =>
  tarOf(bundleEntries(document instanceof Uint8Array ? document : canonicalBytes(document), {}, signers))

/** The two kinds as the tests sweep over both. */
export const kinds = [
  ['request', requestManifest, requestSigners, enrolmentSchema],
  ['certificate', certificateManifest, certificateSigners, stationCertificateSchema],
] as const

/** Judges the bytes of a request, on the day of the tests. */
export const judgeRequest = async (file: Uint8Array, now = judgedAt): Promise<Verdict> =>
  (await verifyEnrolment(memoryFile(file), now)).verdict

/** What differs at the station that is to take a certificate. */
export type CertificateCase = {
  policy?: Partial<TrustPolicy>
  now?: number
  lastSignedTime?: number
  own?: { station?: string; key?: string }
  exception?: string
}

/** Judges the bytes of an answer, at the station that it is for. */
export const judgeCertificate = async (file: Uint8Array, given: CertificateCase = {}): Promise<Verdict> => {
  const { policy: changes, now = judgedAt, lastSignedTime, own, exception } = given
  const policy = { ...testPki().policy, ...changes }
  const context = {
    policy: { policy, digest: sha256('policy') },
    clock: { now, lastSignedTime, lastAuditTime: undefined },
    own: { station: stationId, key: testPki().station.spki, ...own },
    exception,
  }
  return (await verifyCertificate(memoryFile(file), context)).verdict
}

/** A verdict of either kind. */
export const judgeEither = (kind: (typeof kinds)[number][0], file: Uint8Array): Promise<Verdict> =>
  kind === 'request' ? judgeRequest(file) : judgeCertificate(file)
