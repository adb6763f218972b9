// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { create } from 'zustand'
import { job } from '../../shared/contract/values.ts'
import { AirlockError } from '../../shared/errors.ts'
import { isErrorCode } from '../../shared/error-codes.ts'
import { call, useConnection } from './connection.ts'
import { useSession } from './session.ts'
import { refreshAll } from './station.ts'

export type Job = z.infer<typeof job>

/** Work of the station by its id, as far as this page has looked. A tile subscribes to its own one. */
export const useJobs = create<{ readonly jobs: Readonly<Record<string, Job>> }>(() => ({ jobs: {} }))

const watched = new Map<string, () => void>()

const take = (view: Job): void => {
  useJobs.setState(({ jobs }) => ({ jobs: { ...jobs, [view.id]: view } }))
  if (view.state !== 'running') {
    watched.get(view.id)?.()
    watched.delete(view.id)
    void refreshAll()
  }
}

/** Follows a job until it ends; following it twice is following it once. */
export const watchJob = (jobId: string): void => {
  const { client } = useConnection.getState()
  if (client === undefined || watched.has(jobId)) return
  const stream = client.listen('jobs.watch', { jobId }, take)
  watched.set(jobId, () => stream.dispose())
  // The line or the session is gone: the next sign-in joins again.
  stream.ended.catch(() => watched.delete(jobId))
}

/** Takes up whatever runs: after a start of the page, after a lock. */
export const joinJobs = async (): Promise<void> => {
  const { jobs } = await call('jobs.list', {})
  useJobs.setState((state) => ({ jobs: { ...state.jobs, ...Object.fromEntries(jobs.map((one) => [one.id, one])) } }))
  // Devices are told of by their run, all in one stream.
  for (const { id, kind, state } of jobs) if (state === 'running' && kind !== 'flashing') watchJob(id)
}

useSession.subscribe((now, before) => {
  if (now.person !== undefined && !now.locked && (before.locked || before.person === undefined))
    void joinJobs().catch(() => undefined)
  if (now.locked || now.person === undefined) watched.clear()
})

const faultOf = ({ code, result }: Job): AirlockError => {
  const details = typeof result === 'object' && result !== null && 'details' in result ? result.details : undefined
  const facts: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(typeof details === 'object' && details !== null ? details : {}))
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') facts[key] = value
  return new AirlockError(code !== null && isErrorCode(code) ? code : 'internal', facts)
}

/** Why a job ended badly; undefined while it runs or when it went well. */
export const jobFault = (view: Job): AirlockError | undefined =>
  view.state === 'failed' || view.state === 'cancelled' || view.state === 'interrupted' ? faultOf(view) : undefined

/** Follows a job and waits for its end. Errors: the job's own. */
export const jobEnd = (jobId: string): Promise<Job> => {
  watchJob(jobId)
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const view = useJobs.getState().jobs[jobId]
      if (view === undefined || view.state === 'running') return false
      const fault = jobFault(view)
      if (fault === undefined) resolve(view)
      else reject(fault)
      return true
    }
    if (look()) return
    const stop = useJobs.subscribe(() => {
      if (look()) stop()
    })
  })
}
