// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { canonicalBytes } from '../../../shared/formats/canonical-json.ts'
import {
  clearPath,
  encryptedPath,
  tableNames,
  telemetryManifestSchema,
  type ArchivePayload,
  type TableName,
  type TelemetryManifest,
} from '../../../shared/formats/telemetry-archive.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { makeFolder, remove } from '../platform/files.ts'
import { clearDigest, digestOfList, type ClearTable } from './archive/clear-table.ts'
import { encryptTable } from './archive/encrypt-table.ts'
import { writeArchiveFile } from './archive/write-file.ts'

/** Everything in the manifest that does not follow from the tables. */
export type ArchiveFacts = Omit<TelemetryManifest, 'kind' | 'schema' | 'contentDigest' | 'payloads'>

export type ArchiveRequest = {
  readonly tables: readonly ClearTable[]
  readonly facts: ArchiveFacts
  /** The trust policy's `recipients`: age X25519 keys (`age1…`). */
  readonly recipients: readonly string[]
  /** CMS SignedData (DER) over the manifest's bytes by the station's key, as role `station`. */
  sign(manifest: Uint8Array): Uint8Array | Promise<Uint8Array>
  /** A folder for the encrypted tables while they are made; it must not exist, and is gone afterwards. */
  readonly staging: string
  /** The finished file; it must not exist. */
  readonly out: string
}

/** `archiveId` is the SHA-256 of the manifest: the `previous` of the station's next archive. */
export type BuiltArchive = {
  readonly archiveId: string
  readonly manifest: TelemetryManifest
  readonly size: number
  readonly sha256: string
}

/**
 * Compresses, encrypts and signs approved tables into one `.airtlm` file (docs/formats/telemetry-archive.md), in memory
 * that does not grow with them. The file is on the disk when this returns; when it throws, there is none.
 * Errors: `export.changed` (the tables are not those that were approved), `export.no-recipient`, `export.nothing`.
 */
export const buildArchive = async (request: ArchiveRequest): Promise<BuiltArchive> => {
  const { facts, staging, out } = request
  if (request.tables.length === 0) throw new AirlockError('export.nothing')
  makeFolder(staging)
  try {
    const payloads: ArchivePayload[] = []
    for (const table of tableNames) {
      const content = request.tables.find(({ path }) => path === clearPath(table))
      if (content !== undefined) payloads.push(await stageTable(table, content, request))
    }
    if (payloads.length !== request.tables.length) throw new AirlockError('internal', { what: 'an unknown table' })
    const digest = contentDigestOf(payloads)
    if (digest !== facts.approval.contentDigest) throw new AirlockError('export.changed')
    const manifest = telemetryManifestSchema.parse({
      ...facts,
      kind: 'airlock.telemetry',
      schema: 1,
      contentDigest: digest,
      payloads,
    })
    const bytes = canonicalBytes(manifest)
    const signature = await request.sign(bytes)
    const files = payloads.map(({ table, path, size }) => ({ name: path, size, file: join(staging, table) }))
    const written = writeArchiveFile(out, bytes, signature, files)
    return { archiveId: createHash('sha256').update(bytes).digest('hex'), manifest, ...written }
  } finally {
    remove(staging)
  }
}

/**
 * What a person approves: SHA-256 (hex) of the canonical list of clear paths and their digests; the same whatever the
 * order of the tables (docs/formats/telemetry-archive.md, content digest).
 */
export const contentDigest = (tables: readonly Pick<ClearTable, 'path' | 'bytes'>[]): string =>
  digestOfList(tables.map(clearDigest))

/** The content digest that the clear digests of a manifest's payloads give. */
export const contentDigestOf = (payloads: readonly Pick<ArchivePayload, 'table' | 'clearSha256'>[]): string =>
  digestOfList(payloads.map(({ table, clearSha256 }) => ({ path: clearPath(table), sha256: clearSha256 })))

const stageTable = async (table: TableName, content: ClearTable, request: ArchiveRequest): Promise<ArchivePayload> => {
  const { clear, encrypted } = await encryptTable(content, request.recipients, join(request.staging, table))
  return {
    table,
    path: encryptedPath(table),
    ...encrypted,
    clearSize: clear.size,
    clearSha256: clear.sha256,
    records: content.records,
  }
}
