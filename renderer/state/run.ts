// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { create } from 'zustand'
import type { run, runTarget } from '../../shared/contract/run-calls.ts'

export type Run = z.infer<typeof run>
export type RunTarget = z.infer<typeof runTarget>

/** The update run as the station tells it; `undefined` until it was heard, `null` while there is none. */
export const useRun = create<{
  readonly run: Run | null | undefined
  readonly targets: Readonly<Record<string, RunTarget>>
}>(() => ({ run: undefined, targets: {} }))

/** Takes what the station tells: everything of a new run, only what has changed of the same one. */
export const takeRun = (told: { run: Run | null; targets: RunTarget[] }): void =>
  useRun.setState(({ run, targets }) => ({
    run: told.run,
    targets: {
      ...(run?.id === told.run?.id ? targets : {}),
      ...Object.fromEntries(told.targets.map((target) => [target.port, target])),
    },
  }))
