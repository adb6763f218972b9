// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import type { WriteHandle } from '../store/open.ts'
import { noLabels, type Sample, type SeriesKind } from './reading.ts'

/** Series a device may have; what comes after goes into one overflow series, which is shown. */
export const maxSeries = 2000
/** Name of the series that takes the values of those that were too many. */
export const overflowName = 'airlock.overflow'

/** A stored series, as far as ingestion needs it. */
export type SeriesRef = { readonly id: number; readonly kind: SeriesKind }

/** Finds or makes series. A cache over the table: `forget` after a transaction that failed. */
export type KnownSeries = { find(tx: WriteHandle, device: string, sample: Sample): SeriesRef; forget(): void }

const idRow = z.object({ id: z.number() })
const seriesRow = z.object({ id: z.number(), kind: z.enum(['gauge', 'counter', 'state']) })
const countRow = z.object({ n: z.number() })

const overflow: Sample = { name: overflowName, labels: noLabels, kind: 'gauge', unit: '', value: 0 }

/** The kind and unit of a series are those of its first sample. */
export const createKnownSeries = (limit = maxSeries): KnownSeries => {
  const devices = new Map<string, { count: number; series: Map<string, SeriesRef> }>()

  const deviceOf = (tx: WriteHandle, device: string): { count: number; series: Map<string, SeriesRef> } => {
    const known = devices.get(device)
    if (known !== undefined) return known
    const { n } = countRow.parse(
      tx.get('SELECT count(*) AS n FROM series WHERE device = ? AND name <> ?', device, overflowName),
    )
    const fresh = { count: n, series: new Map<string, SeriesRef>() }
    devices.set(device, fresh)
    return fresh
  }

  const find = (tx: WriteHandle, device: string, sample: Sample): SeriesRef => {
    const own = deviceOf(tx, device)
    const key = sample.labels === noLabels ? sample.name : `${sample.name}\n${sample.labels}`
    const cached = own.series.get(key)
    if (cached !== undefined) return cached
    const { name, labels, kind, unit } = sample
    const row = tx.get('SELECT id, kind FROM series WHERE device = ? AND name = ? AND labels = ?', device, name, labels)
    if (row === undefined && own.count >= limit && sample !== overflow) return find(tx, device, overflow)
    const ref = row === undefined ? insert(tx, [device, name, labels, kind, unit], kind) : seriesRow.parse(row)
    if (row === undefined && sample !== overflow) own.count += 1
    own.series.set(key, ref)
    return ref
  }

  return { find, forget: () => devices.clear() }
}

const insert = (tx: WriteHandle, values: readonly string[], kind: SeriesKind): SeriesRef => {
  const sql = 'INSERT INTO series (device, name, labels, kind, unit) VALUES (?, ?, ?, ?, ?) RETURNING id'
  return { ...idRow.parse(tx.get(sql, ...values)), kind }
}
