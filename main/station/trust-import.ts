// SPDX-License-Identifier: Apache-2.0
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { trustImportResult } from '../../shared/contract/values.ts'
import { AirlockError, toAirlockError } from '../../shared/errors.ts'
import type { Actor } from './audit/entry.ts'
import type { StationAuditLog } from './audit/log.ts'
import { lastSignedTime } from './bundles/rows.ts'
import { judgeTrustFiles, type JudgedTrustFile, type TrustKind } from './bundles/trust-files.ts'
import type { JobContext } from './jobs/job.ts'
import type { DriveHold, Drives } from './media/drives.ts'
import type { Clock } from './platform/clock.ts'
import type { Store } from './store/open.ts'
import type { Overrides } from './trust/overrides.ts'
import type { TrustStore } from './trust/policy-store.ts'
import { trustedTimeOf } from './trust/trusted-time.ts'
import type { WaitingPolicies } from './trust/waiting-policies.ts'
import { withdrawnBundles, type Withdrawn } from './withdrawn.ts'

type TrustImportParts = {
  readonly store: Store
  readonly audit: Pick<StationAuditLog, 'note' | 'lastTime'>
  readonly clock: Clock
  readonly trust: TrustStore
  readonly drives: Drives
  readonly overrides: Overrides
  readonly waitingPolicies: WaitingPolicies
}

/** What came of the trust files of a drive: the verdict on each, what is in force now, which bundles are recalled. */
export type TrustImportResult = z.infer<typeof trustImportResult>

/** Takes policy steps and recall lists from drives, one drive after the other. */
export type TrustImport = {
  /**
   * Judges all trust files of a drive. Good policy steps wait for a second person, good recall lists are in force at once,
   * judged by the newest policy that is known to be good. Every step brought, every list and every refusal is an audit
   * entry with the job's id, and so is the whole. Errors: `policy.absent` (the first policy is taken by two people, never
   * here), `medium.*`, `call.cancelled`.
   */
  takeAll(driveId: string, hold: DriveHold, actor: Actor, context: JobContext): Promise<TrustImportResult>
  /** The same for recall lists alone, before a bundle; without a policy in force there is nothing to judge them by. */
  takeRecalls(driveId: string, hold: DriveHold, actor: Actor, context: JobContext): Promise<void>
}

/** Opens the way in for trust files. */
export const createTrustImport = (parts: TrustImportParts): TrustImport => {
  // Two drives at once could each bring the step after the same policy: they take turns.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  return {
    takeAll: (...wanted) => inTurn(() => takeNoted(parts, ...wanted)),
    takeRecalls: (...wanted) =>
      inTurn(async () => {
        if (parts.trust.policy() !== undefined) await takeFiles(parts, wanted, ['recall'])
      }),
  }
}

type Wanted = Parameters<TrustImport['takeAll']>

const takeNoted = async (parts: TrustImportParts, ...wanted: Wanted): Promise<TrustImportResult> => {
  const [driveId, , actor, { id: corr }] = wanted
  const entry = { actor, action: 'trust.import' as const, object: { type: 'drive', id: driveId }, corr }
  try {
    const taken = await takeFiles(parts, wanted, ['policy', 'recall'])
    const { version, waits, recallVersion, files, verdict } = taken
    const after = {
      version,
      waits,
      recallVersion,
      files: files.length,
      applied: files.filter(({ applied }) => applied).length,
    }
    const { code } = verdict
    parts.audit.note({
      ...entry,
      after,
      ...(code === undefined ? { outcome: 'ok' } : { outcome: 'refused', reason: code }),
    })
    return taken
  } catch (error) {
    parts.audit.note({ ...entry, outcome: 'failed', reason: toAirlockError(error).code })
    throw error
  }
}

const takeFiles = async (
  parts: TrustImportParts,
  wanted: Wanted,
  kinds: readonly TrustKind[],
): Promise<TrustImportResult> => {
  const [driveId, hold, actor, context] = wanted
  const { trust, drives, clock, audit, store, overrides, waitingPolicies } = parts
  const [inForce, policy] = [trust.policy(), waitingPolicies.reached()]
  if (inForce === undefined || policy === undefined) throw new AirlockError('policy.absent')
  const folder = await hold.folder()
  const paths = (await drives.filesOn(driveId)).flatMap(({ kind, name }) =>
    kind === 'trust' ? [join(folder, name)] : [],
  )
  const signed = Math.max(trust.lastSignedTime() ?? 0, lastSignedTime(store.read) ?? 0)
  const times = { now: clock.now(), lastSignedTime: signed, lastAuditTime: audit.lastTime() }
  // Where an exception lets bundles in, lists of withdrawn ones come in before them.
  const exception = overrides.inForce(inForce.digest, trustedTimeOf(times)).policy
  const site = waitingPolicies.lessTakenAway(inForce)
  const start = { policy, recall: trust.recall(), clock: times, site, exception }
  const chain = await judgeTrustFiles(paths, start, kinds, hold.files)
  context.signal.throwIfAborted()
  // A step counts behind the one that it was judged under, and somebody may have declined that one meanwhile.
  if (waitingPolicies.reached()?.digest !== policy.digest) return takeFiles(parts, wanted, kinds)
  for (const file of chain.files) settle(parts, file, driveId, actor, context.id)
  const waits = waitingPolicies.waiting()?.document.policy
  return {
    verdict: chain.verdict,
    version: trust.policy()?.policy.version ?? inForce.policy.version,
    waits: waits?.version ?? null,
    recallVersion: trust.recall()?.list.version ?? null,
    files: chain.files.map(({ path, kind, verdict, accepted }) => ({
      name: basename(path),
      kind,
      verdict,
      applied: accepted !== undefined && kind === 'recall',
      waits: accepted !== undefined && kind === 'policy',
    })),
    recalled: firstOfEach(withdrawnBundles(parts)),
  }
}

/** Keeps a good step, puts a good list in force, or writes down why it is not. */
const settle = (
  { trust, audit, waitingPolicies }: TrustImportParts,
  { path, kind, verdict, read, accepted }: JudgedTrustFile,
  medium: string,
  actor: Actor,
  corr: string,
): void => {
  if (accepted !== undefined) {
    if (kind === 'policy') waitingPolicies.hold(accepted, actor, corr)
    else trust.acceptRecall(accepted, actor, corr)
  }
  if (verdict.code === undefined) return
  audit.note({
    actor,
    action: kind === 'policy' ? 'policy.step' : 'recall.update',
    object: { type: kind === 'policy' ? 'trust-policy' : 'recall-list', id: '' },
    outcome: 'refused',
    reason: verdict.code,
    after: { file: basename(path), medium },
    evidence: [{ type: 'envelope-head', ...read }],
    corr,
  })
}

/** Each bundle once, by the first entry that speaks of it. */
const firstOfEach = (withdrawn: readonly Withdrawn[]): TrustImportResult['recalled'] =>
  withdrawn
    .filter(({ bundle }, place) => withdrawn.findIndex((one) => one.bundle === bundle) === place)
    .map(({ bundle, version, entry }) => ({ bundle, version, entry }))
