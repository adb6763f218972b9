// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { ReadHandle, SqlValue, Store, WriteHandle } from '../store/open.ts'
import { parseLeaf, type Leaf } from './leaf.ts'
import { countLeaves, readLeaves } from './tables.ts'

/** Which entries: every field narrows. `before` is a seq: pages go from the newest down. */
export type AuditFilter = {
  readonly uid?: string
  readonly action?: string
  readonly objectId?: string
  readonly corr?: string
  readonly outcome?: Leaf['outcome']
  readonly from?: number
  readonly to?: number
  readonly before?: number
}

/**
 * Search by a projection that is made from the leaves and may be thrown away at any time. What a person sees is always
 * the leaf: a projection that somebody changed can hide an entry from a search until the next rebuild, never show a false one.
 */
export type AuditSearch = {
  /** Up to `limit` entries, the newest first, without the newest `offset`. Errors: `audit.unreadable`. */
  page(filter: AuditFilter, limit: number, offset?: number): Leaf[]
  /** How many entries there are. */
  count(filter: AuditFilter): number
  /** First entry of [from, to) whose projection says something else than its leaf, or undefined. */
  mismatch(from?: number, to?: number): number | undefined
  /** Throws the projection away and makes it again. */
  rebuild(): void
}

const seqSchema = z.strictObject({ seq: z.int().nullable() })

const conditions: Record<keyof AuditFilter, string> = {
  uid: 'uid = ?',
  action: 'action = ?',
  objectId: 'object_id = ?',
  corr: 'corr = ?',
  outcome: 'outcome = ?',
  from: 'wall_ms >= ?',
  to: 'wall_ms < ?',
  before: 'seq < ?',
}

const isCondition = (key: string): key is keyof AuditFilter => Object.hasOwn(conditions, key)

const where = (filter: AuditFilter): { sql: string; values: SqlValue[] } => {
  const given = Object.entries(filter).filter(([key, value]) => isCondition(key) && value !== undefined)
  const terms = given.map(([key]) => (isCondition(key) ? conditions[key] : ''))
  return { sql: terms.length === 0 ? '' : `WHERE ${terms.join(' AND ')}`, values: given.map(([, value]) => value) }
}

const firstSeq = (read: ReadHandle, sql: string, ...values: SqlValue[]): number | undefined =>
  seqSchema.parse(read.get(sql, ...values)).seq ?? undefined

const catchUp = (tx: WriteHandle): number =>
  tx.run(`INSERT INTO audit_entry SELECT * FROM audit_projection
    WHERE seq > (SELECT coalesce(max(seq), -1) FROM audit_entry)`)

const differences = `WITH
  part (low, high) AS (SELECT ?, min(?, (SELECT max(seq) + 1 FROM audit_entry))),
  stored AS (SELECT e.* FROM part, audit_entry e WHERE e.seq >= low AND e.seq < high),
  said AS (SELECT p.* FROM part, audit_projection p WHERE p.seq >= low AND p.seq < high)
SELECT min(seq) AS seq FROM (
  SELECT * FROM (SELECT * FROM stored EXCEPT SELECT * FROM said)
  UNION ALL
  SELECT * FROM (SELECT * FROM said EXCEPT SELECT * FROM stored))`

/** Brings the projection up to the newest entry. */
const upToDate = (store: Store): ReadHandle => {
  const { read } = store
  const known = firstSeq(read, 'SELECT max(seq) AS seq FROM audit_entry')
  if ((known ?? -1) + 1 < countLeaves(read)) store.transact(catchUp)
  return read
}

/** Search over the log of `store`. */
export const createAuditSearch = (store: Store): AuditSearch => ({
  page(filter, limit, offset = 0) {
    const read = upToDate(store)
    const { sql, values } = where(filter)
    const page = 'ORDER BY seq DESC LIMIT ? OFFSET ?'
    return read.all(`SELECT seq FROM audit_entry ${sql} ${page}`, ...values, limit, offset).flatMap((row) => {
      const { seq } = seqSchema.parse(row)
      return seq === null ? [] : readLeaves(read, seq, seq + 1).map(({ leaf }) => parseLeaf(leaf))
    })
  },
  count(filter) {
    const { sql, values } = where(filter)
    return firstSeq(upToDate(store), `SELECT count(*) AS seq FROM audit_entry ${sql}`, ...values) ?? 0
  },
  mismatch: (from = 0, to = Number.MAX_SAFE_INTEGER) => firstSeq(store.read, differences, from, to),
  rebuild: () =>
    store.transact((tx) => {
      tx.run('DELETE FROM audit_entry')
      catchUp(tx)
    }),
})
