// SPDX-License-Identifier: Apache-2.0
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { telemetryManifestSchema, type TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import type { Checkpoint } from '../../station/audit/checkpoint.ts'
import { fault } from '../../station/bundles/answer.ts'
import type { Fault } from '../../station/trust/standing.ts'
import type { Question } from '../../station/bundles/checklist.ts'
import type { ContentOptions } from '../../station/bundles/envelope/contents.ts'
import { openEnvelope, type Opened, type Outcome } from '../../station/bundles/open-envelope.ts'
import { contentDigestOf } from '../../station/exports/archive.ts'
import { openForeign } from '../bundle/draft.ts'
import { judgeSigner, judgeTimes } from '../../station/trust/questions.ts'
import { judgePolicyExpiry } from '../../station/trust/trusted-time.ts'
import { judgeApprovalProof, readAuditHead } from './audit-head.ts'
import type { Link } from './link.ts'

/** By what an archive is judged. */
export type ArchiveRules = ContentOptions & {
  readonly policy: TrustPolicy
  /** Digests of sanitization policies that count besides the one that the trust policy names. */
  readonly sanitization: readonly string[]
  /** Milliseconds UTC. */
  readonly now: number
  /** Asked last before the contents: how the archive fits to those that are known. */
  neighbours?(link: Link, manifest: TelemetryManifest): readonly Question[]
}

/** Largest file that is looked at: the policy's limit is for bundles, an archive may be as large as a stick. */
const maxBytes = 2 ** 42

/** Opens an archive and asks everything that needs no key to its contents. Nothing in the file makes it throw; Errors: `file.unusable`. */
export const openArchive = async (path: string, rules: ArchiveRules): Promise<Outcome<TelemetryManifest>> => {
  const file = openForeign(path)
  try {
    return await openEnvelope(file, {
      ...rules,
      kind: 'airlock.telemetry',
      schema: telemetryManifestSchema,
      roles: ['station'],
      maxBytes,
      judgeSigner: (signature) => judgeSigner(signature, rules.policy),
      contents: (manifest) => manifest.payloads,
      questions: (opened) => questionsOf(opened, rules),
    })
  } finally {
    file.close()
  }
}

/** The archive as a link of its chain, once its head is known to open. */
export const linkOf = ({ manifest, digest, signatures }: Opened<TelemetryManifest>, head: Checkpoint): Link => ({
  id: digest,
  station: manifest.station,
  number: manifest.number,
  previous: manifest.previous,
  signer: signatures[0]?.signer.spki ?? '',
  head,
})

const questionsOf = (opened: Opened<TelemetryManifest>, rules: ArchiveRules): Question[] => {
  const { manifest, signatures } = opened
  const { policy, now } = rules
  const documentTime = timeMs(manifest.createdAt)
  const [signature, ...more] = signatures
  const head = readAuditHead(manifest)
  const later = head.ok ? (rules.neighbours?.(linkOf(opened, head.value), manifest) ?? []) : []
  return [
    { id: 'policy-expiry', ask: () => judgePolicyExpiry(policy, now) },
    {
      id: 'signature-times',
      ask: () =>
        signature === undefined || more.length > 0
          ? fault('trust.role', 'a station signs once')
          : judgeTimes(signature, { documentTime, trustedTime: now }, policy),
    },
    { id: 'sanitization-policy', ask: () => judgeSanitization(manifest, rules) },
    { id: 'content-digest', ask: () => judgeContentDigest(manifest) },
    { id: 'audit-checkpoint', ask: () => (head.ok ? judgeApprovalProof(manifest, head.value) : head) },
    ...later,
  ]
}

const judgeSanitization = ({ sanitization }: TelemetryManifest, rules: ArchiveRules): Fault | undefined =>
  [rules.policy.sanitization, ...rules.sanitization].includes(sanitization.policyDigest)
    ? undefined
    : fault('archive.policy', sanitization.policyDigest)

/** What was approved is what is listed: `export.changed` otherwise. */
const judgeContentDigest = ({ contentDigest, approval, payloads }: TelemetryManifest): Fault | undefined =>
  contentDigest === contentDigestOf(payloads) && contentDigest === approval.contentDigest
    ? undefined
    : fault('export.changed')
