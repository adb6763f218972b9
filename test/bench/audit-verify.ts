// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { signCheckpoint } from '../../main/station/audit/checkpoint.ts'
import { serializeLeaf } from '../../main/station/audit/leaf.ts'
import { frontierRoot, inclusionProof, type Frontier } from '../../main/station/audit/merkle.ts'
import { checkStart } from '../../main/station/audit/start.ts'
import { appendLeaf, readLeaves, storedNodes, writeHead } from '../../main/station/audit/tables.ts'
import { verifyLog } from '../../main/station/audit/verify.ts'
import { auditMigration } from '../../main/station/store/migrations/0001-audit.ts'
import { openStore, type Store } from '../../main/station/store/open.ts'
import { benchEntry, benchFolder, benchKey, benchStation, seconds } from '../support/bench-log.ts'

const entries = 1_000_000
const id = '0b9d4f0e-4bb6-4a1c-9d5c-0a3c6b0f0001'
const key = benchKey()

const fill = (store: Store): void => {
  store.transact((tx) => {
    const frontier: Frontier = { size: 0, peaks: [] }
    for (let seq = 0; seq < entries; seq += 1) {
      const stamp = {
        seq,
        id,
        wallMs: 1_780_315_200_000 + seq,
        zoneOffset: 0,
        monoNs: BigInt(seq),
        boot: id,
        clockState: 'steady' as const,
        station: benchStation,
        appVersion: '0.1.0',
        buildHash: 'source',
        salt: String(seq).padStart(32, '0'),
      }
      appendLeaf(tx, frontier, serializeLeaf(stamp, benchEntry(seq)))
    }
    const head = { size: entries, root: frontierRoot(frontier) }
    writeHead(tx, { ...head, note: signCheckpoint({ ...head, origin: key.note.name }, key) })
  })
}

/** One SHA-256 over all leaves, read in the same ranges. */
const bareHash = (store: Store): { bytes: number; hashing: bigint } => {
  const hash = createHash('sha256')
  let bytes = 0
  let hashing = 0n
  for (let from = 0; from < entries; from += 2048) {
    const rows = readLeaves(store.read, from, from + 2048)
    const start = process.hrtime.bigint()
    for (const { leaf } of rows) {
      hash.update(leaf)
      bytes += leaf.length
    }
    hashing += process.hrtime.bigint() - start
  }
  hash.digest()
  return { bytes, hashing }
}

/** Full verification of a million entries against one SHA-256 of the same bytes. Asked: 200 000 entries a second. */
export const run = async (): Promise<{
  name: string
  rows: { what: string; value: number | string; unit: string }[]
}> => {
  const folder = benchFolder()
  const store = openStore(join(folder, 'station.db'), [auditMigration])
  try {
    const filling = await seconds(() => fill(store))
    let bare = { bytes: 0, hashing: 0n }
    const reading = await seconds(() => (bare = bareHash(store)))
    const before = process.memoryUsage().rss
    const reader = store.openReader()
    let verified = false
    const cpu = process.cpuUsage()
    const full = await seconds(async () => ({ verified } = await verifyLog(reader.read, { key: key.note })))
    const { user, system } = process.cpuUsage(cpu)
    const grown = process.memoryUsage().rss - before
    const since = await seconds(() => verifyLog(reader.read, { key: key.note, from: entries - 100_000 }))
    const start = await seconds(() => checkStart(reader.read, key.note, undefined))
    const proofs = await seconds(() => {
      for (let i = 0; i < 1000; i += 1) inclusionProof(storedNodes(reader.read), (i * 7919) % entries, entries)
    })
    reader.close()
    const hashing = Number(bare.hashing) / 1e9
    return {
      name: 'audit-verify',
      rows: [
        { what: 'entries', value: entries, unit: '' },
        { what: 'bytes of leaves', value: bare.bytes, unit: 'bytes' },
        { what: 'filled in one transaction', value: filling, unit: 's' },
        { what: 'bare SHA-256 of the same bytes', value: hashing, unit: 's' },
        { what: 'the same with reading the rows', value: reading, unit: 's' },
        { what: `full verification (${verified ? 'verified' : 'NOT VERIFIED'})`, value: full, unit: 's' },
        { what: 'entries verified a second (asked: 200 000)', value: entries / full, unit: '1/s' },
        { what: 'entries verified a processor second', value: (entries * 1e6) / (user + system), unit: '1/s' },
        { what: 'full verification against bare SHA-256', value: full / hashing, unit: '×' },
        { what: 'full verification against reading and SHA-256', value: full / reading, unit: '×' },
        { what: 'memory grown', value: grown / 2 ** 20, unit: 'MiB' },
        { what: 'last 100 000 entries since an anchor (asked: 1 s)', value: since, unit: 's' },
        { what: 'check at start (asked: 500 ms)', value: start * 1000, unit: 'ms' },
        { what: 'inclusion proof (asked: 10 ms)', value: proofs, unit: 'ms' },
      ],
    }
  } finally {
    store.close()
    rmSync(folder, { recursive: true })
  }
}
