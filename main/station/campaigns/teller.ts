// SPDX-License-Identifier: Apache-2.0
import { pauseBetweenViews, type Wake } from '../jobs/wake.ts'
import type { Clock } from '../platform/clock.ts'
import type { Store } from '../store/open.ts'
import { changesBetween, viewRun, type Live, type RunHead, type RunView } from './run-view.ts'
import type { Steady } from './time-left.ts'

/** How long the cause of a longer time stands beside it, ms. */
const sayWhy = 10_000

/** Tells how the run stands. */
export type Teller = {
  /** Why the time left may grow from here on; null: a run begins, and counts from its own first figure. */
  growBy(why: RunHead['leftGrew']): void
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
  let grew: { readonly why: RunHead['leftGrew']; readonly at: number } = { why: null, at: 0 }
  let named = false

  const view = (): RunView => {
    const why = now() - grew.at < sayWhy ? grew.why : null
    const moment = { live, atOnce: atOnce(), now: now(), grew: why, before, named }
    const { run, targets, left } = viewRun(store.read, moment)
    before = left
    named = false
    return { run, targets }
  }

  return {
    growBy(why) {
      grew = { why, at: now() }
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
