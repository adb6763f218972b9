// SPDX-License-Identifier: Apache-2.0
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import { bytes } from '../../../shared/units.ts'
import type { FileReader } from '../platform/files.ts'
import { judgePolicyStep } from '../trust/policy-step.ts'
import type { AcceptedDocument } from '../trust/policy-store.ts'
import { judgeSigner, signingTimeOf } from '../trust/questions.ts'
import { firstFault, openEnvelope, type Opened, type Outcome } from './open-envelope.ts'

/** A manifest of 1 MiB and eight signatures of 64 KiB fit. */
const documentLimit = bytes(2 * 1024 * 1024)

/**
 * Opens a site's first trust policy: it is judged by its own root role, and counts only after two people have compared
 * its fingerprint with a paper (docs/formats/trust-policy.md). Errors: as `openEnvelope`.
 */
export const openFirstPolicy = (file: FileReader): Promise<Outcome<TrustPolicy>> =>
  openEnvelope(file, {
    kind: 'airlock.trust-policy',
    schema: trustPolicySchema,
    schemaCode: 'policy.schema',
    roles: ['root'],
    maxBytes: documentLimit,
    // Its signers are pinned by the document itself, which is parsed only after its signatures: see the first question.
    judgeSigner: () => undefined,
    contents: () => [],
    questions: ({ manifest, digest, signatures }) => [
      { id: 'signers', ask: () => firstFault(signatures, (signature) => judgeSigner(signature, manifest)) },
      {
        id: 'root-threshold',
        ask: () => {
          const step = judgePolicyStep(undefined, { policy: manifest, digest }, signatures)
          return step.ok ? undefined : step
        },
      },
    ],
  })

/** The document as the trust store keeps it. */
export const acceptedPolicy = ({ manifest, head, signatures }: Opened<TrustPolicy>): AcceptedDocument => ({
  manifest: head.manifest,
  signedAt: Math.max(...signatures.map((file) => signingTimeOf(file, timeMs(manifest.issuedAt)))),
})
