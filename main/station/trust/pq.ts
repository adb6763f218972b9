// SPDX-License-Identifier: Apache-2.0
import type { PolicyRole, TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { verifyMlDsa } from './ml-dsa.ts'
import type { SignatureRole } from './roles.ts'
import type { Fault } from './standing.ts'

/** A raw ML-DSA-87 signature as it lies beside a CMS file. */
export type PqFile = { readonly role: SignatureRole; readonly name: string; readonly bytes: Uint8Array }

/** The key of the role under which a file verifies; undefined: none. */
const keyOf = (file: PqFile, manifest: Uint8Array, policy: TrustPolicy): string | undefined => {
  const keys = file.role === 'station' ? [] : (policy.roles[file.role]?.pqKeys ?? [])
  return keys.find((key) => verifyMlDsa(Buffer.from(key, 'base64'), manifest, file.bytes))
}

/** Whether every present file verifies (`sig.pq-invalid`), unless the policy does not look at them. */
export const judgePqFiles = (
  files: readonly PqFile[],
  manifest: Uint8Array,
  policy: TrustPolicy,
): Fault | undefined => {
  if (policy.pq === 'off') return undefined
  const wrong = files.find((file) => keyOf(file, manifest, policy) === undefined)
  return wrong === undefined ? undefined : { code: 'sig.pq-invalid', detail: wrong.name }
}

/** Whether each required role has signatures by as many different keys as its threshold: `trust.pq-missing`. */
export const judgePqThresholds = (
  files: readonly PqFile[],
  manifest: Uint8Array,
  policy: TrustPolicy,
  required: readonly PolicyRole[],
): Fault | undefined => {
  if (policy.pq !== 'required') return undefined
  const missing = required.find((role) => {
    const own = files.filter((file) => file.role === role)
    const keys = own.map((file) => keyOf(file, manifest, policy)).filter((key) => key !== undefined)
    return new Set(keys).size < (policy.roles[role]?.threshold ?? Infinity)
  })
  return missing === undefined ? undefined : { code: 'trust.pq-missing', detail: missing }
}
