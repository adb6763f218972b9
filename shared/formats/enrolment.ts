// SPDX-License-Identifier: Apache-2.0
/** How a station asks for its certificate, and what comes back (docs/formats/enrolment.md). */
import { z } from 'zod'
import { hex64, name, text, time, uuid } from './scalars.ts'

/** Standard base64 in its one spelling, of at most 6 KiB: no certificate of the profile is longer. */
const der = z
  .string()
  .min(4)
  .max(8192)
  .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)$/)

/** `airlock.enrolment`, schema 1: made and signed by a station with the key that it asks a certificate for. */
export const enrolmentSchema = z.strictObject({
  kind: z.literal('airlock.enrolment'),
  schema: z.literal(1),
  requestId: uuid,
  station: uuid,
  site: name,
  createdAt: time,
  /** SHA-256 of the key's SubjectPublicKeyInfo: what a policy would pin. */
  key: hex64,
  /** PKCS#10 in DER, base64. */
  request: der,
  /** The key of the station's audit log, as a vkey line. */
  log: text,
})
export type Enrolment = z.infer<typeof enrolmentSchema>

/** `airlock.certificate`, schema 1: what the holder of the station CA issued for one station's key. */
export const stationCertificateSchema = z.strictObject({
  kind: z.literal('airlock.certificate'),
  schema: z.literal(1),
  station: uuid,
  issuedAt: time,
  key: hex64,
  /** SHA-256 of the manifest of the request that it answers. */
  request: hex64,
  /** X.509 in DER, base64. */
  certificate: der,
  /** Those that lead from it to a pinned CA. */
  chain: z.array(der).min(1).max(3),
})
export type StationCertificate = z.infer<typeof stationCertificateSchema>
