// SPDX-License-Identifier: Apache-2.0
import type { Incident } from '../../shared/host/host.ts'

/** Told at most this often for the same thing, ms: a page that was taken over must not fill the log. */
const pause = 60_000
const longest = 256

type Listener = (incident: Incident) => void

/** What the shell saw that belongs into the station's log; it waits while there is no station. */
export type Incidents = {
  note(kind: Incident['kind'], what: string, detail?: string): void
  /** Tells of what waits and of what comes, until the signal aborts. */
  tell(listener: Listener, signal: AbortSignal): Promise<void>
}

/** The same thing again within the pause is counted and told at its end, with its first detail. */
export const createIncidents = (now: () => number, after: (ms: number, then: () => void) => void): Incidents => {
  const waiting = new Map<string, Incident>()
  const last = new Map<string, number>()
  let listener: Listener | undefined

  const due = (key: string): number => (last.get(key) ?? -pause) + pause - now()
  const flush = (): void => {
    for (const [key, incident] of waiting) {
      if (listener === undefined || due(key) > 0) continue
      waiting.delete(key)
      last.set(key, now())
      listener(incident)
    }
  }
  return {
    note(kind, what, detail = '') {
      const key = `${kind} ${what}`
      const before = waiting.get(key)
      const first = before ?? { kind, what, detail: detail.slice(0, longest).toWellFormed(), count: 0 }
      waiting.set(key, { ...first, count: first.count + 1 })
      flush()
      if (before === undefined && waiting.has(key)) after(Math.max(0, due(key)), flush)
    },
    tell: (to, signal) =>
      new Promise((resolve) => {
        listener = to
        signal.addEventListener('abort', () => {
          if (listener === to) listener = undefined
          resolve()
        })
        flush()
      }),
  }
}
