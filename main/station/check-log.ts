// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'
import { stationActor } from './audit/entry.ts'
import type { Parts } from './parts.ts'

/** The check that the start left out: it covers the last 1 000 entries, this one all of them, while the station works. */
export type LogCheck = { stop(): Promise<void> }

/** Entries that are compared before the event loop turns: some 20 ms. */
const slice = 1024

/** First entry whose projection is wrong. What comes while it looks is made from its own leaf and needs no look. */
const findMismatch = async ({ audit, search }: Parts, signal: AbortSignal): Promise<number | undefined> => {
  const { size } = audit.head()
  for (let from = 0; from < size && !signal.aborted; from += slice) {
    const found = search.mismatch(from, from + slice)
    if (found !== undefined) return found
    await setImmediate()
  }
  return undefined
}

/** Makes the search anew where it says something else than the log, with an alarm entry. */
const mendSearch = async (parts: Parts, signal: AbortSignal): Promise<void> => {
  const { audit, search, stationId } = parts
  if (audit.fault() !== undefined) return
  const seq = await findMismatch(parts, signal)
  if (seq === undefined || audit.fault() !== undefined) return
  search.rebuild()
  audit.note({
    actor: stationActor,
    action: 'audit.projection',
    object: { type: 'station', id: stationId },
    outcome: 'failed',
    after: { firstWrong: seq },
  })
}

/**
 * Compares the search projection with the log, then verifies the whole log, both in the background: a long log must not
 * hold up a start. A log that does not verify is read-only from then on.
 */
export const startLogCheck = (parts: Parts): LogCheck => {
  const { audit, log } = parts
  const abort = new AbortController()
  const check = async (): Promise<void> => {
    await mendSearch(parts, abort.signal)
    const { verified, code = 'internal' } = await audit.verify({ signal: abort.signal })
    if (!verified) log.error('audit.verify', new Error(code))
  }
  const running = check().catch((error: unknown) => {
    if (!abort.signal.aborted) log.error('audit.verify', error)
  })
  return {
    async stop() {
      abort.abort()
      await running
    },
  }
}
