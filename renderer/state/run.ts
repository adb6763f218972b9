// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { create } from 'zustand'
import type { run, runTarget } from '../../shared/contract/run-calls.ts'

export type Run = z.infer<typeof run>
export type RunTarget = z.infer<typeof runTarget>

type RunState = {
  readonly run: Run | null | undefined
  readonly targets: Readonly<Record<string, RunTarget>>
}

/** The update run as the station tells it; `undefined` until it was heard, `null` while there is none. */
export const useRun = create<RunState>(() => ({ run: undefined, targets: {} }))

/** How many of the devices that are to be updated are done, while a run goes on. */
export const progressOf = ({ run, targets }: RunState): { done: number; total: number } | undefined => {
  if (run?.state !== 'running') return undefined
  const states = Object.values(targets).map(({ state }) => state)
  return {
    done: states.filter((state) => state === 'updated' || state === 'same').length,
    total: states.filter((state) => state !== 'leftOut' && state !== 'aside' && state !== 'notStarted').length,
  }
}

/** Takes what the station tells: everything of a new run, only what has changed of the same one. */
export const takeRun = (told: { run: Run | null; targets: RunTarget[] }): void =>
  useRun.setState(({ run, targets }) => ({
    run: told.run,
    targets: {
      ...(run?.id === told.run?.id ? targets : {}),
      ...Object.fromEntries(told.targets.map((target) => [target.port, target])),
    },
  }))
