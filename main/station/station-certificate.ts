// SPDX-License-Identifier: Apache-2.0
import { createPublicKey } from 'node:crypto'
import { AirlockError } from '../../shared/errors.ts'
import type { Parts } from './parts.ts'
import { readSetting } from './store/settings.ts'
import { readPemCertificate } from './trust/issue-certificate.ts'
import { sha256Hex, type Certificate } from './trust/certificate.ts'
import { judgeSigner } from './trust/questions.ts'

/** The station's certificate with those that lead to the pinned CA, as PEM, or undefined before enrolment. */
export const stationCertificate = ({ store }: Pick<Parts, 'store'>): readonly string[] | undefined => {
  const text = readSetting(store.read, 'station-certificate')
  return text === undefined ? undefined : splitPem(text)
}

const splitPem = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []

/**
 * Judges a certificate file for this station: the first is of the station's own key and leads, by those after it, to
 * what the policy in force pins as `station-ca`. Errors: `station.enrolment` (says why), `policy.absent`.
 */
export const checkStationCertificate = (
  { inForce, stationKey, clock }: Pick<Parts, 'inForce' | 'stationKey' | 'clock'>,
  text: string,
): { certificate: Certificate; notAfter: number } => {
  const policy = inForce()?.policy
  if (policy === undefined) throw new AirlockError('policy.absent')
  const refuse = (why: string): never => {
    throw new AirlockError('station.enrolment', { why })
  }
  const [certificate, ...caCertificates] = splitPem(text).map(readPemCertificate)
  if (certificate === undefined) return refuse('no certificate in this file')
  const own = createPublicKey(stationKey.publicPem).export({ format: 'der', type: 'spki' })
  if (certificate.spki !== sha256Hex(own)) return refuse('it is of another key')
  const signer = { spki: certificate.spki, certificate, caCertificates }
  const fault = judgeSigner({ role: 'station', name: 'station certificate', signer }, policy)
  if (fault !== undefined) return refuse(fault.code)
  if (clock.now() > certificate.validUntil) return refuse('trust.expired')
  return { certificate, notAfter: certificate.validUntil }
}
