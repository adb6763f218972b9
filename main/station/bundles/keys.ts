// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { hex64 } from '../../../shared/formats/scalars.ts'
import type { ReadHandle } from '../store/open.ts'
import { verifyCms } from '../trust/cms.ts'
import { namesBehind } from '../trust/common-name.ts'

const usedRow = z.object({ spki: hex64, id: hex64, product: z.string(), version: z.string() })
type Used = Omit<z.infer<typeof usedRow>, 'spki'>

/** Bundles of the library by each key that signed them or stands behind a signer. */
export const bundlesByKey = (db: ReadHandle): ReadonlyMap<string, readonly Used[]> => {
  const found = new Map<string, Used[]>()
  const rows = db.all(`SELECT spki, id, product, version FROM bundle_key JOIN bundle ON bundle.id = bundle_key.bundle
    ORDER BY imported_at DESC`)
  for (const row of rows) {
    const { spki, ...bundle } = usedRow.parse(row)
    found.set(spki, [...(found.get(spki) ?? []), bundle])
  }
  return found
}

const signatureRow = z.object({ bytes: z.instanceof(Uint8Array), manifest: z.instanceof(Uint8Array) })

/**
 * What the keys behind the library's signatures call themselves. Each is looked up in one signature: the newest bundle
 * that it signed.
 */
export const namesOfKeys = (db: ReadHandle): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  const rows = db.all(`SELECT bytes, manifest FROM bundle_signature JOIN bundle ON bundle.id = bundle_signature.bundle
    WHERE bundle_signature.name LIKE '%.p7s' AND bundle.id IN
      (SELECT (SELECT bundle FROM bundle_key AS k JOIN bundle AS b ON b.id = k.bundle WHERE k.spki = bundle_key.spki
        ORDER BY b.imported_at DESC LIMIT 1) FROM bundle_key GROUP BY spki)`)
  for (const row of rows) {
    const { bytes, manifest } = signatureRow.parse(row)
    const checked = verifyCms(bytes, manifest)
    if (!checked.ok) continue
    for (const [key, name] of namesBehind(checked.signer)) if (!names.has(key)) names.set(key, name)
  }
  return names
}
