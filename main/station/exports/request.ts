// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { hex64, uuid, whole } from '../../../shared/formats/scalars.ts'
import type { ReadHandle, WriteHandle } from '../store/open.ts'
import { clearFileSchema } from './clear-store.ts'

const states = ['requested', 'approved', 'rejected', 'voided', 'written'] as const
export type ExportState = (typeof states)[number]

const jsonOf = <T>(schema: z.ZodType<T>) => z.string().transform((text) => schema.parse(JSON.parse(text)))

/** The part of the report that goes into the manifest: counts, versions and digests, never a value. */
export const reportSchema = z.strictObject({
  policyDigest: hex64,
  detectors: z.string(),
  rawRoot: hex64,
  input: z.record(z.string(), whole),
  output: z.record(z.string(), whole),
  rules: z.array(
    z.strictObject({ table: z.string(), field: z.string(), rule: z.string(), action: z.string(), count: whole }),
  ),
  scan: z.strictObject({ result: z.literal('clean'), bytes: whole, version: z.string() }),
})
export type ExportReport = z.infer<typeof reportSchema>

const requestSchema = z.object({
  id: uuid,
  from_ms: z.int(),
  to_ms: z.int(),
  reason: z.string(),
  requested_by: z.string(),
  requested_name: z.string(),
  requested_at: z.int(),
  state: z.enum(states),
  policy_digest: hex64,
  key_id: z.string(),
  content_digest: hex64,
  records_in: whole,
  records_out: whole,
  tables: jsonOf(z.array(clearFileSchema)),
  report: jsonOf(reportSchema),
  decided_by: z.string().nullable(),
  decided_name: z.string().nullable(),
  decided_at: z.int().nullable(),
  decision: z.string().nullable(),
  decision_seq: z.int().nullable(),
  number: z.int().nullable(),
  archive_id: z.string().nullable(),
  previous: z.string().nullable(),
  sha256: z.string().nullable(),
  bytes: z.int().nullable(),
})
/** A request as it is now, with its archive where it has one. */
export type ExportRow = z.infer<typeof requestSchema>

const select = `SELECT export_request.*, number, archive_id, previous, sha256, bytes
  FROM export_request LEFT JOIN export_archive ON export_archive.request = export_request.id`

/** All requests, newest first. */
export const listRequests = (read: ReadHandle): ExportRow[] =>
  read.all(`${select} ORDER BY requested_at DESC, id`).map((row) => requestSchema.parse(row))

/** One request. Error: `not-found`. */
export const readRequest = (read: ReadHandle, id: string): ExportRow => {
  const row = read.get(`${select} WHERE id = ?`, id)
  if (row === undefined) throw new AirlockError('not-found', { export: id })
  return requestSchema.parse(row)
}

/** One request that must be in one of `allowed`. Errors: `not-found`, `export.state`. */
export const requireState = (read: ReadHandle, id: string, ...allowed: readonly ExportState[]): ExportRow => {
  const row = readRequest(read, id)
  if (!allowed.includes(row.state)) throw new AirlockError('export.state', { export: id, state: row.state })
  return row
}

/** What a new request is made of. */
export type NewRequest = Pick<
  ExportRow,
  | 'id'
  | 'from_ms'
  | 'to_ms'
  | 'reason'
  | 'requested_by'
  | 'requested_name'
  | 'requested_at'
  | 'policy_digest'
  | 'key_id'
  | 'content_digest'
  | 'records_in'
  | 'records_out'
  | 'tables'
  | 'report'
>

/** Writes a request in state `requested`. */
export const insertRequest = (tx: WriteHandle, row: NewRequest): void => {
  tx.run(
    `INSERT INTO export_request (id, from_ms, to_ms, reason, requested_by, requested_name, requested_at, state,
      policy_digest, key_id, content_digest, records_in, records_out, tables, report)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'requested', ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.from_ms,
    row.to_ms,
    row.reason,
    row.requested_by,
    row.requested_name,
    row.requested_at,
    row.policy_digest,
    row.key_id,
    row.content_digest,
    row.records_in,
    row.records_out,
    JSON.stringify(row.tables),
    JSON.stringify(row.report),
  )
}

/** A person's decision on a request. */
export type Decision = { readonly personId: string; readonly name: string; readonly at: number; readonly text: string }

/** Moves a request on; undefined: the state alone. */
export const updateRequest = (tx: WriteHandle, id: string, state: ExportState, decision?: Decision): void => {
  tx.run('UPDATE export_request SET state = ? WHERE id = ?', state, id)
  if (decision === undefined) return
  const { personId, name, at, text } = decision
  tx.run(
    'UPDATE export_request SET decided_by = ?, decided_name = ?, decided_at = ?, decision = ? WHERE id = ?',
    personId,
    name,
    at,
    text,
    id,
  )
}

const copySchema = z.object({
  id: uuid,
  number: whole,
  medium: z.string(),
  name: z.string(),
  sha256: hex64,
  bytes: whole,
  person: z.string(),
  written_at: z.int(),
})
/** One copy that left the station. */
export type ExportCopy = z.infer<typeof copySchema>

/** The ledger: of one archive, or of all. */
export const listCopies = (read: ReadHandle, number?: number): ExportCopy[] =>
  (number === undefined
    ? read.all('SELECT * FROM export_copy ORDER BY written_at, id')
    : read.all('SELECT * FROM export_copy WHERE number = ? ORDER BY written_at, id', number)
  ).map((row) => copySchema.parse(row))

/** Adds a copy to the ledger. */
export const insertCopy = (tx: WriteHandle, copy: ExportCopy): void => {
  tx.run(
    `INSERT INTO export_copy (id, number, medium, name, sha256, bytes, person, written_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    copy.id,
    copy.number,
    copy.medium,
    copy.name,
    copy.sha256,
    copy.bytes,
    copy.person,
    copy.written_at,
  )
}

const lastSchema = z.object({ number: whole, archive_id: hex64, audit_size: whole })
export type LastArchive = z.infer<typeof lastSchema>

/** The newest archive of this station, and how far its checkpoint reached; undefined before the first. */
export const lastArchive = (read: ReadHandle): LastArchive | undefined => {
  const row = read.get('SELECT number, archive_id, audit_size FROM export_archive ORDER BY number DESC LIMIT 1')
  return row === undefined ? undefined : lastSchema.parse(row)
}
