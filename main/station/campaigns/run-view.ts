// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import type { run, runTarget } from '../../../shared/contract/run-calls.ts'
import type { JobProgress } from '../jobs/job.ts'
import type { ReadHandle } from '../store/open.ts'
import { isOpen, shownTargets, waitingLine } from './line.ts'
import { openRun, peopleOf, targetsOf, type RunRow, type TargetRow } from './run-rows.ts'
import { leftAt, lineLeft, median, steady, type Steady } from './time-left.ts'

export type RunHead = z.infer<typeof run>
export type RunTarget = z.infer<typeof runTarget>
export type RunView = { readonly run: RunHead | null; readonly targets: readonly RunTarget[] }

/** What is known of a device only while it is written. Times by the monotonic clock, ms. */
export type Live = {
  readonly startedAt: number
  stage: JobProgress
  note: string | null
  left: Steady | undefined
}

/** What a view is made of beside the rows; `live` by the number of the target. */
export type Moment = {
  readonly live: ReadonlyMap<number, Live>
  readonly atOnce: number
  /** Monotonic, ms. */
  readonly now: number
  readonly grew: RunHead['leftGrew']
  /** The last figure for the whole run, and whether something has happened that may raise it. */
  readonly before: Steady | undefined
  readonly named: boolean
}

const reached = new Set<TargetRow['state']>(['active', 'failed', 'interrupted', 'updated', 'same'])

const toTarget = (row: TargetRow, line: number | null, live: Live | undefined, now: number): RunTarget => {
  const began = reached.has(row.state)
  const { serial, model, hardware } = row
  return {
    port: row.port,
    state: row.state,
    line,
    jobId: row.job,
    stage: live?.stage.stage ?? (began ? row.stage : null),
    done: live?.stage.done ?? (began ? (row.unitsDone ?? 0) : 0),
    total: live?.stage.total ?? (began ? (row.units ?? 0) : 0),
    leftMs: live?.left === undefined ? null : Math.round(leftAt(live.left, now)),
    note: live?.note ?? null,
    device: serial === null || model === null ? null : { serial, model, hardware },
    from: row.versionBefore,
    code: row.code,
    details: row.details,
    endedAt: row.endedAt,
    by: row.actor.name,
  }
}

const stateOf = ({ state }: RunRow, targets: readonly TargetRow[]): RunHead['state'] => {
  if (!isOpen(targets)) return 'finished'
  return state === 'paused' || state === 'interrupted' ? state : 'running'
}

/** What is left of the whole line by the newest figures; undefined before the first device has told any. */
const rawLeft = (targets: readonly TargetRow[], waiting: number, { live, atOnce, now }: Moment): number | undefined => {
  const active = targets.flatMap(({ n, state }) => {
    const own = state === 'active' ? live.get(n) : undefined
    return own === undefined ? [] : [{ left: own.left && leftAt(own.left, now), took: now - own.startedAt }]
  })
  const ended = targets.flatMap(({ state, startedAt, endedAt }) =>
    state === 'updated' && startedAt !== null && endedAt !== null ? [endedAt - startedAt] : [],
  )
  const known = active.flatMap(({ left, took }) => (left === undefined ? [] : [left + took]))
  const each = median(ended) ?? median(known)
  if (each === undefined) return undefined
  const lefts = active.map(({ left, took }) => left ?? Math.max(0, each - took))
  return lineLeft({ active: lefts, waiting, each, atOnce })
}

/** The run that is open as everybody sees it, and the figure that the next view goes on from. */
export const viewRun = (db: ReadHandle, moment: Moment): RunView & { readonly left: Steady | undefined } => {
  const row = openRun(db)
  if (row === undefined) return { run: null, targets: [], left: undefined }
  const all = targetsOf(db, row.id)
  const places = new Map(waitingLine(all).map(({ n }, index) => [n, index + 1]))
  const { live, now, atOnce, before, named, grew } = moment
  const state = stateOf(row, all)
  // In a pause only what is being written goes on.
  const raw = rawLeft(all, state === 'running' ? places.size : 0, moment)
  const left = raw === undefined ? undefined : steady(before, raw, now, named)
  const { id, bundle, product, version, startedAt } = row
  const shown = state === 'running' || all.some((target) => target.state === 'active')
  const run: RunHead = {
    id,
    bundle,
    product,
    version,
    state,
    startedAt,
    people: peopleOf(db, id),
    atOnce,
    leftMs: left === undefined || !shown ? null : Math.round(left.left),
    leftGrew: grew,
  }
  const targets = shownTargets(all).map((target) =>
    toTarget(target, places.get(target.n) ?? null, live.get(target.n), now),
  )
  return { run, targets, left }
}

/** What somebody who was told `before` has to be told now; undefined when nothing has changed. */
export const changesBetween = (before: RunView | undefined, now: RunView): RunView | undefined => {
  if (before === undefined || before.run?.id !== now.run?.id) return now
  const known = new Map(before.targets.map((target) => [target.port, JSON.stringify(target)]))
  const targets = now.targets.filter((target) => known.get(target.port) !== JSON.stringify(target))
  return targets.length === 0 && JSON.stringify(before.run) === JSON.stringify(now.run)
    ? undefined
    : { run: now.run, targets }
}
