// SPDX-License-Identifier: Apache-2.0
import type { PolicyRole, TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { judgeThresholds } from './questions.ts'
import { keysBehind, type Fault, type SignatureFile } from './standing.ts'

/** Who, when (YYYY-MM-DD) and why, for the one who reads a refusal. */
export type WithdrawnBy = {
  readonly day: string
  readonly first: string
  readonly second: string
  readonly reason: string
}

/** What two people withdrew at this site: key or manifest → by whom. */
export type WithdrawnHere = {
  readonly keys: ReadonlyMap<string, WithdrawnBy>
  readonly bundles: ReadonlyMap<string, WithdrawnBy>
}

const faultBy = (code: Fault['code'], by: WithdrawnBy): Fault => ({
  code,
  detail: `${by.day} ${by.first}, ${by.second}: ${by.reason}`,
  facts: { ...by },
})

/**
 * `trust.withdrawn-here` where signatures by keys that were withdrawn at this site are needed: they count for nothing, and
 * the others do not meet the thresholds. Where the others do, the bundle is as good as one that was never signed with them.
 */
export const judgeKeysHere = (
  files: readonly SignatureFile[],
  policy: TrustPolicy,
  required: readonly PolicyRole[],
  here: WithdrawnHere | undefined,
): Fault | undefined => {
  const withdrawalsOf = ({ signer }: SignatureFile): WithdrawnBy[] =>
    keysBehind(signer).flatMap((key) => here?.keys.get(key) ?? [])
  const by = files.flatMap(withdrawalsOf)[0]
  if (by === undefined) return undefined
  const others = files.filter((file) => withdrawalsOf(file).length === 0)
  // A channel that the policy has closed meanwhile has no thresholds that others could meet.
  const met = required.length > 0 && judgeThresholds(others, policy, required) === undefined
  return met ? undefined : faultBy('trust.withdrawn-here', by)
}

/** `recall.withdrawn-here` for a bundle that was withdrawn at this site by itself. */
export const judgeBundleHere = (bundle: string, here: WithdrawnHere | undefined): Fault | undefined => {
  const by = here?.bundles.get(bundle)
  return by === undefined ? undefined : faultBy('recall.withdrawn-here', by)
}
