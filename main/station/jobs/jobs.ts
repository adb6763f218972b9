// SPDX-License-Identifier: Apache-2.0
import { AirlockError, toAirlockError } from '../../../shared/errors.ts'
import { millis } from '../../../shared/units.ts'
import { stationActor, type Actor, type AuditLog } from '../audit/entry.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Store, WriteHandle } from '../store/open.ts'
import type { JobContext, JobProgress } from './job.ts'
import { createWake, pauseBetweenViews, type Wake } from './wake.ts'
import { endJob, insertJob, listJobs, readJob, runningJobs, type JobState, type JobView } from './rows.ts'

/** Long work that outlives the window that asked for it: started, watched, cancelled, joined again. */
export type Jobs = {
  /**
   * Starts `work`; its id is on disk before this returns, together with what `also` writes: without both nothing begins.
   * The work writes its own audit entries with `corr` = the id.
   */
  start(
    job: { kind: string; subject: string; actor: Actor },
    work: (context: JobContext) => Promise<unknown>,
    also?: (tx: WriteHandle, id: string) => void,
  ): string
  get(id: string): JobView
  list(limit: number): readonly JobView[]
  /** The snapshot at once, then every change, at most five a second, until the job ended or the signal aborts. */
  watch(id: string, emit: (view: JobView) => void, signal: AbortSignal): Promise<void>
  /** Asks the work to stop; it ends as `cancelled` when it has. */
  cancel(id: string): void
  /** Whether anything runs: the station does not stop while it does, unless forced. */
  running(): readonly JobView[]
  /** At start: marks what a crash cut off as interrupted, with one audit entry each, and says which. */
  recover(): readonly JobView[]
}

type Parts = { store: Store; audit: AuditLog; clock: Clock; log: Log }
type Live = { readonly abort: AbortController; progress: JobProgress | null; readonly wake: Wake }

/** Jobs over the station's store. Errors: `job.unknown`. */
export const createJobs = (parts: Parts): Jobs => {
  const { store, clock } = parts
  const live = new Map<string, Live>()
  const get = (id: string): JobView => ({ ...readJob(store.read, id), progress: live.get(id)?.progress ?? null })

  return {
    start({ kind, subject, actor }, work, also) {
      const id = newId()
      store.transact((tx) => {
        insertJob(tx, { id, kind, subject, person: actor.uid, startedAt: clock.now() })
        also?.(tx, id)
      })
      const own: Live = { abort: new AbortController(), progress: null, wake: createWake() }
      live.set(id, own)
      void run(parts, id, own, work).finally(() => {
        live.delete(id)
        own.wake.all()
      })
      return id
    },
    get,
    list: (limit) => listJobs(store.read, limit).map(({ id }) => get(id)),
    async watch(id, emit, signal) {
      let told = live.get(id)?.progress
      emit(get(id))
      for (let own = live.get(id); own !== undefined && !signal.aborted; own = live.get(id)) {
        // What changed in the pause is told at its end: there may be nothing after it for a long time.
        if (own.progress === told) await own.wake.next(signal)
        told = own.progress
        if (!signal.aborted) emit(get(id))
        if (live.has(id)) await pauseBetweenViews(clock, signal)
      }
      if (!signal.aborted) emit(get(id))
    },
    cancel(id) {
      readJob(store.read, id)
      live.get(id)?.abort.abort(new AirlockError('call.cancelled'))
    },
    running: () => [...live.keys()].map(get),
    recover: () => recover(parts),
  }
}

/** Runs the work and writes how it ended; whatever it throws ends here, as a code. */
const run = async (
  parts: Parts,
  id: string,
  own: Live,
  work: (context: JobContext) => Promise<unknown>,
): Promise<void> => {
  const { store, clock, log } = parts
  const end = (state: JobState, code: string | null, result: unknown): void =>
    store.transact((tx) => endJob(tx, { id, state, endedAt: clock.now(), code, result }))
  const progress = (state: JobProgress): void => {
    own.progress = state
    own.wake.all()
  }
  try {
    // A turn of the event loop first: whoever started the job knows its id before anything happens.
    await clock.sleep(millis(0))
    end('done', null, await work({ id, signal: own.abort.signal, progress }))
  } catch (error) {
    const known = toAirlockError(error)
    if (known.code === 'internal') log.error('job.failed', known.cause, { id })
    try {
      end(own.abort.signal.aborted ? 'cancelled' : 'failed', known.code, { details: known.details })
    } catch (unwritten) {
      // The disk takes nothing: other jobs go on, and the next start finds this one without an end.
      log.error('job.unrecorded', unwritten, { id })
    }
  }
}

const recover = ({ store, audit, clock }: Parts): readonly JobView[] =>
  runningJobs(store.read).map((job) => {
    const entry = {
      actor: stationActor,
      action: 'job.interrupted',
      object: { type: job.kind, id: job.id },
      outcome: 'failed',
      reason: 'station.interrupted',
      corr: job.id,
    } as const
    const end = {
      id: job.id,
      state: 'interrupted',
      endedAt: clock.now(),
      code: 'station.interrupted',
      result: null,
    } as const
    audit.change(entry, (tx) => endJob(tx, end))
    return readJob(store.read, job.id)
  })
