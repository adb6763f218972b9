// SPDX-License-Identifier: Apache-2.0
import type { WriteHandle } from '../store/open.ts'
import type { Output } from './output.ts'
import { minute } from './write-points.ts'

const upsert = `INSERT INTO record_1m (session, bucket, n) VALUES (?, ?, ?)
ON CONFLICT DO UPDATE SET n = n + excluded.n`

/** What may leave in an export, counted by session and minute: one row a batch, not one a record. */
export const createRecordMinutes = () => {
  const sessions = new Map<number, Map<number, number>>()
  return {
    add(session: number, { type, t }: Output): void {
      if (type !== 'point' && type !== 'event' && type !== 'crash') return
      const minutes = sessions.get(session) ?? new Map<number, number>()
      sessions.set(session, minutes)
      const bucket = t - (t % minute)
      minutes.set(bucket, (minutes.get(bucket) ?? 0) + 1)
    },
    write(tx: WriteHandle): void {
      for (const [session, minutes] of sessions) for (const [bucket, n] of minutes) tx.run(upsert, session, bucket, n)
    },
  }
}
