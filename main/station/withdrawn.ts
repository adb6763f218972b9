// SPDX-License-Identifier: Apache-2.0
import { withdrawnHereFault } from './bundles/objection.ts'
import { getBundle, listBundles } from './bundles/rows.ts'
import type { Parts } from './parts.ts'
import type { Store } from './store/open.ts'
import type { TrustStore } from './trust/policy-store.ts'
import { recallableOf, recallEntriesFor } from './trust/recall-match.ts'

/** A bundle of the library that the recall list in force speaks of, by one of its entries. */
export type Withdrawn = {
  readonly bundle: string
  readonly version: string
  readonly entry: string
  readonly reason: string
  readonly instead: string
}

/** Each bundle with each entry that speaks of it: the list counts for what was imported before it, too. */
export const withdrawnBundles = ({ trust, store }: { trust: TrustStore; store: Store }): Withdrawn[] => {
  const list = trust.recall()?.list
  if (list === undefined) return []
  return listBundles(store.read).flatMap(({ id, version }) => {
    const { manifest, keys } = getBundle(store.read, id)
    const entries = recallEntriesFor(list, recallableOf(manifest, id, keys))
    return entries.map((entry) => ({
      bundle: id,
      version,
      entry: entry.id,
      reason: entry.reason,
      instead: entry.instead,
    }))
  })
}

/** Each bundle that two people at this site have withdrawn, by itself or by a key that it needs. */
export const withdrawnAtSite = ({ store, inForce, withdrawals }: Pick<Parts, 'store' | 'inForce' | 'withdrawals'>) => {
  const trust = inForce()
  if (trust?.here === undefined || trust.here.keys.size + trust.here.bundles.size === 0) return []
  return listBundles(store.read).flatMap(({ id }) => {
    const bundle = getBundle(store.read, id)
    const fault = withdrawnHereFault(store.read, bundle, trust)
    if (fault === undefined) return []
    const by =
      withdrawals.of('bundle', id) ??
      bundle.keys.map((key) => withdrawals.of('key', key)).find((one) => one !== undefined)
    if (by === undefined) return []
    const { kind, what, askedBy, reason, decision } = by
    return [{ bundle: id, kind, what, askedBy, signedBy: decision?.by ?? '', at: decision?.at ?? 0, reason }]
  })
}
