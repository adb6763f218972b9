// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { sha256Hex } from '../../station/trust/certificate.ts'
import { fingerprintOf } from '../../station/trust/fingerprint.ts'
import { readDraft, withFile } from '../bundle/draft.ts'

/** A policy as it stands in a file; its signatures are listed, not judged. */
export type InspectedPolicy = {
  readonly policy: TrustPolicy
  readonly digest: string
  readonly words: readonly string[]
  readonly signatures: readonly string[]
}

/** Reads a policy without trusting it. Errors: `container.*`, `manifest.parse`, `manifest.not-canonical`, `policy.schema`. */
export const inspectPolicy = (path: string): InspectedPolicy =>
  withFile(path, (file) => {
    const draft = readDraft(file)
    const document = parseCanonical(draft.manifest)
    if (!document.ok) throw new AirlockError(document.code)
    const parsed = trustPolicySchema.safeParse(document.value)
    if (!parsed.success) {
      throw new AirlockError('policy.schema', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
    }
    const digest = sha256Hex(draft.manifest)
    const signatures = draft.entries.map(({ name }) => name).filter((name) => name.endsWith('.p7s'))
    return { policy: parsed.data, digest, words: fingerprintOf(digest), signatures }
  })

/** The same for people. */
export const describePolicy = ({ policy, digest, words, signatures }: InspectedPolicy): string => {
  const roles = Object.entries(policy.roles).flatMap(([role, pinned]) =>
    pinned === undefined
      ? []
      : [
          `${role}: ${pinned.threshold} of ${pinned.keys.length} keys, ${pinned.cas.length} CAs, products ${pinned.products.join(' ')}`,
          ...pinned.keys.map(({ spki, validUntil }) => `  key ${spki} until ${validUntil}`),
          ...pinned.cas.map(({ spki, validUntil }) => `  CA  ${spki} until ${validUntil}`),
        ],
  )
  return [
    `trust policy ${policy.version}, issued ${policy.issuedAt}, expires ${policy.expires}`,
    `sha256 ${digest}`,
    `words  ${words.join(' ')}`,
    `signed ${signatures.join(' ')}`,
    ...roles,
    ...policy.revokedKeys.map(({ spki, reason }) => `revoked ${spki}: ${reason}`),
    '',
  ].join('\n')
}
