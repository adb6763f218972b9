// SPDX-License-Identifier: Apache-2.0
import { millis } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'

/** Those who wait for a change. */
export type Wake = {
  all(): void
  /** Resolves at the next change, or when the signal aborts. */
  next(signal: AbortSignal): Promise<void>
}

/** At most five views a second go to one watcher. */
const tick = millis(200)

/** A list of people who wait, empty at first. */
export const createWake = (): Wake => {
  const waiting = new Set<() => void>()
  return {
    all() {
      for (const done of waiting) done()
    },
    next: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          waiting.delete(done)
          signal.removeEventListener('abort', done)
          resolve()
        }
        waiting.add(done)
        signal.addEventListener('abort', done, { once: true })
      }),
  }
}

/** A pause that a cancelled watch ends early; that it was cancelled is read off the signal. */
export const pauseBetweenViews = (clock: Clock, signal: AbortSignal): Promise<void> =>
  clock.sleep(tick, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
