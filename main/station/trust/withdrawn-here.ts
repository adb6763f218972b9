// SPDX-License-Identifier: Apache-2.0
import type { PolicyRole, TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { judgeThresholds } from './questions.ts'
import { keysBehind, type Fault, type SignatureFile } from './standing.ts'

/** What two people withdrew at this site: key or manifest → who, when and why, for the one who reads a refusal. */
export type WithdrawnHere = {
  readonly keys: ReadonlyMap<string, string>
  readonly bundles: ReadonlyMap<string, string>
}

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
  const saidOf = ({ signer }: SignatureFile): string[] => keysBehind(signer).flatMap((key) => here?.keys.get(key) ?? [])
  const detail = files.flatMap(saidOf)[0]
  if (detail === undefined) return undefined
  const others = files.filter((file) => saidOf(file).length === 0)
  // A channel that the policy has closed meanwhile has no thresholds that others could meet.
  const met = required.length > 0 && judgeThresholds(others, policy, required) === undefined
  return met ? undefined : { code: 'trust.withdrawn-here', detail }
}

/** `recall.withdrawn-here` for a bundle that was withdrawn at this site by itself. */
export const judgeBundleHere = (bundle: string, here: WithdrawnHere | undefined): Fault | undefined => {
  const detail = here?.bundles.get(bundle)
  return detail === undefined ? undefined : { code: 'recall.withdrawn-here', detail }
}
