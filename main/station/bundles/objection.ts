// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { floorOf } from '../../../shared/formats/trust-policy.ts'
import type { Check } from '../../../shared/verdict.ts'
import type { ReadHandle } from '../store/open.ts'
import { verifyCms } from '../trust/cms.ts'
import { judgeRecall, recallableOf } from '../trust/recall-match.ts'
import { signatureRoles } from '../trust/roles.ts'
import type { Fault, SignatureFile } from '../trust/standing.ts'
import { judgeBundleHere, judgeKeysHere } from '../trust/withdrawn-here.ts'
import { getBundle, type BundleDetails } from './rows.ts'
import type { TrustInForce } from './verify.ts'

const stored = z.object({
  name: z.string(),
  role: z.enum(signatureRoles),
  bytes: z.instanceof(Uint8Array),
  manifest: z.instanceof(Uint8Array),
})

/** The CMS signatures of an imported bundle, verified anew. */
const signatureFilesOf = (db: ReadHandle, bundle: string): SignatureFile[] =>
  db
    .all(
      `SELECT s.name, s.role, s.bytes, b.manifest FROM bundle_signature s JOIN bundle b ON b.id = s.bundle
        WHERE s.bundle = ? AND s.name LIKE '%.p7s' ORDER BY s.name`,
      bundle,
    )
    .flatMap((row) => {
      const { name, role, bytes, manifest } = stored.parse(row)
      const signed = verifyCms(bytes, manifest)
      return signed.ok ? [{ name, role, signer: signed.signer }] : []
    })

/** What two people at this site have withdrawn of a bundle: itself, or a key that its thresholds need. */
export const withdrawnHereFault = (
  db: ReadHandle,
  { id, manifest, keys }: Pick<BundleDetails, 'id' | 'manifest' | 'keys'>,
  { policy, here }: TrustInForce,
): Fault | undefined => {
  const itself = judgeBundleHere(id, here)
  if (itself !== undefined) return itself
  // Signatures are verified anew only where one of them is spoken of.
  if (!keys.some((key) => here?.keys.has(key) === true)) return undefined
  return judgeKeysHere(signatureFilesOf(db, id), policy, policy.require[manifest.channel] ?? [], here)
}

/** What may have changed since a bundle's import, by what is in force now: the first question that is answered with no. */
export const objectionTo = (db: ReadHandle, id: string, inForce: TrustInForce | undefined): Check | undefined => {
  if (inForce === undefined) return { id: 'policy', ok: false, code: 'policy.absent' }
  const bundle = getBundle(db, id)
  const { manifest, keys } = bundle
  const { policy, recall } = inForce
  const { product, securityCounter } = manifest
  const recalled = judgeRecall(recall, recallableOf(manifest, id, keys))
  if (recalled !== undefined) return { id: 'recall', ok: false, ...recalled }
  // A key may have been revoked, or a counter raised, by a policy that came after the bundle.
  const revoked = policy.revokedKeys.find(({ spki }) => keys.includes(spki))
  if (revoked !== undefined) {
    const { spki: detail, reason } = revoked
    return { id: 'revoked', ok: false, code: 'trust.revoked', detail, facts: { reason } }
  }
  const withdrawn = withdrawnHereFault(db, bundle, inForce)
  if (withdrawn !== undefined) return { id: 'withdrawn-here', ok: false, ...withdrawn }
  const floor = floorOf(policy.counters, product)
  if (securityCounter < floor) {
    const facts = { counter: securityCounter, least: floor }
    return { id: 'counter', ok: false, code: 'rollback.counter', detail: `${securityCounter} < ${floor}`, facts }
  }
  return undefined
}
