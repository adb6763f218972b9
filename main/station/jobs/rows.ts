// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { ReadHandle, WriteHandle } from '../store/open.ts'
import type { JobProgress } from './job.ts'

const rowSchema = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  person: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  started_at: z.number(),
  ended_at: z.number().nullable(),
  code: z.string().nullable(),
  result: z.string().nullable(),
})

export type JobState = z.infer<typeof rowSchema>['state']

/** A job as a watcher sees it: what is on disk, and how far it is. Times in ms UTC. */
export type JobView = {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly person: string
  readonly state: JobState
  readonly startedAt: number
  readonly endedAt: number | null
  readonly code: string | null
  readonly result: unknown
  readonly progress: JobProgress | null
}

const toView = (raw: unknown): JobView => {
  const { started_at: startedAt, ended_at: endedAt, result, ...same } = rowSchema.parse(raw)
  const parsed: unknown = result === null ? null : JSON.parse(result)
  return { ...same, startedAt, endedAt, result: parsed, progress: null }
}

/** One job. Errors: `job.unknown`. */
export const readJob = (read: ReadHandle, id: string): JobView => {
  const row = read.get('SELECT * FROM job WHERE id = ?', id)
  if (row === undefined) throw new AirlockError('job.unknown', { id })
  return toView(row)
}

/** The newest jobs first. */
export const listJobs = (read: ReadHandle, limit: number): JobView[] =>
  read.all('SELECT * FROM job ORDER BY started_at DESC, id LIMIT ?', limit).map(toView)

/** Jobs that the file says are running. */
export const runningJobs = (read: ReadHandle): JobView[] =>
  read.all("SELECT * FROM job WHERE state = 'running' ORDER BY started_at, id").map(toView)

/** Writes a job that starts now. */
export const insertJob = (
  tx: WriteHandle,
  job: { id: string; kind: string; subject: string; person: string; startedAt: number },
): void => {
  const sql = "INSERT INTO job (id, kind, subject, person, state, started_at) VALUES (?, ?, ?, ?, 'running', ?)"
  tx.run(sql, job.id, job.kind, job.subject, job.person, job.startedAt)
}

/** Writes how a job ended. */
export const endJob = (
  tx: WriteHandle,
  end: { id: string; state: JobState; endedAt: number; code: string | null; result: unknown },
): void => {
  const result = end.result === undefined ? null : JSON.stringify(end.result)
  const sql = 'UPDATE job SET state = ?, ended_at = ?, code = ?, result = ? WHERE id = ?'
  tx.run(sql, end.state, end.endedAt, end.code, result, end.id)
}
