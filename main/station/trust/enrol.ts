// SPDX-License-Identifier: Apache-2.0
import { newId } from '../platform/ids.ts'
import { issueCertificate, type KeyPair } from './issue-certificate.ts'

/** A station that asks for its certificate: its public key (PEM), and how long it is to count (milliseconds UTC). */
export type StationRequest = { readonly key: string; readonly validFrom: number; readonly validUntil: number }

/**
 * Issues a station's certificate as PEM; its subject is a random id that says nothing of the plant. The caller has made
 * sure that whoever asks holds the key. Errors: `sig.certificate`, `sig.key` (of the CA).
 */
export const issueStationCertificate = (request: StationRequest, ca: KeyPair): string =>
  issueCertificate({ ...request, commonName: `station ${newId()}`, use: 'station' }, ca)
