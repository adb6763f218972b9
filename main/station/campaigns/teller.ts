// SPDX-License-Identifier: Apache-2.0
import { pauseBetweenViews, type Wake } from '../jobs/wake.ts'
import type { Clock } from '../platform/clock.ts'
import type { Store } from '../store/open.ts'
import { changesBetween, viewRun, type Live, type RunHead, type RunView } from './run-view.ts'
import type { Steady } from './time-left.ts'

/** Tells how the run stands. */
export type Teller = {
  /** Why the time left may grow from here on. */
  growBy(why: NonNullable<RunHead['leftGrew']>): void
  view(): RunView
  /** The whole view, then what has changed, at most five times a second until the signal aborts. */
  watch(emit: (view: RunView) => void, signal: AbortSignal): Promise<void>
}

/** The teller of what stands in the store and of what is known only while it happens. */
export const createTeller = ({
  store,
  clock,
  live,
  wake,
  atOnce,
  now,
}: {
  readonly store: Store
  readonly clock: Clock
  readonly live: ReadonlyMap<number, Live>
  readonly wake: Wake
  readonly atOnce: () => number
  readonly now: () => number
}): Teller => {
  let before: Steady | undefined
  let grew: RunHead['leftGrew'] = null
  let named = false

  const view = (): RunView => {
    const { run, targets, left } = viewRun(store.read, { live, atOnce: atOnce(), now: now(), grew, before, named })
    before = left
    named = false
    if (run?.state !== 'running') grew = null
    return { run, targets }
  }

  return {
    growBy(why) {
      grew = why
      named = true
    },
    view,
    async watch(emit, signal) {
      let told: RunView | undefined
      while (!signal.aborted) {
        const next = view()
        const changes = changesBetween(told, next)
        if (changes === undefined) await wake.next(signal)
        else {
          told = next
          emit(changes)
          await pauseBetweenViews(clock, signal)
        }
      }
    },
  }
}
