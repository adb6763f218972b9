// SPDX-License-Identifier: Apache-2.0
/** The manifest of a telemetry archive (docs/formats/telemetry-archive.md, manifest). */
import { z } from 'zod'
import { hex64, name, payloadPath, text, time, timeMs, uuid, whole } from './scalars.ts'

/** What a table of an archive is called; also the order in which they stand in it. */
export const tableNames = ['crashes', 'deploys', 'events', 'points', 'receipts', 'sessions'] as const
export const tableName = z.enum(tableNames)
export type TableName = z.infer<typeof tableName>

/** Path of a table's clear bytes: what is approved, and what a stranger gets behind `age -d` and `zstd -d`. */
export const clearPath = (table: TableName): string => `${table}.ndjson`

/** Path of a table inside the envelope. */
export const encryptedPath = (table: TableName): string => `payload/${table}.ndjson.zst.age`

/** One table: `size` and `sha256` are those of the encrypted file, the `clear` ones those of the NDJSON inside. */
const payload = z
  .strictObject({
    table: tableName,
    path: payloadPath,
    size: whole.min(1),
    sha256: hex64,
    clearSize: whole,
    clearSha256: hex64,
    records: whole,
  })
  .refine(({ table, path }) => path === encryptedPath(table))
export type ArchivePayload = z.infer<typeof payload>

/** RFC 6962 inclusion of an audit entry in the tree of the manifest's checkpoint; the entry itself stays on site. */
const inclusion = z.strictObject({ index: whole, size: whole.min(1), leaf: hex64, proof: z.array(hex64).max(64) })

/** Who let these bytes out: a pseudonym, what the signature means, when, over which content. */
const approval = z.strictObject({
  person: text,
  meaning: z.literal('approved'),
  time,
  contentDigest: hex64,
  inclusion: inclusion.optional(),
})

/** How often a rule acted on a field; never the values. */
const ruleCount = z.strictObject({ table: text, field: text, rule: text, action: text, count: whole })

/** Proof of removal: counts, versions and digests. `rawRoot` is a salted Merkle root of the records before cleaning. */
const sanitization = z.strictObject({
  policyDigest: hex64,
  detectors: text.optional(),
  rawRoot: hex64.optional(),
  input: z.partialRecord(tableName, whole),
  output: z.partialRecord(tableName, whole),
  rules: z.array(ruleCount).max(4096),
  scan: z.strictObject({ result: z.literal('clean'), bytes: whole, version: text }),
})

/**
 * The newest signed head of the station's audit log (C2SP checkpoint) and the key (vkey line) that it opens with;
 * `consistency` proves that it extends the head of `from` entries that an earlier archive brought.
 */
const audit = z.strictObject({
  checkpoint: z.string().min(1).max(4096),
  key: text,
  consistency: z.strictObject({ from: whole.min(1), proof: z.array(hex64).max(64) }).optional(),
})

/** `airlock.telemetry`, schema 1. The archive's id is the SHA-256 of the manifest's bytes. */
export const telemetryManifestSchema = z
  .strictObject({
    kind: z.literal('airlock.telemetry'),
    schema: z.literal(1),
    exportId: uuid,
    site: name,
    station: uuid,
    pseudonymKey: name,
    number: whole.min(1),
    previous: hex64.nullable(),
    createdAt: time,
    range: z.strictObject({ from: time, to: time }),
    trustPolicy: whole.min(1),
    contentDigest: hex64,
    approval,
    sanitization,
    audit,
    payloads: z.array(payload).min(1).max(tableNames.length),
  })
  .refine(({ range }) => timeMs(range.from) <= timeMs(range.to))
  .refine(({ number, previous }) => (number === 1) === (previous === null))
  .refine(({ payloads }) => payloads.every(({ path }, index) => path > (payloads[index - 1]?.path ?? '')))
export type TelemetryManifest = z.infer<typeof telemetryManifestSchema>
