// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { objectionTo } from '../bundles/objection.ts'
import { getBundle } from '../bundles/rows.ts'
import type { Vault } from '../bundles/vault.ts'
import type { TrustInForce } from '../bundles/verify.ts'
import type { Store } from '../store/open.ts'
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
  objection: (id) => objectionTo(store.read, id, trust()),
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
