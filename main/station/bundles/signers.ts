// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle } from '../store/open.ts'
import { verifyCms } from '../trust/cms.ts'
import { commonNameOf } from '../trust/common-name.ts'

const stored = z.object({ role: z.string(), bytes: z.instanceof(Uint8Array), manifest: z.instanceof(Uint8Array) })

/** Who signed an imported bundle, in the order of the files. Counter-signatures without a certificate name nobody. */
export const signersOf = (db: ReadHandle, bundle: string): { role: string; name: string | null }[] =>
  db
    .all(
      `SELECT s.role, s.bytes, b.manifest FROM bundle_signature s JOIN bundle b ON b.id = s.bundle
       WHERE s.bundle = ? ORDER BY s.name`,
      bundle,
    )
    .flatMap((row) => {
      const { role, bytes, manifest } = stored.parse(row)
      const signed = verifyCms(bytes, manifest)
      return signed.ok ? [{ role, name: commonNameOf(signed.signer.certificate) ?? null }] : []
    })
