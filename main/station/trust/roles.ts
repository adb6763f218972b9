// SPDX-License-Identifier: Apache-2.0

/** Every role that signs something that crosses the gap. */
export const signatureRoles = [
  'root',
  'release',
  'qa',
  'recall',
  'station-ca',
  'station',
  'privacy',
  'witness',
] as const
export type SignatureRole = (typeof signatureRoles)[number]

/** The arc reserved for documentation; a vendor who builds a product on Airlock replaces it here and nowhere else. */
const arc = '1.3.6.1.4.1.32473.1'

/** Extended key usage that a signer's certificate has for its role: 1 for root … 8 for witness. */
export const purposeOf = (role: SignatureRole): string => `${arc}.${signatureRoles.indexOf(role) + 1}`
