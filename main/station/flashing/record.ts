// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError, type ErrorDetails } from '../../../shared/errors.ts'
import { checkSchema, errorCodeSchema, type Check } from '../../../shared/verdict.ts'
import { placeOf } from '../devices/ports.ts'
import { portIdentitySchema, type PortIdentity } from '../devices/transport.ts'
import type { ReadHandle, SqlValue, WriteHandle } from '../store/open.ts'

/** The last step that a job has begun. In `write` and `verify` the device has no application that can be trusted. */
export const flashStates = ['check', 'identify', 'write', 'verify', 'reset', 'confirm', 'done'] as const
export type FlashState = (typeof flashStates)[number]

const json = <T extends z.ZodType>(schema: T) => z.string().transform((text) => schema.parse(JSON.parse(text)))
const recoverySchema = z.object({ fault: z.string(), at: z.int(), attempt: z.int() })
const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const recordSchema = z.object({
  id: z.string(),
  bundle: z.string(),
  product: z.string(),
  version: z.string(),
  counter: z.int(),
  port: json(portIdentitySchema),
  person: z.string(),
  personName: z.string(),
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  state: z.enum(flashStates),
  outcome: z.enum(['done', 'refused', 'failed', 'cancelled', 'interrupted']).nullable(),
  code: errorCodeSchema.nullable(),
  details: json(detailsSchema).nullable(),
  payload: z.string().nullable(),
  imageSha256: z.string().nullable(),
  profile: z.string().nullable(),
  device: z.string().nullable(),
  versionBefore: z.string().nullable(),
  loader: z.string().nullable(),
  units: z.int().nullable(),
  unitsDone: z.int(),
  written: z.int().nullable(),
  skipped: z.int().nullable(),
  readBack: z.string().nullable(),
  recoveries: json(z.array(recoverySchema)),
  checks: json(z.array(checkSchema)),
})

/**
 * What stays of a flash: who, when, which bytes, which device, what went wrong and was mended, and the digest of what
 * was read back, which has to be that of the image, without the padding of pages. Digests are lower-case hex SHA-256; times are ms UTC.
 */
export type FlashRecord = Readonly<z.infer<typeof recordSchema>>

const columns = `id, bundle, product, version, counter, port, person, person_name AS personName, started_at AS startedAt,
  ended_at AS endedAt, state, outcome, code, details, payload, image_sha256 AS imageSha256, profile, device, version_before AS versionBefore, loader,
  units, units_done AS unitsDone, written, skipped, read_back AS readBack, recoveries, checks`

/** One record. Errors: `job.unknown`. */
export const getRecord = (db: ReadHandle, id: string): FlashRecord => {
  const row = db.get(`SELECT ${columns} FROM flash_job WHERE id = ?`, id)
  if (row === undefined) throw new AirlockError('job.unknown', { id })
  return recordSchema.parse(row)
}

/** Written, read back, and it says the new version. A device that had the version already was not updated. */
export const wasUpdated = ({ outcome, written }: Pick<FlashRecord, 'outcome' | 'written'>): boolean =>
  outcome === 'done' && written !== 0

/** Records that ended in a time span (ms UTC, end excluded), oldest first: none is between two spans that touch. */
export const listEnded = (db: ReadHandle, from: number, to: number): FlashRecord[] =>
  db
    .all(`SELECT ${columns} FROM flash_job WHERE ended_at >= ? AND ended_at < ? ORDER BY ended_at, id`, from, to)
    .map((row) => recordSchema.parse(row))

/** Records without an end: running now, or cut off by a crash. */
export const openRecords = (db: ReadHandle): FlashRecord[] =>
  db.all(`SELECT ${columns} FROM flash_job WHERE outcome IS NULL ORDER BY id`).map((row) => recordSchema.parse(row))

/** What a failed job's wire carried last, as text; null where nothing was kept. */
export const traceOf = (db: ReadHandle, id: string): string | null =>
  z
    .object({ trace: z.string().nullable() })
    .parse(db.get('SELECT trace FROM flash_job WHERE id = ?', id) ?? { trace: null }).trace

/** By the order in which jobs began: the clock may have been set back since. */
const lastWrite = (
  db: ReadHandle,
  column: 'place' | 'device',
  value: string | null,
  which = 'outcome IS NOT NULL',
): FlashRecord | undefined => {
  const row = db.get(
    `SELECT ${columns} FROM flash_job
     WHERE ${column} = ? AND ${which} AND state IN ('write', 'verify', 'reset', 'confirm', 'done')
     ORDER BY rowid DESC LIMIT 1`,
    value,
  )
  return row === undefined ? undefined : recordSchema.parse(row)
}

/** The newest ended job at a place that had begun to write: what the device there was left with. */
export const lastWriteAt = (db: ReadHandle, port: PortIdentity): FlashRecord | undefined =>
  lastWrite(db, 'place', placeOf(port) ?? null)

/** The newest ended job that had begun to write to a device, wherever it was. */
export const lastWriteTo = (db: ReadHandle, device: string): FlashRecord | undefined => lastWrite(db, 'device', device)

/** What a person does next, and that it is safe: start again, start again and it goes on by comparing, or just look. */
export type NextStep = 'start-again' | 'continue' | 'check-version' | 'none'

/** The next step after a job that has ended, by the last step that it had begun. */
export const nextStep = ({ state }: Pick<FlashRecord, 'state'>): NextStep => {
  if (state === 'check' || state === 'identify') return 'start-again'
  if (state === 'write' || state === 'verify') return 'continue'
  return state === 'done' ? 'none' : 'check-version'
}

/**
 * Whether the newest writing at a place has left a device there that is half written, or is still at it: while its job
 * waits for the plug, the port is nobody's. Opening the port would restart the device with what stands in it; whether
 * another device has come since, nobody can tell without that.
 */
export const isHalfWrittenAt = (db: ReadHandle, port: PortIdentity): boolean => {
  const last = lastWrite(db, 'place', placeOf(port) ?? null, 'TRUE')
  return last !== undefined && nextStep(last) === 'continue'
}

/** A new record in its first state. */
export const insertRecord = (
  tx: WriteHandle,
  start: Pick<
    FlashRecord,
    'id' | 'bundle' | 'product' | 'version' | 'counter' | 'person' | 'personName' | 'startedAt'
  > & {
    readonly port: PortIdentity
  },
): void => {
  tx.run(
    `INSERT INTO flash_job (id, bundle, product, version, counter, port, place, person, person_name, started_at, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'check')`,
    start.id,
    start.bundle,
    start.product,
    start.version,
    start.counter,
    JSON.stringify(start.port),
    placeOf(start.port) ?? null,
    start.person,
    start.personName,
    start.startedAt,
  )
}

/** What may change in a record, under the names of its columns. */
type Change = {
  readonly state?: FlashState
  readonly outcome?: NonNullable<FlashRecord['outcome']>
  readonly ended_at?: number
  readonly code?: string
  readonly details?: ErrorDetails
  readonly payload?: string
  readonly image_sha256?: string
  readonly profile?: string
  readonly device?: string
  readonly version_before?: string | null
  readonly loader?: string
  readonly units?: number
  readonly units_done?: number
  readonly written?: number
  readonly skipped?: number
  readonly read_back?: string
  readonly recoveries?: readonly object[]
  readonly checks?: readonly Check[]
  readonly trace?: string
  readonly port?: PortIdentity
  readonly place?: string | null
}

const stored = (value: Change[keyof Change]): SqlValue =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null)

/** Changes a record; the keys are column names of this file, never of a caller's data. */
export const updateRecord = (tx: WriteHandle, id: string, change: Change): void => {
  const entries = Object.entries(change)
  const assignments = entries.map(([column]) => `${column} = ?`).join(', ')
  tx.run(`UPDATE flash_job SET ${assignments} WHERE id = ?`, ...entries.map(([, value]) => stored(value)), id)
}
