// SPDX-License-Identifier: Apache-2.0
import { stationActor } from './audit/entry.ts'
import type { Parts } from './parts.ts'

/** The check that the start left out: it covers the last 1 000 entries, this one all of them, while the station works. */
export type LogCheck = { stop(): Promise<void> }

/**
 * Compares the search projection with the log and makes it anew where it says something else, with an alarm entry; then
 * verifies the whole log in the background. A log that does not verify is read-only from then on.
 */
export const startLogCheck = ({ audit, search, log, stationId }: Parts): LogCheck => {
  const abort = new AbortController()
  const seq = audit.fault() === undefined ? search.mismatch() : undefined
  if (seq !== undefined) {
    search.rebuild()
    const object = { type: 'station', id: stationId }
    audit.note({
      actor: stationActor,
      action: 'audit.projection',
      object,
      outcome: 'failed',
      after: { firstWrong: seq },
    })
  }
  const running = audit.verify({ signal: abort.signal }).then(
    ({ verified, code = 'internal' }) => {
      if (!verified) log.error('audit.verify', new Error(code))
    },
    (error: unknown) => {
      if (!abort.signal.aborted) log.error('audit.verify', error)
    },
  )
  return {
    async stop() {
      abort.abort()
      await running
    },
  }
}
