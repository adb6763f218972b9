// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { Store } from '../store/open.ts'

/** What a station that stopped without closing had left open. */
export type Recovered = {
  readonly captures: readonly { readonly uuid: string; readonly port: string }[]
  readonly sessions: number
}

const captureRow = z.object({ uuid: z.string(), port: z.string() })

/**
 * Closes what was open when the station stopped as `interrupted`, at the time of the last record that was heard.
 * Call it once at start, before any capture is opened.
 */
export const recoverCaptures = (store: Store): Recovered =>
  store.transact((tx) => {
    const captures = z
      .array(captureRow)
      .parse(tx.all('SELECT uuid, port FROM capture WHERE closed IS NULL ORDER BY id'))
    const sessions = tx.run(`UPDATE session SET ended = last_heard, end_reason = 'interrupted' WHERE ended IS NULL`)
    tx.run(`UPDATE capture SET end_reason = 'interrupted', closed =
max(opened, coalesce((SELECT max(last_heard) FROM session WHERE session.capture = capture.id), 0)) WHERE closed IS NULL`)
    return { captures, sessions }
  })
