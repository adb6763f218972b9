// SPDX-License-Identifier: Apache-2.0
import { stationCertificateSchema, type StationCertificate } from '../../../shared/formats/enrolment.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import { parseCertificate, type Certificate } from '../trust/certificate.ts'
import type { PolicyDocument } from '../trust/policy-step.ts'
import { judgePqFiles } from '../trust/pq.ts'
import { judgeSigner, judgeThresholds, judgeTimes } from '../trust/questions.ts'
import type { Fault, SignatureFile } from '../trust/standing.ts'
import { judgePolicyExpiry, trustedTimeOf } from '../trust/trusted-time.ts'
import { fault } from './answer.ts'
import { unlessExcepted } from './checklist.ts'
import type { OpenFile } from './envelope/tape.ts'
import { openEnvelope, type Outcome } from './open-envelope.ts'
import { timeQuestions, type TrustContext } from './verify-trust.ts'

/** Certificates and one signature. */
const maxCertificateBytes = 131_072

/** What an issued certificate is judged against. */
export type CertificateContext = TrustContext & {
  readonly policy: PolicyDocument
  /** The station that is to take it, and its key's SHA-256; absent: whoever looks is none. */
  readonly own?: { readonly station: string; readonly key: string }
}

/**
 * Judges what came back for a station (docs/formats/enrolment.md, 4) under the policy in force: signed by `station-ca`,
 * and the certificate inside is one of a station of this policy, valid now, and for this station's key.
 * Errors: as `openEnvelope`.
 */
export const verifyCertificate = (
  file: OpenFile,
  { policy: inForce, clock, exception, own }: CertificateContext,
): Promise<Outcome<StationCertificate>> => {
  const { policy } = inForce
  const now = trustedTimeOf(clock)
  return openEnvelope(file, {
    kind: 'airlock.certificate',
    schema: stationCertificateSchema,
    roles: ['station-ca'],
    maxBytes: maxCertificateBytes,
    judgeSigner: (one) => judgeSigner(one, policy),
    judgePq: (head) => judgePqFiles(head.pq, head.manifest, policy),
    judgeManifest: (manifest) =>
      certificatesOf(manifest) === undefined ? fault('manifest.schema', 'certificate') : undefined,
    contents: () => [],
    questions: ({ manifest, signatures }) => {
      const [rightClock, times] = timeQuestions(signatures, timeMs(manifest.issuedAt), clock, [policy])
      return [
        rightClock,
        { id: 'policy-expiry', ask: () => unlessExcepted(judgePolicyExpiry(policy, now), exception) },
        times,
        { id: 'thresholds', ask: () => judgeThresholds(signatures, policy, ['station-ca']) },
        { id: 'own-station', ask: () => (own === undefined ? undefined : judgeOwner(manifest, own)) },
        {
          id: 'certificate',
          ask: () => {
            const signature = asSignature(manifest)
            if (signature?.signer.spki !== manifest.key) return fault('enrolment.key')
            // It counts from now on, so it has to be valid now: `judgeTimes` asks this of a signature's time.
            return (
              judgeSigner(signature, policy) ?? judgeTimes(signature, { documentTime: now, trustedTime: now }, policy)
            )
          },
        },
      ]
    },
  })
}

/** The certificate and those that lead to the pinned CA; undefined: one of them is none. */
export const certificatesOf = ({
  certificate,
  chain,
}: Pick<StationCertificate, 'certificate' | 'chain'>): readonly [Certificate, ...Certificate[]] | undefined => {
  const [first, ...others] = [certificate, ...chain].map((der) => parseCertificate(Buffer.from(der, 'base64')))
  const known = others.filter((one) => one !== undefined)
  return first === undefined || known.length < others.length ? undefined : [first, ...known]
}

/** The certificate as the signer of an archive that the station would make now. */
const asSignature = (manifest: StationCertificate): SignatureFile | undefined => {
  const [certificate, ...caCertificates] = certificatesOf(manifest) ?? []
  if (certificate === undefined) return undefined
  return { role: 'station', name: 'certificate', signer: { spki: certificate.spki, certificate, caCertificates } }
}

const judgeOwner = (
  { station, key }: StationCertificate,
  own: { readonly station: string; readonly key: string },
): Fault | undefined =>
  station === own.station && key === own.key ? undefined : fault('enrolment.other-station', station)
