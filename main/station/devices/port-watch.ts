// SPDX-License-Identifier: Apache-2.0
import { millis } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'

/** Tells whoever waits that the ports may have changed. */
export type PortWatch = {
  /** Calls `look` now and whenever something may have changed, one call after the other, until the signal or `stop`. */
  follow(look: () => Promise<void>, signal: AbortSignal): Promise<void>
  /** Ends every watch: the station closes. */
  stop(): void
}

/** How long a plugged device may stay unseen where nothing tells of it: a quarter of what people are promised (2 s). */
const pollEvery = millis(500)

/** Polls, and looks at once when the system's own monitor says so; that one runs only while somebody watches. */
export const createPortWatch = ({
  clock,
  monitor,
}: {
  readonly clock: Clock
  /** Starts the system's monitor; gives what ends it. It may never say anything. */
  readonly monitor: (poke: () => void) => () => void
}): PortWatch => {
  const watchers = new Set<() => void>()
  let closed = false
  let endMonitor: (() => void) | undefined
  const wakeAll = (): void => watchers.forEach((wake) => wake())

  /** Until somebody pokes, or it is time to look anyway. */
  const pause = async (poked: Promise<void>): Promise<void> => {
    const over = new AbortController()
    await Promise.race([poked, clock.sleep(pollEvery, over.signal).catch(() => undefined)])
    over.abort()
  }
  const join = (wake: () => void): void => {
    watchers.add(wake)
    endMonitor ??= monitor(wakeAll)
  }
  const leave = (wake: () => void): void => {
    watchers.delete(wake)
    if (watchers.size > 0) return
    endMonitor?.()
    endMonitor = undefined
  }
  return {
    async follow(look, signal) {
      let poked = Promise.withResolvers<void>()
      const wake = (): void => poked.resolve()
      join(wake)
      signal.addEventListener('abort', wake)
      try {
        while (!signal.aborted && !closed) {
          poked = Promise.withResolvers()
          await look()
          await pause(poked.promise)
        }
      } finally {
        signal.removeEventListener('abort', wake)
        leave(wake)
      }
    },
    stop() {
      closed = true
      wakeAll()
    },
  }
}
