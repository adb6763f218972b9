// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { recallSchema, type RecallList } from '../../../shared/formats/recall.ts'
import { timeMs } from '../../../shared/formats/scalars.ts'
import { trustPolicySchema, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { judgePolicyStep, type PolicyDocument, type PolicyStep } from '../trust/policy-step.ts'
import { judgePqFiles } from '../trust/pq.ts'
import { judgeSigner, judgeThresholds, judgeTimes, signingTimeOf } from '../trust/questions.ts'
import { judgeRecallUpdate, type RecallDocument } from '../trust/recall-update.ts'
import type { Fault, SignatureFile } from '../trust/standing.ts'
import { judgeClock, judgePolicyExpiry, trustedTimeOf, type ClockState } from '../trust/trusted-time.ts'
import { unlessExcepted, type Question } from './checklist.ts'
import { readHead } from './envelope/head.ts'
import { startSequence } from './envelope/sequence.ts'
import { startTape, type OpenFile } from './envelope/tape.ts'
import { firstFault, openEnvelope, type Outcome } from './open-envelope.ts'

/** What trust documents are judged against. */
export type TrustContext = {
  /** The policy in force; absent: a policy is judged as a first one. */
  readonly policy?: PolicyDocument | undefined
  /** The recall list in force. */
  readonly recall?: RecallDocument | undefined
  readonly clock: ClockState
  /**
   * Where steps wait for a second person: the policy in force less what any newer step takes away. Its revocations count
   * for recall lists, too, and no list gives back what it would not. Absent: steps are in force at once, as at the team.
   */
  readonly site?: TrustPolicy | undefined
  /** The exception by which the policy in force goes on although it has expired. */
  readonly exception?: string | undefined
}

/** A manifest of 1 MiB, eight CMS files of 64 KiB, as many ML-DSA files. */
const maxDocumentBytes = 2 * 1_048_576

/**
 * Judges one step of the trust policy (docs/formats/trust-policy.md, 3). Its signers are looked up in the root roles of
 * the policy in force and of the document itself, so they are asked after its schema. The last good step of an
 * import must not be expired; the ones before it may be. Errors: as `openEnvelope`.
 */
export const verifyPolicy = (
  file: OpenFile,
  { policy: current, clock }: TrustContext,
  isLast = true,
): Promise<Outcome<TrustPolicy>> =>
  openEnvelope(file, {
    kind: 'airlock.trust-policy',
    schema: trustPolicySchema,
    schemaCode: 'policy.schema',
    roles: ['root'],
    maxBytes: maxDocumentBytes,
    ...(current === undefined ? {} : { judgePq: (head) => judgePqFiles(head.pq, head.manifest, current.policy) }),
    contents: () => [],
    questions: ({ manifest, digest, signatures }) => {
      const policies = current === undefined ? [manifest] : [current.policy, manifest]
      const signers = { id: 'signers', ask: () => firstFault(signatures, (one) => judgeSigner(one, ...policies)) }
      // What is in force already stays so, whatever the clock says.
      if (digest === current?.digest) return [signers]
      return [
        signers,
        ...timeQuestions(signatures, timeMs(manifest.issuedAt), clock, policies),
        { id: 'policy-step', ask: () => faultOf(judgePolicyStep(current, { policy: manifest, digest }, signatures)) },
        ...(isLast ? [{ id: 'policy-expiry', ask: () => judgePolicyExpiry(manifest, trustedTimeOf(clock)) }] : []),
      ]
    },
  })

/** Judges a recall list under the newest good policy (docs/formats/trust-policy.md, 4). Errors: as `openEnvelope`. */
export const verifyRecall = (
  file: OpenFile,
  context: TrustContext & { readonly policy: PolicyDocument },
): Promise<Outcome<RecallList>> => {
  const { recall, clock, exception, site = context.policy.policy } = context
  const newest = context.policy.policy
  const policy = { ...newest, revokedKeys: [...newest.revokedKeys, ...site.revokedKeys] }
  const now = trustedTimeOf(clock)
  // A policy that expires while it waits keeps no list out that the one in force lets in.
  const expired = judgePolicyExpiry(policy, now) && judgePolicyExpiry(site, now)
  return openEnvelope(file, {
    kind: 'airlock.recall',
    schema: recallSchema,
    roles: ['recall', 'root'],
    maxBytes: maxDocumentBytes,
    judgeSigner: (one) => judgeSigner(one, policy),
    judgePq: (head) => judgePqFiles(head.pq, head.manifest, policy),
    contents: () => [],
    questions: ({ manifest, digest, signatures }) => {
      const [rightClock, times] = timeQuestions(signatures, timeMs(manifest.issuedAt), clock, [policy])
      const step = { list: manifest, digest }
      return [
        rightClock,
        { id: 'policy-expiry', ask: () => unlessExcepted(expired, exception) },
        times,
        { id: 'thresholds', ask: () => judgeThresholds(signatures, policy, ['recall']) },
        { id: 'recall-step', ask: () => faultOf(judgeRecallUpdate(recall, step, signatures, policy, site)) },
      ]
    },
  })
}

/** The newest signing time of a trust document, milliseconds UTC. */
export const newestSigning = (signatures: readonly SignatureFile[], issuedAt: string): number =>
  Math.max(...signatures.map((file) => signingTimeOf(file, timeMs(issuedAt))))

const claim = z.object({ kind: z.string(), version: z.number().optional() })

/** What a file says it is, before anything of it is trusted: good for putting files in order, for nothing else. */
export const peekTrust = async (file: OpenFile): Promise<z.infer<typeof claim> | undefined> => {
  const head = await readHead(startTape(file), startSequence())
  const document = head.ok ? parseCanonical(head.value.manifest) : undefined
  return document?.ok === true ? claim.safeParse(document.value).data : undefined
}

const faultOf = (step: PolicyStep): Fault | undefined => (step.ok ? undefined : step)

/** Whether the clock can be relied on, and whether the signatures were made when their keys counted. */
export const timeQuestions = (
  signatures: readonly SignatureFile[],
  issued: number,
  clock: ClockState,
  policies: readonly TrustPolicy[],
): readonly [clock: Question, times: Question] => {
  const times = { documentTime: issued, trustedTime: trustedTimeOf(clock) }
  const signed = signatures.map((file) => signingTimeOf(file, issued))
  return [
    { id: 'clock', ask: () => judgeClock(clock, [...signed, issued]) },
    { id: 'signing-times', ask: () => firstFault(signatures, (file) => judgeTimes(file, times, ...policies)) },
  ]
}
