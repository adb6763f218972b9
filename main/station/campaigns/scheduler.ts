// SPDX-License-Identifier: Apache-2.0
/** Starts the devices of a run in their turn, follows them, writes down how they ended. */
import { toAirlockError } from '../../../shared/errors.ts'
import { stationActor, type Actor, type AuditLog } from '../audit/entry.ts'
import type { JobContext, JobProgress } from '../jobs/job.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { createWake } from '../jobs/wake.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Store, WriteHandle } from '../store/open.ts'
import { readSetting } from '../store/settings.ts'
import { countTargets, isOpen, nextUp } from './line.ts'
import {
  openRun,
  targetsOf,
  updateTarget,
  type RunRow,
  type Target,
  type TargetChange,
  type TargetRow,
} from './run-rows.ts'
import type { Live } from './run-view.ts'
import { createTeller, type Teller } from './teller.ts'
import { steady } from './time-left.ts'

/** What came of one device: `written` units, 0 where it had all of them already. */
export type Written = { readonly written: number; readonly result: unknown }

/** Writes one device to its proven end; the work of its job. */
export type WriteDevice = (
  request: Target & { readonly bundle: string },
  actor: Actor,
  context: JobContext,
) => Promise<Written>

export type RunDependencies = {
  readonly store: Store
  readonly audit: AuditLog
  readonly clock: Clock
  readonly log: Log
  readonly jobs: Jobs
  readonly write: WriteDevice
}

/** The part of a run that works by itself. */
export type Scheduler = Teller & {
  /** Starts whoever may start now, and tells the watchers. */
  fill(): void
  /** Starts nothing more; what is being written from now on ends as interrupted. */
  close(): void
}

/** How many devices are written at the same time where nobody has said otherwise: what one hub and one person can bear. */
const defaultAtOnce = 4

/** What follows the last page that was read back: restart, and the banner that proves the version. */
const tailMs = 2000

/** The result of a run, when nothing of it is written or waits any more. */
const resultEntry = ({ id, product, version }: RunRow, targets: readonly TargetRow[]) => {
  const counts = countTargets(targets)
  const bad = (counts.failed ?? 0) + (counts.interrupted ?? 0)
  return {
    actor: stationActor,
    action: 'run.result',
    object: { type: 'run', id },
    outcome: bad === 0 ? 'ok' : 'failed',
    after: { product, version, ...counts },
    corr: id,
  } as const
}

/** What a job tells of itself; true: a fault of the line is being mended, which takes longer. */
const takeProgress = (own: Live, state: JobProgress, at: number): boolean => {
  if (state.stage === 'recover') {
    own.note = state.note ?? state.stage
    return true
  }
  // The first figure after a fault of the line may be higher: its cause was named.
  if (state.etaMs !== undefined) own.left = steady(own.left, state.etaMs + tailMs, at, own.note !== null)
  own.note = null
  own.stage = state
  return false
}

/** The scheduler over the station's store and jobs. */
export const createScheduler = (parts: RunDependencies): Scheduler => {
  const { store, audit, clock, log, jobs } = parts
  const live = new Map<number, Live>()
  const wake = createWake()
  let closing = false
  const now = (): number => Number(clock.monotonic() / 1_000_000n)
  const atOnce = (): number => Number(readSetting(store.read, 'run-at-once') ?? defaultAtOnce)

  const teller = createTeller({ store, clock, live, wake, atOnce, now })

  const fill = (): void => {
    try {
      const run = openRun(store.read)
      if (run?.state === 'going' && !closing)
        for (const target of nextUp(targetsOf(store.read, run.id), atOnce())) begin(run, target)
    } catch (error) {
      // A disk that takes nothing: the line stands until somebody does something, or the next device ends.
      log.error('run.not-started', error)
    }
    wake.all()
  }

  /** Job and row are on disk together before anything is sent: a device that only one of them knows would begin twice. */
  const begin = (run: RunRow, { n, port, actor, label, shown }: TargetRow): void => {
    const work = async (context: JobContext): Promise<unknown> => {
      live.set(n, { startedAt: now(), stage: { stage: 'check' }, note: null, left: undefined })
      try {
        const request = { bundle: run.bundle, port, label: label ?? undefined, shown: shown ?? undefined }
        const { written, result } = await parts.write(request, actor, follow(n, context))
        settle(run, n, { state: written === 0 ? 'same' : 'updated', code: null, details: null })
        return result
      } catch (error) {
        const { code, details } = toAirlockError(error)
        settle(run, n, { state: closing ? 'interrupted' : 'failed', code, details })
        throw error
      } finally {
        live.delete(n)
        fill()
      }
    }
    const change = { state: 'active', started_at: clock.now(), ended_at: null, code: null, details: null } as const
    jobs.start({ kind: 'flashing', subject: port, actor }, work, (tx, job) =>
      updateTarget(tx, run.id, n, { ...change, job }),
    )
  }

  const follow = (n: number, context: JobContext): JobContext => ({
    ...context,
    progress: (state) => {
      const own = live.get(n)
      if (own !== undefined && takeProgress(own, state, now())) teller.growBy('line')
      context.progress(state)
      wake.all()
    },
  })

  /** How it ended, on disk; with the last device the run's result is an entry of its own. */
  const settle = (run: RunRow, n: number, change: TargetChange): void => {
    const work = (tx: WriteHandle): void => updateTarget(tx, run.id, n, { ...change, ended_at: clock.now() })
    try {
      const others = targetsOf(store.read, run.id).filter((target) => target.n !== n)
      if (closing || isOpen(others)) store.transact(work)
      else audit.change(() => resultEntry(run, targetsOf(store.read, run.id)), work)
    } catch (unwritten) {
      // The disk takes nothing: the line stops here, and the next start finds this device as one that was cut off.
      closing = true
      log.error('run.unrecorded', unwritten, { run: run.id })
    }
  }

  return { ...teller, fill, close: () => void (closing = true) }
}
