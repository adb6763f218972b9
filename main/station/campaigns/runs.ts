// SPDX-License-Identifier: Apache-2.0
/** Update runs: what people do with them. Every step is on disk, with its entry, before it can be seen. */
import type { AuditAction } from '../../../shared/audit-actions.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { stationActor, type Actor, type LeafValue } from '../audit/entry.ts'
import { newId } from '../platform/ids.ts'
import type { WriteHandle } from '../store/open.ts'
import { writeSetting } from '../store/settings.ts'
import { countTargets, isOpen, mayMove, moves, shownTargets, type Move } from './line.ts'
import { recoverRun } from './recover-run.ts'
import {
  insertRun,
  insertTargets,
  joinRun,
  openRun,
  setRunState,
  targetsOf,
  updateTarget,
  type RunRow,
  type Target,
  type TargetRow,
} from './run-rows.ts'
import type { RunView } from './run-view.ts'
import { createScheduler, type RunDependencies, type Scheduler } from './scheduler.ts'

/** What is written into all of a run's devices: SHA-256 of the bundle's manifest, and what it is called. */
type RunBundle = { readonly id: string; readonly product: string; readonly version: string }

/** The update run of a station: at most one is not ended. Errors of each: `run.none`, and those of the audit log. */
export type Runs = {
  /** Errors: `run.open` while another one is not ended. */
  start(bundle: RunBundle, targets: readonly Target[], actor: Actor): string
  /** Puts more devices into the line. Errors: `run.busy` for a port that is in it. */
  add(targets: readonly Target[], actor: Actor): void
  /** Errors: `run.state` where this cannot be done with the device at that port now. */
  move(move: Move, target: Target, actor: Actor): void
  /** Errors: `run.state` for a run that does not go. */
  pause(actor: Actor): void
  /** A pause that stops what is being written, too. Errors: as `pause`. */
  stop(actor: Actor): void
  /** Errors: `run.state` for a run that goes. */
  resume(actor: Actor): void
  /** Errors: `run.busy` while a device is being written. */
  end(actor: Actor): void
  setAtOnce(atOnce: number, actor: Actor): void
  /** Ports that the run has in its line or in hand. */
  ports(): readonly string[]
  view(): RunView
  /** The whole view, then what has changed, at most five times a second until the signal aborts. */
  watch(emit: (view: RunView) => void, signal: AbortSignal): Promise<void>
  /** At start, before anything is served: marks what was cut off, and counts the devices if there was anything. */
  recover(): ReturnType<typeof countTargets> | undefined
  /** Starts nothing more and pauses the run: the station ends in good order. */
  close(): void
}

const actions = {
  leaveOut: 'run.leave-out',
  bringBack: 'run.bring-back',
  setAside: 'run.set-aside',
  retry: 'run.retry',
} as const satisfies Record<Move, string>

const inLine = ({ state }: TargetRow): boolean => state === 'waiting' || state === 'active'

type Open = { readonly run: RunRow; readonly targets: readonly TargetRow[] }
type Context = RunDependencies & {
  readonly scheduler: Scheduler
  /** Errors: `run.none`. */
  readonly open: () => Open
  /** A change by a person, who is named in the run from then on; then whoever may start does. */
  readonly act: (
    now: Open,
    actor: Actor,
    action: AuditAction,
    after: Readonly<Record<string, LeafValue>>,
    work: (tx: WriteHandle) => void,
  ) => void
}

/** More work for a run of which nothing is open starts it again, even if it was paused at its end. */
const goOn = (tx: WriteHandle, { run, targets }: Open): void => {
  if (!isOpen(targets)) setRunState(tx, run.id, 'going')
}

/** What is done with devices. */
const deviceActs = ({ store, audit, clock, scheduler, open, act }: Context): Pick<Runs, 'start' | 'add' | 'move'> => ({
  start({ id: bundle, product, version }, targets, actor) {
    if (openRun(store.read) !== undefined) throw new AirlockError('run.open')
    const id = newId()
    const startedAt = clock.now()
    const after = {
      bundle,
      product,
      version,
      ports: targets.map(({ port }) => port),
      shown: targets.map(({ shown }) => shown?.serial ?? null),
    }
    const entry = { actor, action: 'run.start', object: { type: 'run', id }, outcome: 'ok', after, corr: id } as const
    audit.change(entry, (tx) => {
      insertRun(tx, { id, bundle, product, version, startedAt })
      joinRun(tx, id, actor, startedAt)
      insertTargets(tx, id, targets, actor)
    })
    scheduler.growBy(null)
    scheduler.fill()
    return id
  },
  add(targets, actor) {
    const now = open()
    const ports = targets.map(({ port }) => port)
    const shown = targets.map((target) => target.shown?.serial ?? null)
    const taken = now.targets.find((target) => ports.includes(target.port) && inLine(target))
    if (taken !== undefined) throw new AirlockError('run.busy', { port: taken.port })
    scheduler.growBy('added')
    act(now, actor, 'run.add', { ports, shown }, (tx) => {
      goOn(tx, now)
      insertTargets(tx, now.run.id, targets, actor)
    })
  },
  move(move, { port, label }, actor) {
    const now = open()
    const target = shownTargets(now.targets).find((one) => one.port === port)
    if (target === undefined || !mayMove(move, target.state))
      throw new AirlockError('run.state', { port, state: target?.state ?? 'none' })
    const state = moves[move].to
    // Somebody stands there with the device in hand: it is the next one.
    const turn = move === 'retry' ? Math.min(...now.targets.map((one) => one.turn)) - 1 : target.turn
    if (state === 'waiting') scheduler.growBy('repeated')
    act(now, actor, actions[move], { port }, (tx) => {
      if (state === 'waiting') goOn(tx, now)
      updateTarget(tx, now.run.id, target.n, { state, turn, actor, ...(label === undefined ? {} : { label }) })
    })
  },
})

/** Whoever continues answers for what is written from here on; what was cut off comes first. */
const requeue = (tx: WriteHandle, { run, targets }: Open, actor: Actor): void => {
  const first = Math.min(0, ...targets.map(({ turn }) => turn)) - targets.length - 1
  for (const { n, state, turn } of targets)
    if (state === 'waiting' || state === 'interrupted')
      updateTarget(tx, run.id, n, { state: 'waiting', turn: state === 'waiting' ? turn : first + n, actor })
}

/** What is done with the whole run. */
const runActs = ({ jobs, clock, scheduler, open, act }: Context): Pick<Runs, 'pause' | 'stop' | 'resume' | 'end'> => {
  const hold = (action: AuditAction, actor: Actor): Open => {
    const now = open()
    if (now.run.state !== 'going') throw new AirlockError('run.state', { state: now.run.state })
    act(now, actor, action, {}, (tx) => setRunState(tx, now.run.id, 'paused'))
    return now
  }
  return {
    pause: (actor) => void hold('run.pause', actor),
    stop(actor) {
      for (const { job, state } of hold('run.stop', actor).targets)
        if (state === 'active' && job !== null) jobs.cancel(job)
    },
    resume(actor) {
      const now = open()
      if (now.run.state === 'going') throw new AirlockError('run.state', { state: now.run.state })
      scheduler.growBy('continued')
      act(now, actor, 'run.continue', { ...countTargets(now.targets) }, (tx) => {
        setRunState(tx, now.run.id, 'going')
        requeue(tx, now, actor)
      })
    },
    end(actor) {
      const now = open()
      const active = now.targets.find(({ state }) => state === 'active')
      if (active !== undefined) throw new AirlockError('run.busy', { port: active.port })
      act(now, actor, 'run.end', { ...countTargets(now.targets) }, (tx) => {
        for (const { n, state } of now.targets)
          if (state === 'waiting') updateTarget(tx, now.run.id, n, { state: 'notStarted', actor })
        setRunState(tx, now.run.id, 'ended', clock.now())
      })
    },
  }
}

/** Update runs over the station's store and jobs. */
export const createRuns = (parts: RunDependencies): Runs => {
  const { store, audit, clock } = parts
  const scheduler = createScheduler(parts)
  const open = (): Open => {
    const run = openRun(store.read)
    if (run === undefined) throw new AirlockError('run.none')
    return { run, targets: targetsOf(store.read, run.id) }
  }
  const act: Context['act'] = ({ run }, actor, action, after, work) => {
    const { id, product, version } = run
    const facts = { product, version, ...after }
    const entry = { actor, action, object: { type: 'run', id }, outcome: 'ok', after: facts, corr: id } as const
    audit.change(entry, (tx) => {
      joinRun(tx, run.id, actor, clock.now())
      work(tx)
    })
    scheduler.fill()
  }
  const context = { ...parts, scheduler, open, act }

  return {
    ...deviceActs(context),
    ...runActs(context),
    setAtOnce(atOnce, actor) {
      const object = { type: 'setting', id: 'run-at-once' }
      audit.change({ actor, action: 'run.at-once', object, outcome: 'ok', after: { atOnce } }, (tx) =>
        writeSetting(tx, 'run-at-once', String(atOnce)),
      )
      scheduler.fill()
    },
    ports() {
      const run = openRun(store.read)
      return run === undefined
        ? []
        : targetsOf(store.read, run.id)
            .filter(inLine)
            .map(({ port }) => port)
    },
    view: () => scheduler.view(),
    watch: (emit, signal) => scheduler.watch(emit, signal),
    recover: () => recoverRun(parts),
    close() {
      scheduler.close()
      const run = openRun(store.read)
      if (run?.state !== 'going' || !isOpen(targetsOf(store.read, run.id))) return
      const object = { type: 'run', id: run.id }
      audit.change({ actor: stationActor, action: 'run.pause', object, outcome: 'ok', corr: run.id }, (tx) =>
        setRunState(tx, run.id, 'paused'),
      )
    },
  }
}
