// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import { verifyCms } from '../trust/cms.ts'
import { commonNameOf } from '../trust/common-name.ts'

const stored = z.object({ role: z.string(), bytes: z.instanceof(Uint8Array), manifest: z.instanceof(Uint8Array) })

/**
 * Who signed an imported bundle, in the order of the files: by the signatures of now, or by those of a moment (milliseconds
 * UTC). Counter-signatures without a certificate name nobody.
 */
export const signersOf = (db: ReadHandle, bundle: string, at?: number): { role: string; name: string | null }[] =>
  (at === undefined ? current(db, bundle) : (past(db, bundle, at) ?? current(db, bundle))).flatMap((row) => {
    const { role, bytes, manifest } = stored.parse(row)
    const signed = verifyCms(bytes, manifest)
    return signed.ok ? [{ role, name: commonNameOf(signed.signer.certificate) ?? null }] : []
  })

const current = (db: ReadHandle, bundle: string): unknown[] =>
  db.all(
    `SELECT s.role, s.bytes, b.manifest FROM bundle_signature s JOIN bundle b ON b.id = s.bundle
      WHERE s.bundle = ? ORDER BY s.name`,
    bundle,
  )

const past = (db: ReadHandle, bundle: string, at: number): unknown[] | undefined => {
  const rows = db.all(
    `SELECT s.role, s.bytes, b.manifest FROM bundle_signature_past s JOIN bundle b ON b.id = s.bundle
      WHERE s.bundle = ? AND s.until_ms = (SELECT min(until_ms) FROM bundle_signature_past WHERE bundle = s.bundle
        AND until_ms > ?) ORDER BY s.name`,
    bundle,
    at,
  )
  return rows.length === 0 ? undefined : rows
}
