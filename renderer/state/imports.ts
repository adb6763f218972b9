// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { create } from 'zustand'
import { importResult } from '../../shared/contract/values.ts'
import { call } from './connection.ts'
import { jobFault, useJobs, watchJob, type Job } from './jobs.ts'
import type { AirlockError } from '../../shared/errors.ts'

export type ImportResult = z.infer<typeof importResult>

/** Imports of this page by drive and file name: which job does it. */
export const useImports = create<{ readonly jobs: Readonly<Record<string, string>> }>(() => ({ jobs: {} }))

const keyOf = (driveId: string, name: string): string => `${driveId}/${name}`

/** Starts an import; the station checks everything before it keeps anything. */
export const startImport = async (driveId: string, name: string): Promise<void> => {
  const { jobId } = await call('bundles.import', { driveId, name })
  useImports.setState(({ jobs }) => ({ jobs: { ...jobs, [keyOf(driveId, name)]: jobId } }))
  watchJob(jobId)
}

/** How an import stands. */
export type ImportState =
  | { readonly kind: 'new' }
  | { readonly kind: 'running'; readonly part: number }
  | { readonly kind: 'accepted'; readonly result: ImportResult }
  | { readonly kind: 'refused'; readonly result: ImportResult }
  | { readonly kind: 'failed'; readonly fault: AirlockError }

/** What a job of an import says; a file without a job was not looked at yet. */
export const importState = (job: Job | undefined): ImportState => {
  if (job === undefined) return { kind: 'new' }
  const { progress } = job
  if (job.state === 'running')
    return {
      kind: 'running',
      part: progress?.total === undefined ? 0 : (progress.done ?? 0) / Math.max(1, progress.total),
    }
  const fault = jobFault(job)
  if (fault !== undefined) return { kind: 'failed', fault }
  const result = importResult.parse(job.result)
  return { kind: result.verdict.verdict, result }
}

/** How the import of one file stands. */
export const useImport = (driveId: string, name: string): ImportState => {
  const jobId = useImports(({ jobs }) => jobs[keyOf(driveId, name)])
  const job = useJobs(({ jobs }) => (jobId === undefined ? undefined : jobs[jobId]))
  return jobId !== undefined && job === undefined ? { kind: 'running', part: 0 } : importState(job)
}
