// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import { stationCertificateSchema, type Enrolment } from '../../../shared/formats/enrolment.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { millis } from '../../../shared/units.ts'
import { manifestName, signatureName } from '../../station/bundles/envelope/names.ts'
import { entryOf, type EntrySource } from '../../station/bundles/envelope/writer.ts'
import { toTime } from '../../station/platform/clock.ts'
import { readCertificateRequest } from '../../station/trust/certificate-request.ts'
import { issueCertificate, readPemCertificate, type KeyPair } from '../../station/trust/issue-certificate.ts'
import { signCms } from '../../station/trust/sign.ts'

const day = 24 * 3_600_000

/** A request that was judged, and the SHA-256 of its manifest. */
type Request = { readonly manifest: Enrolment; readonly digest: string }

/** A station's certificate in its envelope, and when it ends, milliseconds UTC. */
export type IssuedCertificate = { readonly entries: readonly EntrySource[]; readonly notAfter: number }

/**
 * Issues a certificate for a good request, and the envelope in which it travels (docs/formats/enrolment.md, 3). A CA
 * signs certificates only, so it certifies a key for this one envelope, which nobody keeps. The certificate ends with the
 * CA's own at the latest. Errors: `sig.certificate`, `sig.key` (of the CA).
 */
export const issueStation = (
  { manifest, digest }: Request,
  ca: KeyPair,
  now: number,
  until: number,
): IssuedCertificate => {
  const asked = readCertificateRequest(Buffer.from(manifest.request, 'base64'))
  if (asked === undefined) throw new AirlockError('enrolment.request')
  const issuer = readPemCertificate(ca.certificate)
  const notAfter = Math.min(until, issuer.validUntil)
  const station = issueCertificate(
    {
      commonName: `station ${manifest.station}`,
      key: pemOf(asked.spkiDer),
      use: 'station',
      validFrom: Math.max(now - day, issuer.validFrom),
      validUntil: notAfter,
    },
    ca,
  )
  const issued = stationCertificateSchema.parse({
    kind: 'airlock.certificate',
    schema: 1,
    station: manifest.station,
    issuedAt: toTime(millis(now)),
    key: manifest.key,
    request: digest,
    certificate: base64Of(station),
    chain: [base64Of(ca.certificate)],
  })
  const content = canonicalBytes(issued)
  const signer = signerOf(ca, now, Math.min(now + day, issuer.validUntil))
  const signature = signCms({ content, ...signer, chain: [ca.certificate], signingTime: now })
  return { entries: [entryOf(manifestName, content), entryOf(signatureName('station-ca'), signature)], notAfter }
}

/** A signer of the role `station-ca` for one envelope. */
const signerOf = (ca: KeyPair, now: number, validUntil: number): KeyPair => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  const span = { validFrom: now - day, validUntil }
  return {
    key,
    certificate: issueCertificate({ commonName: 'station certificates', key, use: 'station-ca', ...span }, ca),
  }
}

const pemOf = (spkiDer: Uint8Array): string =>
  createPublicKey({ key: Buffer.from(spkiDer), format: 'der', type: 'spki' })
    .export({ format: 'pem', type: 'spki' })
    .toString()

const base64Of = (pem: string): string => Buffer.from(readPemCertificate(pem).der).toString('base64')
