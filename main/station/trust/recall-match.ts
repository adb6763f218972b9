// SPDX-License-Identifier: Apache-2.0
import type { FirmwareManifest } from '../../../shared/formats/firmware.ts'
import type { RecallEntry, RecallList } from '../../../shared/formats/recall.ts'
import type { Fault } from './standing.ts'

/** What a recall entry can name of a bundle, before and after its import. */
export type Recallable = {
  /** SHA-256 of the manifest. */
  readonly bundle: string
  readonly bundleId: string
  readonly product: string
  readonly securityCounter: number
  /** SHA-256 of each payload. */
  readonly payloads: readonly string[]
  /** Keys of the signers and of the CAs behind them (`keysBehind`). */
  readonly signers: readonly string[]
}

/** What an entry can name of a manifest, by its SHA-256 and the keys behind its signatures. */
export const recallableOf = (manifest: FirmwareManifest, bundle: string, signers: readonly string[]): Recallable => {
  const { bundleId, product, securityCounter, payloads } = manifest
  return { bundle, bundleId, product, securityCounter, payloads: payloads.map(({ sha256 }) => sha256), signers }
}

/** The entries that speak of the bundle, in the list's order. */
export const recallEntriesFor = (list: RecallList, bundle: Recallable): readonly RecallEntry[] =>
  list.entries.filter(({ match }) => {
    if ('bundle' in match) return match.bundle === bundle.bundle
    if ('bundleId' in match) return match.bundleId === bundle.bundleId
    if ('payload' in match) return bundle.payloads.includes(match.payload)
    if ('signer' in match) return bundle.signers.includes(match.signer)
    return match.belowCounter.product === bundle.product && bundle.securityCounter < match.belowCounter.counter
  })

/** `recall.bundle` with the id of the first entry that speaks of the bundle. */
export const judgeRecall = (list: RecallList | undefined, bundle: Recallable): Fault | undefined => {
  if (list === undefined) return undefined
  const [entry] = recallEntriesFor(list, bundle)
  if (entry === undefined) return undefined
  const { id, reason, instead } = entry
  return { code: 'recall.bundle', detail: id, facts: { reason, instead, listed: list.issuedAt.slice(0, 10) } }
}
