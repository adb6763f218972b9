// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { floorOf } from '../../../shared/formats/trust-policy.ts'
import type { Check } from '../../../shared/verdict.ts'
import { getBundle } from '../bundles/rows.ts'
import type { Vault } from '../bundles/vault.ts'
import type { TrustInForce } from '../bundles/verify.ts'
import type { Store } from '../store/open.ts'
import { judgeRecall } from '../trust/recall-match.ts'
import type { FirmwareSource } from './firmware-source.ts'

/** The imported bundles as flashing sees them, judged by the policy and recall list that are in force now. */
export const vaultFirmware = ({
  store,
  vault,
  trust,
}: {
  readonly store: Store
  readonly vault: Vault
  readonly trust: () => TrustInForce | undefined
}): FirmwareSource => ({
  manifest: (id) => getBundle(store.read, id).manifest,
  objection(id): Check | undefined {
    const inForce = trust()
    if (inForce === undefined) return { id: 'policy', ok: false, code: 'policy.absent' }
    const { manifest, keys } = getBundle(store.read, id)
    const { policy, recall } = inForce
    const { bundleId, product, securityCounter } = manifest
    const payloads = manifest.payloads.map(({ sha256 }) => sha256)
    const recalled = judgeRecall(recall, { bundle: id, bundleId, product, securityCounter, payloads, signers: keys })
    if (recalled !== undefined) return { id: 'recall', ok: false, ...recalled }
    // A key may have been revoked, or a counter raised, by a policy that came after the bundle.
    const revoked = policy.revokedKeys.find(({ spki }) => keys.includes(spki))
    if (revoked !== undefined) return { id: 'revoked', ok: false, code: 'trust.revoked', detail: revoked.spki }
    const floor = floorOf(policy.counters, product)
    if (securityCounter < floor)
      return { id: 'counter', ok: false, code: 'rollback.counter', detail: `${securityCounter} < ${floor}` }
    return undefined
  },
  read(sha256, limit) {
    try {
      return vault.read(sha256, limit)
    } catch (cause) {
      // A file that has grown is a file that was changed.
      if (cause instanceof RangeError) throw new AirlockError('payload.digest', { digest: sha256 }, { cause })
      throw cause
    }
  },
})
