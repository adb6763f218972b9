// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { originOf } from '../../main/station/audit/checkpoint.ts'
import { logKeyOf } from '../../main/station/audit/keys.ts'
import { importBundle, recoverImports } from '../../main/station/bundles/import.ts'
import { isNamedContent, listBundles } from '../../main/station/bundles/rows.ts'
import { openVault } from '../../main/station/bundles/vault.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { openTestLog, testStation } from '../support/audit.ts'
import { bundleEntries, firmwareManifest, noise, tarOf } from '../support/bundle.ts'
import { testClock } from '../support/clock.ts'
import { importMigrations } from '../support/import-migrations.ts'
import { testPki } from '../support/pki.ts'
import { tempFolder } from '../support/temp-folder.ts'

const child = join(import.meta.dirname, '../support/import-child.ts')
/** Two payloads of two chunks each, and one of one. */
const contents = { 'payload/a': noise(600_000), 'payload/b': noise(800_000), 'payload/c': noise(10) }
const { policy } = testPki()

/** A station's folder with a log, a policy and a bundle on its stick. */
const prepare = () => {
  const folder = tempFolder()
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = logKeyOf(originOf(testStation, 1), privateKey)
  openTestLog(folder, key, testClock(), importMigrations).store.close()
  writeFileSync(join(folder, 'log.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy))
  writeFileSync(join(folder, 'pump.airfw'), tarOf(bundleEntries(firmwareManifest({}, contents), contents)))
  return { folder, key }
}

describe('an import that is killed', () => {
  it.each([
    ['at chunk 1', 0, 1],
    ['at chunk 3', 0, 1],
    ['at chunk 5', 0, 1],
    ['before publishing', 0, 1],
    ['after publishing', 3, 1],
    ['inside the transaction', 3, 1],
    ['after the transaction', 0, 0],
  ])('%s leaves all of the bundle or nothing of it', async (moment, orphans, stagings) => {
    const { folder, key } = prepare()
    const { signal } = spawnSync(process.execPath, [child, folder, moment])
    expect(signal).toBe('SIGKILL')

    const { store, audit } = openTestLog(folder, key, testClock(), importMigrations)
    const vault = openVault(join(folder, 'vault'))
    const rows = listBundles(store.read)
    const entries = store.read
      .all('SELECT leaf FROM audit_leaf')
      .map((row) => Buffer.from((row as { leaf: Uint8Array }).leaf).toString())
      .filter((leaf) => leaf.includes('"bundle.import"'))
    expect(rows).toHaveLength(moment === 'after the transaction' ? 1 : 0)
    expect(entries).toHaveLength(rows.length)

    expect(recoverImports({ vault, store })).toEqual({ stagings, contents: orphans })
    expect(readdirSync(join(folder, 'vault', 'staging'))).toEqual([])
    const kept = readdirSync(join(folder, 'vault', 'contents'))
    expect(kept).toHaveLength(rows.length * 3)
    expect(kept.every((digest) => isNamedContent(store.read, digest))).toBe(true)

    const again = await importBundle(
      {
        store,
        audit,
        vault,
        vaultFolder: join(folder, 'vault'),
        clock: testClock(),
        log: silentLog,
        trust: () => ({ policy }),
        station: () => ({ importer: '0.1.0', lastAuditTime: undefined, lastSignedTime: undefined, counters: {} }),
      },
      { path: join(folder, 'pump.airfw'), mediumId: 'stick-1', name: 'pump.airfw' },
      { uid: 'u1', login: 'tess', name: 'Tess', role: 'technician' },
      { id: 'c0ffee00-0000-4000-8000-00000000000b', signal: new AbortController().signal, progress: () => undefined },
    )
    expect(again).toMatchObject({ verdict: { verdict: 'accepted' }, alreadyPresent: rows.length === 1 })
  })
})
