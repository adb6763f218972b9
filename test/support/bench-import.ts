// SPDX-License-Identifier: Apache-2.0
/**
 * A station that imports, over real files: store, audit log, vault. Run as a program it imports one bundle and prints
 * by how many bytes its memory grew meanwhile: `bench-import.ts FOLDER POLICY BUNDLE`.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openHeadFile } from '../../main/station/audit/head-file.ts'
import { createAuditLog } from '../../main/station/audit/log.ts'
import { importBundle, type ImportResult } from '../../main/station/bundles/import.ts'
import { openVault } from '../../main/station/bundles/vault.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { openStore } from '../../main/station/store/open.ts'
import { trustPolicySchema, type TrustPolicy } from '../../shared/formats/trust-policy.ts'
import { benchKey, benchStation } from './bench-log.ts'
import { testClock } from './clock.ts'
import { importMigrations } from './import-migrations.ts'

/** Imports into a folder of its own; `seen` is called at every chunk. */
export type BenchImporter = { run(bundle: string, seen?: () => void): Promise<ImportResult>; close(): void }

/** Opens a station that has never imported anything. */
export const openImporter = (folder: string, policy: TrustPolicy): BenchImporter => {
  mkdirSync(join(folder, 'head'), { recursive: true })
  const clock = testClock()
  const store = openStore(join(folder, 'station.db'), importMigrations)
  const headFile = openHeadFile(join(folder, 'head', 'audit-head'))
  const facts = { stationId: benchStation, epoch: 1, appVersion: '0.1.0', buildHash: 'source' }
  const vaultFolder = join(folder, 'vault')
  const parts = {
    store,
    audit: createAuditLog({ store, clock, key: benchKey(), headFile, ...facts }),
    vault: openVault(vaultFolder),
    vaultFolder,
    clock,
    log: silentLog,
    trust: () => ({ policy }),
    station: () => ({ importer: '0.1.0', lastAuditTime: undefined, lastSignedTime: undefined, counters: {} }),
  }
  const actor = { uid: 'u1', login: 'tess', name: 'Tess', role: 'technician' }
  const { signal } = new AbortController()
  return {
    run: (bundle, seen = () => undefined) =>
      importBundle(parts, { path: bundle, mediumId: 'stick-1', name: basename(bundle) }, actor, {
        id: randomUUID(),
        signal,
        progress: seen,
      }),
    close: () => store.close(),
  }
}

if (import.meta.main) {
  const [folder = '', policy = '', bundle = ''] = process.argv.slice(2)
  const importer = openImporter(folder, trustPolicySchema.parse(JSON.parse(readFileSync(policy, 'utf8'))))
  const before = process.memoryUsage.rss()
  let most = before
  const { verdict } = await importer.run(bundle, () => void (most = Math.max(most, process.memoryUsage.rss())))
  if (verdict.verdict !== 'accepted') throw new Error(`refused: ${verdict.code}`)
  process.stdout.write(`${most - before}\n`)
  importer.close()
}
