// SPDX-License-Identifier: Apache-2.0
import { toAirlockError } from '../../shared/errors.ts'
import { limits } from './config.ts'
import type { Parts } from './parts.ts'

/** The station's look at itself, again and again. */
export type Watch = { stop(): void }

type Watched = Pick<Parts, 'audit' | 'clock' | 'log'> & { readonly storage: { look(): unknown } }

/**
 * One look: at the clock (set while nothing was written down), at the storage, at the log's file. A log that the storage
 * does not answer for is waited for a quarter of an hour; then no new work begins until somebody has looked.
 */
export const createLook = ({ audit, storage, clock, log }: Watched): (() => void) => {
  let silentSince: bigint | undefined
  const answers = (): boolean => {
    try {
      audit.prove(0)
      return true
    } catch (error) {
      log.error('watch.log', error, { code: toAirlockError(error).code })
      return false
    }
  }
  return () => {
    if (audit.fault() !== undefined) return
    const now = clock.monotonic()
    if (answers()) silentSince = undefined
    else if (now - (silentSince ??= now) > BigInt(limits.silentLog) * 1_000_000n)
      audit.distrust({ code: 'audit.unreadable', why: 'the storage did not answer' })
    storage.look()
    audit.watchClock()
  }
}

/** Looks every few seconds until it is stopped; a look that fails is in the diagnostic log, and the next one comes. */
export const startWatch = (parts: Watched): Watch => {
  const look = createLook(parts)
  const timer = setInterval(() => {
    try {
      look()
    } catch (error) {
      parts.log.error('watch', error)
    }
  }, limits.lookEvery)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
