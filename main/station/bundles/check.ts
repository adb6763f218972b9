// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import type { Verdict } from '../../../shared/verdict.ts'
import type { Actor } from '../audit/entry.ts'
import type { JobContext } from '../jobs/job.ts'
import { readBundle, whatExpired, type ImportParts, type ImportSource } from './import.ts'
import { objectionTo } from './objection.ts'
import { findBundle } from './rows.ts'

/** What a bundle on a drive says of itself, when it is good. */
export type CheckResult = {
  readonly verdict: Verdict
  /** Sequence number of the log entry of a refusal. */
  readonly entry: number | null
  readonly bundle: {
    readonly id: string
    readonly vendor: string
    readonly product: string
    readonly channel: string
    readonly version: string
    /** Models that it fits. */
    readonly models: readonly string[]
  } | null
  /** It is here and may be used as it is: an import would bring nothing. */
  readonly alreadyPresent: boolean
}

/**
 * Judges a bundle on a drive without keeping anything: the same questions as at an import, which asks them all again. A
 * refusal is an audit entry. Errors: `policy.absent`, `medium.*`, `call.cancelled`.
 */
export const checkBundle = async (
  parts: Omit<ImportParts, 'vault'>,
  source: ImportSource,
  actor: Actor,
  context: JobContext,
): Promise<CheckResult> => {
  const trust = await parts.trust()
  if (trust === undefined) throw new AirlockError('policy.absent')
  const { verdict, opened, read } = await readBundle(parts, source, trust, {
    signal: context.signal,
    progress: (done, total) => context.progress({ stage: 'check', done, total }),
  })
  if (verdict.verdict === 'refused' || opened === undefined) {
    const { seq: entry } = parts.audit.note({
      actor,
      action: 'bundle.check',
      object: { type: 'bundle', id: opened?.digest ?? '' },
      outcome: 'refused',
      reason: verdict.code ?? 'internal',
      after: { file: source.name, medium: source.mediumId, ...whatExpired(verdict, opened) },
      evidence: [{ type: 'envelope-head', ...read }],
      corr: context.id,
    })
    return { verdict, entry, bundle: null, alreadyPresent: false }
  }
  const { vendor, product, channel, version, compat } = opened.manifest
  const models = compat.map(({ model }) => model)
  const bundle = { id: opened.digest, vendor, product, channel, version, models }
  const { read: db } = parts.store
  const alreadyPresent =
    findBundle(db, opened.digest) !== undefined && objectionTo(db, opened.digest, trust) === undefined
  return { verdict, entry: null, bundle, alreadyPresent }
}
