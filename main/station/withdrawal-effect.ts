// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../shared/errors.ts'
import { canonicalBytes } from '../../shared/formats/canonical-json.ts'
import type { TrustPolicy } from '../../shared/formats/trust-policy.ts'
import { namesOfKeys } from './bundles/keys.ts'
import { objectionTo } from './bundles/objection.ts'
import { findBundle, listBundles } from './bundles/rows.ts'
import type { TrustInForce } from './bundles/verify.ts'
import { openRun } from './campaigns/run-rows.ts'
import type { ReadHandle } from './store/open.ts'
import { sha256Hex } from './trust/certificate.ts'
import type { WithdrawalEffect, WithdrawalTarget } from './trust/withdrawals.ts'

/** Roles whose signatures let bundles in: the only trust that a site may take away by itself. */
const bundleRoles = ['release', 'qa'] as const

const isPinned = (policy: TrustPolicy, key: string): boolean =>
  bundleRoles.some((role) => {
    const { keys = [], cas = [] } = policy.roles[role] ?? {}
    return [...keys, ...cas].some(({ spki }) => spki === key)
  })

/**
 * What people call the key or the bundle. Errors: `station.no-withdrawal` for a key that signs no bundles (policies and
 * recall lists always come through), `not-found`.
 */
export const withdrawalThing = (
  db: ReadHandle,
  policy: TrustPolicy | undefined,
  { act, kind, subject }: WithdrawalTarget,
): string => {
  if (kind === 'bundle') {
    const bundle = findBundle(db, subject)
    if (bundle === undefined) throw new AirlockError('not-found', { bundle: subject })
    return `${bundle.product} ${bundle.version}`
  }
  // What was withdrawn can be taken back, whatever the policy says of the key meanwhile.
  if (act === 'withdraw' && (policy === undefined || !isPinned(policy, subject)))
    throw new AirlockError('station.no-withdrawal')
  return namesOfKeys(db).get(subject) ?? subject.slice(0, 12).toUpperCase()
}

/** What is trusted when this has been signed. */
const afterwards = (inForce: TrustInForce, { act, kind, subject }: WithdrawalTarget): TrustInForce => {
  const here = { keys: new Map(inForce.here?.keys), bundles: new Map(inForce.here?.bundles) }
  const changed = kind === 'key' ? here.keys : here.bundles
  if (act === 'withdraw') changed.set(subject, { day: '', first: '', second: '', reason: '' })
  else changed.delete(subject)
  return { ...inForce, here }
}

const lastWritten = `SELECT count(*) AS n FROM device WHERE (SELECT bundle FROM flash_job WHERE device = device.id
  AND outcome = 'done' ORDER BY ended_at DESC LIMIT 1) = ?`
const counted = z.object({ n: z.int() })

/** What a withdrawal comes to: each bundle of the station is judged as it is trusted now, and as it would be then. */
export const withdrawalEffect = (
  db: ReadHandle,
  inForce: TrustInForce | undefined,
  target: WithdrawalTarget,
): WithdrawalEffect => {
  const then = inForce === undefined ? undefined : afterwards(inForce, target)
  const usable = (id: string, trust: TrustInForce | undefined): boolean => objectionTo(db, id, trust) === undefined
  const bundles = listBundles(db)
    .filter(({ id }) => usable(id, inForce) !== usable(id, then))
    .map(({ id, product, version }) => ({ id, product, version }))
  const open = openRun(db)
  const concerned = open !== undefined && bundles.some(({ id }) => id === open.bundle)
  const runs = concerned ? [{ id: open.id, product: open.product, version: open.version }] : []
  const devices = bundles.reduce((sum, { id }) => sum + counted.parse(db.get(lastWritten, id)).n, 0)
  const ids = (things: readonly { readonly id: string }[]): string[] => things.map(({ id }) => id).toSorted()
  const digest = sha256Hex(canonicalBytes({ ...target, bundles: ids(bundles), runs: ids(runs) }))
  return { bundles, runs, devices, digest }
}
