// SPDX-License-Identifier: Apache-2.0
import { canonicalize } from '../../../shared/formats/canonical-json.ts'
import type { RecallList } from '../../../shared/formats/recall.ts'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import type { PolicyStep } from './policy-step.ts'
import { judgeSigner, judgeThresholds } from './questions.ts'
import type { SignatureFile } from './standing.ts'

/** A recall list and the SHA-256 of the bytes it was read from. */
export type RecallDocument = { readonly list: RecallList; readonly digest: string }

/**
 * Whether a recall list may follow the known one (docs/formats/trust-policy.md, 4), its signers and the threshold of
 * `recall` being good: `recall.rollback` for a version that is not higher, and for an entry removed or changed without
 * the threshold of `root` under every policy: where one only waits for a second person, it gives nothing back yet.
 */
export const judgeRecallUpdate = (
  known: RecallDocument | undefined,
  next: RecallDocument,
  files: readonly SignatureFile[],
  ...policies: readonly TrustPolicy[]
): PolicyStep => {
  if (known === undefined) return { ok: true, step: 'step' }
  if (next.digest === known.digest) return { ok: true, step: 'same' }
  if (next.list.version <= known.list.version) {
    return { ok: false, code: 'recall.rollback', detail: `${next.list.version}` }
  }
  const entries = new Map(next.list.entries.map((entry) => [entry.id, canonicalize(entry)]))
  const lost = known.list.entries.find((entry) => entries.get(entry.id) !== canonicalize(entry))
  return lost === undefined || policies.every((policy) => mayGiveBack(files, policy))
    ? { ok: true, step: 'step' }
    : { ok: false, code: 'recall.rollback', detail: lost.id }
}

const mayGiveBack = (files: readonly SignatureFile[], policy: TrustPolicy): boolean => {
  const counting = files.filter((file) => judgeSigner(file, policy) === undefined)
  return judgeThresholds(counting, policy, ['recall', 'root']) === undefined
}
