// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { parseCanonical } from '../../../shared/formats/canonical-json.ts'
import { firmwareSchema, type FirmwareManifest } from '../../../shared/formats/firmware.ts'
import { hex64 } from '../../../shared/formats/scalars.ts'
import type { ReadHandle, WriteHandle } from '../store/open.ts'
import { sha256Hex } from '../trust/certificate.ts'
import { keysBehind } from '../trust/standing.ts'
import type { Opened } from './open-envelope.ts'

/** An imported bundle as lists show it. `id` is the SHA-256 of its manifest; times are milliseconds UTC. */
export type Bundle = z.infer<typeof bundleRow>

/** An imported bundle with all that was signed; each payload lies in the vault under its `sha256`. */
export type BundleDetails = Bundle & {
  readonly manifest: FirmwareManifest
  readonly signatures: readonly { readonly name: string; readonly role: string }[]
  /** Keys of its signers and of the CAs that made their certificates, for recall lists. */
  readonly keys: readonly string[]
}

/** What an import knows beside the bundle itself. */
export type ImportFacts = {
  readonly policyVersion: number
  readonly signedAt: number
  readonly fileName: string
  readonly medium: string
  readonly importedAt: number
  readonly importedBy: string
}

const bundleRow = z.strictObject({
  id: hex64,
  bundleId: z.string(),
  vendor: z.string(),
  product: z.string(),
  channel: z.string(),
  version: z.string(),
  securityCounter: z.number().int(),
  importedAt: z.number().int(),
})

const columns =
  'id, bundle_id AS bundleId, vendor, product, channel, version, security_counter AS securityCounter, imported_at AS importedAt'

/** Writes an accepted bundle; its contents are in the vault already. */
export const insertBundle = (tx: WriteHandle, opened: Opened<FirmwareManifest>, facts: ImportFacts): void => {
  const { manifest, digest, head } = opened
  tx.run(
    `INSERT INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    digest,
    manifest.bundleId,
    manifest.vendor,
    manifest.product,
    manifest.channel,
    manifest.version,
    manifest.securityCounter,
    facts.policyVersion,
    facts.signedAt,
    head.manifest,
    facts.fileName,
    facts.medium,
    facts.importedAt,
    facts.importedBy,
  )
  insertSignatures(tx, opened)
  for (const { path, sha256, size } of [...manifest.payloads, ...manifest.evidence]) {
    tx.run('INSERT INTO bundle_content VALUES (?, ?, ?, ?)', digest, path, sha256, size)
  }
}

const insertSignatures = (tx: WriteHandle, { digest, head, signatures }: Opened<FirmwareManifest>): void => {
  for (const { name, role, bytes } of [...head.cms, ...head.pq]) {
    tx.run('INSERT INTO bundle_signature VALUES (?, ?, ?, ?)', digest, name, role, bytes)
  }
  for (const spki of new Set(signatures.flatMap(({ signer }) => keysBehind(signer))))
    tx.run('INSERT INTO bundle_key VALUES (?, ?)', digest, spki)
}

/** Puts a bundle's new signatures in the place of those that do not count any more, which are kept as past ones. */
export const renewSignatures = (
  tx: WriteHandle,
  opened: Opened<FirmwareManifest>,
  { signedAt, importedAt }: Pick<ImportFacts, 'signedAt' | 'importedAt'>,
): void => {
  const { digest } = opened
  tx.run(
    `INSERT INTO bundle_signature_past SELECT bundle, ?, name, role, bytes FROM bundle_signature WHERE bundle = ?`,
    importedAt,
    digest,
  )
  tx.run('DELETE FROM bundle_signature WHERE bundle = ?', digest)
  tx.run('DELETE FROM bundle_key WHERE bundle = ?', digest)
  insertSignatures(tx, opened)
  tx.run('UPDATE bundle SET signed_at = max(signed_at, ?) WHERE id = ?', signedAt, digest)
}

/** Every imported bundle, the newest first. */
export const listBundles = (db: ReadHandle): Bundle[] =>
  db.all(`SELECT ${columns} FROM bundle ORDER BY imported_at DESC, id`).map((row) => bundleRow.parse(row))

/** One bundle by the SHA-256 of its manifest; undefined: not imported. */
export const findBundle = (db: ReadHandle, id: string): Bundle | undefined => {
  const row = db.get(`SELECT ${columns} FROM bundle WHERE id = ?`, id)
  return row === undefined ? undefined : bundleRow.parse(row)
}

/** One bundle with its manifest, signatures and keys. Errors: `not-found`, `payload.digest` (the stored manifest was changed). */
export const getBundle = (db: ReadHandle, id: string): BundleDetails => {
  const bundle = findBundle(db, id)
  if (bundle === undefined) throw new AirlockError('not-found', { bundle: id })
  const stored = z
    .object({ manifest: z.instanceof(Uint8Array) })
    .parse(db.get('SELECT manifest FROM bundle WHERE id = ?', id))
  const parsed = parseCanonical(stored.manifest)
  if (sha256Hex(stored.manifest) !== id || !parsed.ok) throw new AirlockError('payload.digest', { bundle: id })
  return {
    ...bundle,
    manifest: firmwareSchema.parse(parsed.value),
    signatures: db
      .all('SELECT name, role FROM bundle_signature WHERE bundle = ? ORDER BY name', id)
      .map((row) => z.object({ name: z.string(), role: z.string() }).parse(row)),
    keys: db
      .all('SELECT spki FROM bundle_key WHERE bundle = ? ORDER BY spki', id)
      .map((row) => z.object({ spki: hex64 }).parse(row).spki),
  }
}

/** The newest signing time that any accepted bundle bore, milliseconds UTC; undefined without a bundle. */
export const lastSignedTime = (db: ReadHandle): number | undefined =>
  z.object({ at: z.number().nullable() }).parse(db.get('SELECT max(signed_at) AS at FROM bundle')).at ?? undefined

/** Whether a bundle names the content; what none names is a leftover. */
export const isNamedContent = (db: ReadHandle, sha256: string): boolean =>
  db.get('SELECT 1 FROM bundle_content WHERE sha256 = ? LIMIT 1', sha256) !== undefined
