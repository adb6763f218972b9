// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { runCalls } from '../../shared/contract/run-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { getBundle } from './bundles/rows.ts'
import type { Move } from './campaigns/line.ts'
import type { Target } from './campaigns/run-rows.ts'
import type { RunView } from './campaigns/run-view.ts'
import { personOf, type Caller } from './caller.ts'
import { noteLabel, requireFree } from './device-handlers.ts'
import { socketOf } from './devices/ports.ts'
import { requireStanding } from './flashing/prepare.ts'
import type { Parts } from './parts.ts'
import { portAt } from './port-handlers.ts'

type RunHandlers = Pick<Handlers<Contract, Caller>, keyof typeof runCalls>

const shown = ({ run, targets }: RunView) => ({ run, targets: [...targets] })

/** Update runs. */
export const runHandlers = (parts: Parts): RunHandlers => {
  const { runs, store, source } = parts
  const move = (name: Move, target: Target, caller: Caller) => {
    runs.move(name, target, personOf(caller).actor)
    return {}
  }
  const act = (work: 'pause' | 'stop' | 'resume' | 'end', caller: Caller) => {
    runs[work](personOf(caller).actor)
    return {}
  }
  /** Whoever has read a label answers for it. */
  const noteLabels = (bundle: string, targets: readonly Target[], caller: Caller): void => {
    const { manifest } = getBundle(store.read, bundle)
    for (const target of targets) noteLabel(parts, target, manifest, personOf(caller).actor)
  }
  /** Ports under the names of their places, free for a run. Errors: `port.unknown`, `job.busy`. */
  const free = async (targets: readonly Target[]): Promise<Target[]> => {
    const placed = await Promise.all(
      targets.map(async (target) => ({ ...target, port: socketOf(await portAt(parts, target.port)) })),
    )
    requireFree(
      parts,
      placed.map(({ port }) => port),
    )
    return placed
  }
  return {
    'run.start': async ({ bundle, targets }, caller) => {
      const { product, version } = getBundle(store.read, bundle).manifest
      requireStanding(source, bundle)
      const placed = await free(targets)
      noteLabels(bundle, placed, caller)
      return { runId: runs.start({ id: bundle, product, version }, placed, personOf(caller).actor) }
    },
    'run.add': async ({ targets }, caller) => {
      const { run } = runs.view()
      const placed = await free(targets)
      if (run !== null) noteLabels(run.bundle, placed, caller)
      runs.add(placed, personOf(caller).actor)
      return {}
    },
    'run.leaveOut': (target, caller) => move('leaveOut', target, caller),
    'run.bringBack': (target, caller) => move('bringBack', target, caller),
    'run.setAside': (target, caller) => move('setAside', target, caller),
    'run.retry': (target, caller) => {
      const { run } = runs.view()
      if (run !== null) noteLabels(run.bundle, [target], caller)
      return move('retry', target, caller)
    },
    'run.pause': (_nothing, caller) => act('pause', caller),
    'run.stop': (_nothing, caller) => act('stop', caller),
    'run.resume': (_nothing, caller) => act('resume', caller),
    'run.end': (_nothing, caller) => act('end', caller),
    'run.setAtOnce': ({ atOnce }, caller) => {
      runs.setAtOnce(atOnce, personOf(caller).actor)
      return {}
    },
    'run.get': () => shown(runs.view()),
    'run.watch': (_nothing, _caller, emit, signal) => runs.watch((view) => emit(shown(view)), signal),
  }
}
