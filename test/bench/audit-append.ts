// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { createAuditLog } from '../../main/station/audit/log.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { openStore } from '../../main/station/store/open.ts'
import { benchEntry, benchFolder, benchKey, benchStation, quantile } from '../support/bench-log.ts'

const rounds = 20
const perRound = 250

/** Milliseconds of each of `perRound` calls; the event loop turns in between, as it does in a station. */
const measure = async (work: (n: number) => void, from: number): Promise<number[]> => {
  const times: number[] = []
  for (let i = 0; i < perRound; i += 1) {
    const start = process.hrtime.bigint()
    work(from + i)
    times.push(Number(process.hrtime.bigint() - start) / 1e6)
    await setImmediate()
  }
  return times
}

const bareTable = { id: 1, name: 'bare', sql: 'CREATE TABLE bare (seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT' }

/** One entry a commit, durable, against a commit of one row of the same size in the same mode. Asked: at most 1.5 ×. */
export const run = async (): Promise<{
  name: string
  rows: { what: string; value: number | string; unit: string }[]
}> => {
  const folder = benchFolder()
  mkdirSync(join(folder, 'head'))
  const store = openStore(join(folder, 'station.db'), [auditMigration])
  const bare = openStore(join(folder, 'bare.db'), [bareTable])
  try {
    const headFile = openHeadFile(join(folder, 'head', 'audit-head'))
    const audit = createAuditLog({
      store,
      headFile,
      clock: systemClock,
      key: benchKey(),
      stationId: benchStation,
      epoch: 1,
      appVersion: '0.1.0',
      buildHash: 'source',
    })
    audit.note(benchEntry(0))
    const { leaf } = audit.prove(1)
    const insert = (n: number): void =>
      bare.transact((tx) => void tx.run('INSERT INTO bare (seq, leaf) VALUES (?, ?)', n, leaf))
    const [rows, entries]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round += 1) {
      rows.push(...(await measure(insert, round * perRound)))
      entries.push(...(await measure((n) => void audit.note(benchEntry(n)), round * perRound)))
    }
    await audit.close()
    for (const list of [rows, entries]) list.sort((a, b) => a - b)
    const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0)
    return {
      name: 'audit-append',
      rows: [
        { what: 'bytes of a leaf', value: leaf.length, unit: 'bytes' },
        { what: 'commit of one row, median', value: quantile(rows, 0.5), unit: 'ms' },
        { what: 'commit of one row, p99', value: quantile(rows, 0.99), unit: 'ms' },
        { what: 'audited entry, median', value: quantile(entries, 0.5), unit: 'ms' },
        { what: 'audited entry, p99 (asked: 5 ms on an SSD)', value: quantile(entries, 0.99), unit: 'ms' },
        { what: 'entry against row, all together (asked: 1.5)', value: sum(entries) / sum(rows), unit: '×' },
        { what: 'entry against row, median', value: quantile(entries, 0.5) / quantile(rows, 0.5), unit: '×' },
      ],
    }
  } finally {
    store.close()
    bare.close()
    rmSync(folder, { recursive: true })
  }
}
