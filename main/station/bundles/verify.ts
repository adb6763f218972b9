// SPDX-License-Identifier: Apache-2.0
import {
  firmwareSchema,
  flashRangeFault,
  type FirmwareEvidence,
  type FirmwareManifest,
} from '../../../shared/formats/firmware.ts'
import { compareSemver, timeMs } from '../../../shared/formats/scalars.ts'
import type { RecallList } from '../../../shared/formats/recall.ts'
import { floorOf, type TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { judgePqFiles, judgePqThresholds } from '../trust/pq.ts'
import { clockTolerance, judgeChannel, judgeProducts, judgeSigner, judgeThresholds } from '../trust/questions.ts'
import type { Exceptions } from '../trust/overrides.ts'
import { judgeRecall, recallableOf } from '../trust/recall-match.ts'
import { keysBehind, type Fault } from '../trust/standing.ts'
import { judgeBundleHere, judgeKeysHere, type WithdrawnHere } from '../trust/withdrawn-here.ts'
import { judgePolicyExpiry, trustedTimeOf, type ClockState } from '../trust/trusted-time.ts'
import { fault } from './answer.ts'
import { unlessExcepted, type Question } from './checklist.ts'
import type { ContentOptions, ContentWriter, Listed } from './envelope/contents.ts'
import type { OpenFile } from './envelope/tape.ts'
import { firstFault, openEnvelope, type Opened, type Outcome } from './open-envelope.ts'
import { provenanceBytes, provenanceSubjects } from './provenance.ts'
import { timeQuestions } from './verify-trust.ts'

/** What is trusted: the policy in force, the recall list where there is one, less what two people withdrew at the site. */
export type TrustInForce = {
  readonly policy: TrustPolicy
  readonly recall?: RecallList
  readonly here?: WithdrawnHere
}

/** What the checks know of the station (docs/formats/envelope.md, clause 8). Times are milliseconds UTC. */
export type StationState = ClockState & {
  /** Absent: the station belongs to no site, and a bundle that names sites is not for it. */
  readonly site?: string
  /** Airlock's own version. */
  readonly importer: string
  readonly freeBytes: number
  /** Lowest security counter that this site takes, per product. */
  readonly counters: Readonly<Record<string, number>>
  /** What was imported before; `manifest` is the SHA-256 of its manifest. */
  readonly imported: readonly ImportedBundle[]
  /** What two people let through although it has expired (clause 6.11); absent: nothing, as at the team. */
  readonly exceptions?: Exceptions
}
export type ImportedBundle = {
  readonly vendor: string
  readonly product: string
  readonly channel: string
  readonly version: string
  readonly manifest: string
}

/** Everything that a verdict depends on, beside the file. */
export type VerifyContext = TrustInForce & {
  readonly state: StationState
}

/**
 * Judges a firmware bundle: all questions of docs/formats/envelope.md, clause 6, in that order; the first one that is
 * answered with no gives the code. Errors: as `openEnvelope`.
 */
export const verifyBundle = async (
  file: OpenFile,
  context: VerifyContext,
  options: ContentOptions = {},
): Promise<Outcome<FirmwareManifest>> => {
  const { policy } = context
  const provenance = new Map<string, Uint8Array[]>()
  const evidence = new Map<string, FirmwareEvidence>()
  return await openEnvelope(file, {
    ...options,
    kind: 'airlock.firmware',
    schema: firmwareSchema,
    roles: ['release', 'qa'],
    maxBytes: policy.limits.maxBundleBytes,
    judgeSigner: (signature) => judgeSigner(signature, policy),
    judgePq: (head) => judgePqFiles(head.pq, head.manifest, policy),
    judgeManifest: ({ payloads }) => {
      const path = flashRangeFault(payloads)
      return path === undefined ? undefined : fault('manifest.flash-range', path)
    },
    contents: (manifest) => {
      for (const item of manifest.evidence) evidence.set(item.path, item)
      return [...manifest.payloads, ...manifest.evidence]
    },
    questions: (opened) => [...trustQuestions(opened, context), ...firmwareQuestions(opened, context)],
    sink: (item) => keepProvenance(item, evidence.get(item.path), provenance, options.sink?.(item)),
    lastQuestions: ({ manifest }) => [{ id: 'provenance', ask: () => provenanceFault(manifest, provenance) }],
  })
}

const trustQuestions = (
  { manifest, signatures, head }: Opened<FirmwareManifest>,
  context: VerifyContext,
): Question[] => {
  const { policy, state } = context
  const { product, channel, releasedAt } = manifest
  const [clock, times] = timeQuestions(signatures, timeMs(releasedAt), state, [policy])
  const required = policy.require[channel] ?? []
  return [
    clock,
    {
      id: 'policy-expiry',
      ask: () => unlessExcepted(judgePolicyExpiry(policy, trustedTimeOf(state)), state.exceptions?.policy),
    },
    times,
    { id: 'products', ask: () => firstFault(signatures, (file) => judgeProducts(file, product, policy)) },
    { id: 'channel', ask: () => judgeChannel(channel, policy) },
    { id: 'thresholds', ask: () => judgeThresholds(signatures, policy, required) },
    { id: 'keys-withdrawn-here', ask: () => judgeKeysHere(signatures, policy, required, context.here) },
    { id: 'pq-thresholds', ask: () => judgePqThresholds(head.pq, head.manifest, policy, required) },
  ]
}

const firmwareQuestions = (opened: Opened<FirmwareManifest>, context: VerifyContext): Question[] => {
  const { manifest, digest, signatures } = opened
  const { policy, state } = context
  const signers = signatures.flatMap(({ signer }) => keysBehind(signer))
  const now = trustedTimeOf(state)
  const when =
    (broken: boolean, ...found: Parameters<typeof fault>) =>
    () =>
      broken ? fault(...found) : undefined
  const sites = manifest.scope?.sites
  const floor = Math.max(floorOf(policy.counters, manifest.product), floorOf(state.counters, manifest.product))
  const size = [...manifest.payloads, ...manifest.evidence].reduce((sum, item) => sum + item.size, 0)
  const room = Math.min(policy.limits.maxBundleBytes, state.freeBytes)
  return [
    {
      id: 'site',
      ask: when(sites !== undefined && !sites.includes(state.site ?? ''), 'trust.scope', 'site', {
        sites: sites?.join(', ') ?? '–',
        site: state.site ?? '–',
      }),
    },
    { id: 'policy-version', ask: when(manifest.policyMin > policy.version, 'trust.policy-too-old') },
    { id: 'policy-age', ask: when(manifest.policyMin < policy.limits.minPolicy, 'trust.policy-old') },
    {
      id: 'importer',
      ask: when(compareSemver(state.importer, manifest.importerMin) < 0, 'compat.importer', undefined, {
        least: manifest.importerMin,
      }),
    },
    { id: 'released', ask: when(timeMs(manifest.releasedAt) > now + clockTolerance, 'freshness.future') },
    { id: 'freshness', ask: () => freshness(opened, policy, state) },
    { id: 'recall', ask: () => judgeRecall(context.recall, recallableOf(manifest, digest, signers)) },
    { id: 'withdrawn-here', ask: () => judgeBundleHere(digest, context.here) },
    {
      id: 'counter',
      ask: when(manifest.securityCounter < floor, 'rollback.counter', `${manifest.securityCounter} < ${floor}`, {
        counter: manifest.securityCounter,
        least: floor,
      }),
    },
    {
      id: 'equivocation',
      ask: when(
        state.imported.some((known) => isRival(known, opened)),
        'rollback.equivocation',
      ),
    },
    { id: 'space', ask: when(size > room, 'limit.total-size') },
  ]
}

/** An expired bundle: let in with a remark, let in where two people said so, or never; the policy says which. */
const freshness = (
  { manifest: { expires }, digest }: Opened<FirmwareManifest>,
  { limits }: TrustPolicy,
  state: StationState,
): ReturnType<Question['ask']> => {
  if (trustedTimeOf(state) <= timeMs(expires)) return undefined
  if (limits.expiredBundle === 'warn') return { remark: `expired ${expires}` }
  const exception = limits.expiredBundle === 'override' ? state.exceptions?.bundles.get(digest) : undefined
  return unlessExcepted(fault('freshness.expired', expires), exception)
}

/** The same version of the same product under another manifest: somebody signed two truths. */
const isRival = (known: ImportedBundle, { manifest, digest }: Opened<FirmwareManifest>): boolean =>
  known.vendor === manifest.vendor &&
  known.product === manifest.product &&
  known.channel === manifest.channel &&
  known.version === manifest.version &&
  known.manifest !== digest

/** Passes the bytes on and keeps those of a provenance, which is asked about when every digest is known good. */
const keepProvenance = (
  item: Listed,
  evidence: FirmwareEvidence | undefined,
  kept: Map<string, Uint8Array[]>,
  writer: ContentWriter | undefined,
): ContentWriter => {
  const chunks: Uint8Array[] | undefined =
    evidence?.type === 'slsa-provenance' && item.size <= provenanceBytes ? [] : undefined
  if (chunks !== undefined) kept.set(item.path, chunks)
  return {
    async write(chunk) {
      chunks?.push(new Uint8Array(chunk))
      await writer?.write(chunk)
    },
    end: () => writer?.end(),
  }
}

/** Every payload is a subject of every provenance: a provenance of something else proves nothing here. */
const provenanceFault = (
  { payloads, evidence }: FirmwareManifest,
  kept: Map<string, Uint8Array[]>,
): Fault | undefined =>
  firstFault(
    evidence.filter(({ type }) => type === 'slsa-provenance'),
    ({ path }) => {
      const subjects = provenanceSubjects(Buffer.concat(kept.get(path) ?? []))
      const covered = subjects !== undefined && payloads.every(({ sha256 }) => subjects.includes(sha256))
      return covered ? undefined : fault('evidence.mismatch', path)
    },
  )
