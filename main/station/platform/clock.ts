// SPDX-License-Identifier: Apache-2.0
import { millis, type Millis } from '../../../shared/units.ts'

/** The only reader of time. Tests use the twin in test/support/clock.ts. */
export type Clock = {
  /** System time, milliseconds UTC. */
  now(): Millis
  /** Nanoseconds of a clock that never goes back; its zero means nothing. */
  monotonic(): bigint
  /** Minutes east of UTC at this moment. */
  zoneOffset(): number
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  sleep(ms: Millis, signal?: AbortSignal): Promise<void>
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => millis(Date.now()),
  monotonic: () => process.hrtime.bigint(),
  // From zero, not negated: at UTC a negation gives −0, which no audit entry takes.
  zoneOffset: () => 0 - new Date().getTimezoneOffset(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const timer = setTimeout(done, ms)
      function done(): void {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      function stop(): void {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', stop, { once: true })
    }),
}

/** RFC 3339 UTC with whole seconds, as the documents of the envelope write it. */
export const toTime = (ms: Millis): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z')
