// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { runTargetState } from '../../../shared/contract/run-calls.ts'
import { AirlockError, type ErrorDetails } from '../../../shared/errors.ts'
import type { Actor } from '../audit/entry.ts'
import type { ReadHandle, SqlValue, WriteHandle } from '../store/open.ts'

export type TargetState = z.infer<typeof runTargetState>

const json = <T extends z.ZodType>(schema: T) => z.string().transform((text) => schema.parse(JSON.parse(text)))
const actorSchema = z.object({ uid: z.string(), login: z.string(), name: z.string(), role: z.string() })
const labelSchema = z.object({ model: z.string(), serial: z.string(), hardware: z.string().optional() })
const shownSchema = z.object({ model: z.string(), serial: z.string() })
const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const runSchema = z.object({
  id: z.string(),
  bundle: z.string(),
  product: z.string(),
  version: z.string(),
  state: z.enum(['going', 'paused', 'interrupted', 'ended']),
  startedAt: z.int(),
  endedAt: z.int().nullable(),
})

const targetSchema = z.object({
  n: z.int(),
  port: z.string(),
  turn: z.int(),
  state: runTargetState,
  /** Under whose name it is written. */
  actor: json(actorSchema),
  label: json(labelSchema).nullable(),
  /** Which device the bench showed at this port. */
  shown: json(shownSchema).nullable(),
  job: z.string().nullable(),
  code: z.string().nullable(),
  details: json(detailsSchema).nullable(),
  startedAt: z.int().nullable(),
  endedAt: z.int().nullable(),
  stage: z.string().nullable(),
  units: z.int().nullable(),
  unitsDone: z.int().nullable(),
  versionBefore: z.string().nullable(),
  serial: z.string().nullable(),
  model: z.string().nullable(),
  hardware: z.string().nullable(),
})

/** A run as it stands on disk. Times in ms UTC. */
export type RunRow = Readonly<z.infer<typeof runSchema>>
/** One device of a run, with what its newest flash job knows of it. */
export type TargetRow = Readonly<z.infer<typeof targetSchema>>
/** What a person has read on a device. */
export type Label = z.infer<typeof labelSchema>
/** A device to write. */
export type Target = {
  readonly port: string
  readonly label?: Label | undefined
  /** Which device the bench showed there: another one is not written. */
  readonly shown?: z.infer<typeof shownSchema> | undefined
}

const runColumns = 'id, bundle, product, version, state, started_at AS startedAt, ended_at AS endedAt'

/** The run that is not ended, or undefined. */
export const openRun = (db: ReadHandle): RunRow | undefined => {
  const row = db.get(`SELECT ${runColumns} FROM run WHERE state <> 'ended'`)
  return row === undefined ? undefined : runSchema.parse(row)
}

/** One run, ended or not. Errors: `run.none`. */
export const getRun = (db: ReadHandle, id: string): RunRow => {
  const row = db.get(`SELECT ${runColumns} FROM run WHERE id = ?`, id)
  if (row === undefined) throw new AirlockError('run.none')
  return runSchema.parse(row)
}

/** The newest runs, the newest first. */
export const listRuns = (db: ReadHandle, limit: number): RunRow[] =>
  db
    .all(`SELECT ${runColumns} FROM run ORDER BY started_at DESC, rowid DESC LIMIT ?`, limit)
    .map((row) => runSchema.parse(row))

/** Every target of a run in the order in which they came, also those whose port has another device by now. */
export const targetsOf = (db: ReadHandle, run: string): TargetRow[] =>
  db
    .all(
      `SELECT t.n, t.port, t.turn, t.state, t.actor, t.label, t.shown, t.job, t.code, t.details, t.started_at AS startedAt,
         t.ended_at AS endedAt, f.state AS stage, f.units, f.units_done AS unitsDone, f.version_before AS versionBefore,
         d.serial, d.model, d.hardware
       FROM run_target t LEFT JOIN flash_job f ON f.id = t.job LEFT JOIN device d ON d.id = f.device
       WHERE t.run = ? ORDER BY t.n`,
      run,
    )
    .map((row) => targetSchema.parse(row))

/** Who has worked on a run, in the order in which they came. */
export const peopleOf = (db: ReadHandle, run: string): { id: string; name: string }[] =>
  z
    .array(z.object({ id: z.string(), name: z.string() }))
    .parse(db.all('SELECT person AS id, name FROM run_person WHERE run = ? ORDER BY since, rowid', run))

/** Writes a run that begins. */
export const insertRun = (
  tx: WriteHandle,
  { id, bundle, product, version, startedAt }: Omit<RunRow, 'state' | 'endedAt'>,
): void => {
  const sql = "INSERT INTO run (id, bundle, product, version, state, started_at) VALUES (?, ?, ?, ?, 'going', ?)"
  tx.run(sql, id, bundle, product, version, startedAt)
}

/** Who works on a run is named in it, once. */
export const joinRun = (tx: WriteHandle, run: string, { uid, name }: Actor, since: number): void => {
  const sql = 'INSERT INTO run_person (run, person, name, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
  tx.run(sql, run, uid, name, since)
}

/** Changes a run's state; `endedAt` with the last one. */
export const setRunState = (tx: WriteHandle, id: string, state: RunRow['state'], endedAt: number | null = null): void =>
  void tx.run('UPDATE run SET state = ?, ended_at = ? WHERE id = ?', state, endedAt, id)

/** Puts devices at the end of the line. */
export const insertTargets = (tx: WriteHandle, run: string, targets: readonly Target[], actor: Actor): void => {
  for (const { port, label, shown } of targets)
    tx.run(
      `INSERT INTO run_target (run, n, port, turn, state, actor, label, shown)
       SELECT ?, coalesce(max(n), 0) + 1, ?, coalesce(max(turn), 0) + 1, 'waiting', ?, ?, ? FROM run_target WHERE run = ?`,
      run,
      port,
      JSON.stringify(actor),
      label === undefined ? null : JSON.stringify(label),
      shown === undefined ? null : JSON.stringify(shown),
      run,
    )
}

/** What may change in a target, under the names of its columns. */
export type TargetChange = {
  readonly state: TargetState
  readonly turn?: number
  readonly actor?: Actor
  readonly label?: Label
  readonly job?: string
  readonly code?: string | null
  readonly details?: ErrorDetails | null
  readonly started_at?: number
  readonly ended_at?: number | null
}

const stored = (value: TargetChange[keyof TargetChange]): SqlValue =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null)

/** Changes a target; the keys are column names of this file, never of a caller's data. */
export const updateTarget = (tx: WriteHandle, run: string, n: number, change: TargetChange): void => {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined)
  const assignments = entries.map(([column]) => `${column} = ?`).join(', ')
  tx.run(`UPDATE run_target SET ${assignments} WHERE run = ? AND n = ?`, ...entries.map(([, v]) => stored(v)), run, n)
}
