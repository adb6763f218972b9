// SPDX-License-Identifier: Apache-2.0
import { spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { originOf } from '../../main/station/audit/checkpoint.ts'
import { logKeyOf, type LogKey } from '../../main/station/audit/keys.ts'
import { importBundle, recoverImports } from '../../main/station/bundles/import.ts'
import { isNamedContent, listBundles } from '../../main/station/bundles/rows.ts'
import { openVault } from '../../main/station/bundles/vault.ts'
import { silentLog } from '../../main/station/platform/log.ts'
import { openTestLog, testStation } from '../support/audit.ts'
import { bundleEntries, firmwareManifest, noise, tarOf } from '../support/bundle.ts'
import { testClock } from '../support/clock.ts'
import { importMigrations } from '../support/import-migrations.ts'
import { testPki } from '../support/pki.ts'
import { seeded } from '../support/seeded.ts'
import { soakFactor, soakSeed } from '../support/soak.ts'
import { tempFolder } from '../support/temp-folder.ts'

const child = join(import.meta.dirname, '../support/import-child.ts')
/** Two payloads of two chunks each, and one of one. */
const contents = { 'payload/a': noise(1_200_000), 'payload/b': noise(1_600_000), 'payload/c': noise(10) }
const { policy } = testPki()

type Bytes = Readonly<Record<string, Uint8Array>>

/** A station's folder with a log, a policy and a bundle on its stick. */
const prepare = (payloads: Bytes = contents) => {
  const folder = tempFolder()
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = logKeyOf(originOf(testStation, 1), privateKey)
  openTestLog(folder, key, testClock(), importMigrations).store.close()
  writeFileSync(join(folder, 'log.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy))
  writeFileSync(join(folder, 'pump.airfw'), tarOf(bundleEntries(firmwareManifest({}, payloads), payloads)))
  return { folder, key }
}

/**
 * What is found after a kill: bundles with their entries in the log, what the next start clears away; then everything
 * that has to hold whatever the moment was, and a second try.
 */
const examine = async (folder: string, key: LogKey) => {
  const { store, audit } = openTestLog(folder, key, testClock(), importMigrations)
  const vaultFolder = join(folder, 'vault')
  const vault = openVault(vaultFolder)
  const rows = listBundles(store.read)
  const entries = store.read
    .all('SELECT leaf FROM audit_leaf')
    .map((row) => Buffer.from((row as { leaf: Uint8Array }).leaf).toString())
    .filter((leaf) => leaf.includes('"bundle.import"'))
  expect(entries).toHaveLength(rows.length)
  const cleared = recoverImports({ vault, store })
  expect(readdirSync(join(vaultFolder, 'staging'))).toEqual([])
  const kept = readdirSync(join(vaultFolder, 'contents'))
  expect(kept).toHaveLength(rows.length * 3)
  expect(kept.every((digest) => isNamedContent(store.read, digest))).toBe(true)

  const again = await importBundle(
    {
      store,
      audit,
      vault,
      vaultFolder,
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
  store.close()
  return { bundles: rows.length, cleared }
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
    expect(await examine(folder, key)).toEqual({
      bundles: moment === 'after the transaction' ? 1 : 0,
      cleared: { stagings, contents: orphans },
    })
  })

  /** Imports, and kills after so long from the beginning of the import; gives how long it went on. */
  const importFor = async (folder: string, wait?: number): Promise<number> => {
    const running = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(running, 'exit')
    await once(running.stdout, 'data')
    const began = performance.now()
    if (wait !== undefined) void after(wait).then(() => running.kill('SIGKILL'))
    await ended
    return performance.now() - began
  }

  it('at any moment leaves all of the bundle or nothing of it', { timeout: 120_000 * soakFactor }, async () => {
    const large = { ...contents, 'payload/a': noise(6_000_000), 'payload/b': noise(4_000_000) }
    const random = seeded(soakSeed)
    const seen = { kills: 0, withBundle: 0, interrupted: 0 }
    const whole = prepare(large)
    const takes = await importFor(whole.folder)
    expect((await examine(whole.folder, whole.key)).bundles).toBe(1)
    for (; seen.kills < 4 * soakFactor; seen.kills += 1) {
      const { folder, key } = prepare(large)
      await importFor(folder, random() * takes * 1.1)
      const { bundles, cleared } = await examine(folder, key)
      seen.withBundle += bundles
      seen.interrupted += Number(cleared.stagings > 0)
      rmSync(folder, { recursive: true })
    }
    if (soakFactor > 1) process.stdout.write(`kill -9 of an import: ${JSON.stringify(seen)}\n`)
    expect(seen.interrupted).toBeGreaterThan(0)
  })
})
