// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importBundle, recoverImports, type ImportParts } from '../../../main/station/bundles/import.ts'
import { getBundle, listBundles } from '../../../main/station/bundles/rows.ts'
import { openVault, type Vault } from '../../../main/station/bundles/vault.ts'
import { createFile } from '../../../main/station/platform/files.ts'
import type { JobContext, JobProgress } from '../../../main/station/jobs/job.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes } from '../../../shared/units.ts'
import { openTestLog, testLogKey, type TestLog } from '../../support/audit.ts'
import {
  bundleEntries,
  edited,
  firmwareManifest,
  goodBundle,
  sha256,
  tarOf,
  testContents,
} from '../../support/bundle.ts'
import { testClock } from '../../support/clock.ts'
import { importMigrations } from '../../support/import-migrations.ts'
import { testPki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const actor = { uid: 'u1', login: 'tess', name: 'Tess', role: 'technician' }
const { policy } = testPki()

type Station = { log: TestLog; parts: ImportParts; vaultFolder: string; stick: string }

const station = (changes: Partial<ImportParts> = {}): Station => {
  const folder = tempFolder()
  const log = openTestLog(folder, testLogKey(), testClock(), importMigrations)
  const vaultFolder = join(folder, 'vault')
  const stick = join(folder, 'stick')
  mkdirSync(stick)
  const parts: ImportParts = {
    store: log.store,
    audit: log.audit,
    vault: openVault(vaultFolder),
    vaultFolder,
    clock: testClock(),
    log: silentLog,
    trust: () => ({ policy }),
    station: () => ({ importer: '0.1.0', lastAuditTime: undefined, lastSignedTime: undefined, counters: {} }),
    ...changes,
  }
  return { log, parts, vaultFolder, stick }
}

const job = (signal = new AbortController().signal): JobContext & { seen: JobProgress[] } => {
  const seen: JobProgress[] = []
  return { id: 'c0ffee00-0000-4000-8000-00000000000a', signal, progress: (state) => void seen.push(state), seen }
}

const put = ({ stick }: Station, content: Uint8Array, name = 'pump.airfw') => {
  writeFileSync(join(stick, name), content)
  return { path: join(stick, name), mediumId: 'stick-1', name }
}

/** Every entry of the audit log, decoded. */
const leaves = ({ log }: Station): Record<string, unknown>[] =>
  log.store.read
    .all('SELECT leaf FROM audit_leaf ORDER BY seq')
    .map((row) => JSON.parse(Buffer.from((row as { leaf: Uint8Array }).leaf).toString()) as Record<string, unknown>)

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort()
const digests = Object.values(testContents).map(sha256).sort()

describe('importing a good bundle', () => {
  it('writes row, contents and one audit entry', async () => {
    const at = station()
    const result = await importBundle(at.parts, put(at, goodBundle()), actor, job())
    expect(result).toMatchObject({ verdict: { verdict: 'accepted' }, alreadyPresent: false })
    expect(result.bundle).toMatchObject({ product: 'pump', version: '2.0.0', securityCounter: 3 })
    expect(filesBelow(at.vaultFolder)).toEqual(digests)
    const entries = leaves(at).filter(({ action }) => action === 'bundle.import')
    expect(entries).toMatchObject([
      { outcome: 'ok', object: { type: 'bundle', id: result.bundle?.id }, corr: job().id },
    ])
  })

  it('keeps the manifest, its signatures and its keys', async () => {
    const at = station()
    const { bundle } = await importBundle(at.parts, put(at, goodBundle()), actor, job())
    const details = getBundle(at.log.store.read, bundle?.id ?? '')
    expect(details.manifest).toEqual(firmwareManifest())
    expect(details.signatures.map(({ role }) => role)).toEqual(['qa', 'release'])
    expect(details.keys).toEqual([testPki().qa.spki, testPki().release.spki].sort())
  })

  it('is readable by the owner only', async () => {
    const at = station()
    await importBundle(at.parts, put(at, goodBundle()), actor, job())
    expect(statSync(at.vaultFolder).mode & 0o77).toBe(0)
    expect(statSync(join(at.vaultFolder, 'contents', digests[0]!)).mode & 0o77).toBe(0)
  })

  it('tells how far it is', async () => {
    const at = station()
    const context = job()
    await importBundle(at.parts, put(at, goodBundle()), actor, context)
    const total = Object.values(testContents).reduce((sum, { length }) => sum + length, 0)
    expect(context.seen.at(-1)).toEqual({ stage: 'copy', done: total, total })
  })

  it('counts only when the copies on the station were read again and are right (ux 17)', async () => {
    const at = station()
    const spoiling = openVault(at.vaultFolder, (path) => {
      const file = createFile(path)
      const spoilt = async (chunk: Uint8Array): Promise<void> => {
        await file.append(chunk)
        writeFileSync(path, 'what the disk made of it')
      }
      return { ...file, append: spoilt }
    })
    const source = put(at, goodBundle())
    const failed = importBundle({ ...at.parts, vault: spoiling }, source, actor, job())
    await expect(failed).rejects.toMatchObject({ code: 'storage.io' })
    expect(existsSync(join(at.vaultFolder, 'contents', digests[0]!))).toBe(false)
    expect(listBundles(at.parts.store.read)).toEqual([])
    expect((await importBundle(at.parts, source, actor, job())).bundle).not.toBeNull()
  })

  it('is accepted again, says that it is already there, and heals the copies', async () => {
    const at = station()
    const source = put(at, goodBundle())
    await importBundle(at.parts, source, actor, job())
    const copy = join(at.vaultFolder, 'contents', digests[0]!)
    writeFileSync(copy, 'tampered')
    const again = await importBundle(at.parts, source, actor, job())
    expect(again).toMatchObject({ verdict: { verdict: 'accepted' }, alreadyPresent: true })
    expect(listBundles(at.log.store.read)).toHaveLength(1)
    expect(at.parts.vault.read(digests[0]!, bytes(10_000)).length).toBeGreaterThan(0)
  })

  it('is the same bundle under other signature bytes', async () => {
    const at = station()
    const first = await importBundle(at.parts, put(at, goodBundle()), actor, job())
    const again = await importBundle(at.parts, put(at, goodBundle()), actor, job())
    expect(again).toMatchObject({ alreadyPresent: true, bundle: { id: first.bundle?.id } })
  })
})

describe('refusing a bundle', () => {
  const bad = () => edited((list) => list.with(4, { ...list[4]!, content: list[4]!.content.with(600, 0xff) }))

  it('leaves the staging folder empty, no row, and one entry with code and digest of what was read', async () => {
    const at = station()
    const content = Buffer.from(bad())
    const { verdict, bundle } = await importBundle(at.parts, put(at, content), actor, job())
    expect([verdict.code, bundle]).toEqual(['payload.digest', null])
    expect(filesBelow(at.vaultFolder)).toEqual([])
    expect(readdirSync(join(at.vaultFolder, 'staging'))).toEqual([])
    expect(listBundles(at.log.store.read)).toEqual([])
    const entries = leaves(at).filter(({ action }) => action === 'bundle.import')
    expect(entries).toMatchObject([{ outcome: 'refused', reason: 'payload.digest' }])
    // Read were the head, and the headers of both payloads.
    const [app = 0, data = 0] = ['payload/app.hex', 'payload/data.bin'].map((name) => content.indexOf(`${name}\0`))
    const seen = Buffer.concat([content.subarray(0, app + 512), content.subarray(data, data + 512)])
    expect(entries[0]?.['evidence']).toEqual([{ type: 'envelope-head', sha256: sha256(seen), bytes: seen.length }])
  })

  it('names a version that was signed twice', async () => {
    const at = station()
    await importBundle(at.parts, put(at, goodBundle()), actor, job())
    const other = tarOf(bundleEntries(firmwareManifest({ securityCounter: 4 })))
    const { verdict } = await importBundle(at.parts, put(at, other, 'other.airfw'), actor, job())
    expect(verdict.code).toBe('rollback.equivocation')
  })

  it.each([
    ['a link', (at: Station) => symlinkSync(put(at, goodBundle(), 'real').path, join(at.stick, 'x.airfw'))],
    ['a folder', (at: Station) => mkdirSync(join(at.stick, 'x.airfw'))],
    ['a FIFO', (at: Station) => execFileSync('mkfifo', [join(at.stick, 'x.airfw')])],
  ])('does not open %s', async (_what, make) => {
    const at = station()
    make(at)
    const source = { path: join(at.stick, 'x.airfw'), mediumId: 'stick-1', name: 'x.airfw' }
    const { verdict } = await importBundle(at.parts, source, actor, job())
    expect(verdict.code).toBe('medium.not-regular')
  })
})

describe('a file without an end', () => {
  it('row 32: is refused by its size, before a byte of it is read', async () => {
    const at = station()
    const source = put(at, goodBundle())
    truncateSync(source.path, 2 ** 40)
    const { verdict } = await importBundle(at.parts, source, actor, job())
    expect(verdict).toMatchObject({ verdict: 'refused', code: 'limit.total-size' })
    expect(leaves(at).at(-1)).toMatchObject({ outcome: 'refused', evidence: [{ type: 'envelope-head', bytes: 0 }] })
    expect(readdirSync(join(at.vaultFolder, 'staging'))).toEqual([])
  })

  it('row 32: is read to the size that it had when it was opened, however it grows', async () => {
    const at = station()
    const source = put(at, goodBundle())
    const grow = () => appendFileSync(source.path, Buffer.alloc(65_536, 1))
    const { verdict } = await importBundle(at.parts, source, actor, { ...job(), progress: grow })
    expect(verdict.verdict).toBe('accepted')
    expect(filesBelow(join(at.vaultFolder, 'contents'))).toEqual(digests)
    expect(await importBundle(at.parts, source, actor, job())).toMatchObject({
      verdict: { code: 'container.trailing-data' },
    })
  })
})

describe('an import that cannot go on', () => {
  it('fails without a policy', async () => {
    const at = station({ trust: () => undefined })
    await expect(importBundle(at.parts, put(at, goodBundle()), actor, job())).rejects.toMatchObject({
      code: 'policy.absent',
    })
    expect(leaves(at).at(-1)).toMatchObject({ outcome: 'failed', reason: 'policy.absent' })
  })

  it('leaves nothing when it is cancelled', async () => {
    const at = station()
    const abort = new AbortController()
    const context = { ...job(abort.signal), progress: () => abort.abort() }
    await expect(importBundle(at.parts, put(at, goodBundle()), actor, context)).rejects.toMatchObject({
      code: 'call.cancelled',
    })
    expect(filesBelow(at.vaultFolder)).toEqual([])
    expect(leaves(at).at(-1)).toMatchObject({ outcome: 'failed', reason: 'call.cancelled' })
  })

  const full = (): never => {
    throw new AirlockError('storage.full')
  }
  it.each<[string, (vault: Vault) => Vault['stage']]>([
    ['before the first byte', () => full],
    ['in the middle', (vault) => () => ({ ...vault.stage(), writer: () => ({ write: full, end: () => undefined }) })],
  ])('leaves nothing but its entry when the disk is full %s', async (_when, stageOf) => {
    const at = station()
    const { vault } = at.parts
    const parts = { ...at.parts, vault: { ...vault, stage: stageOf(vault) } }
    await expect(importBundle(parts, put(at, goodBundle()), actor, job())).rejects.toMatchObject({
      code: 'storage.full',
    })
    expect(filesBelow(at.vaultFolder)).toEqual([])
    expect(readdirSync(join(at.vaultFolder, 'staging'))).toEqual([])
    expect(leaves(at).at(-1)).toMatchObject({ outcome: 'failed', reason: 'storage.full' })
  })

  it('leaves neither row nor entry of acceptance when the log refuses', async () => {
    const at = station()
    const audit = {
      ...at.parts.audit,
      change: () => {
        throw new Error('no room for the entry')
      },
    }
    await expect(importBundle({ ...at.parts, audit }, put(at, goodBundle()), actor, job())).rejects.toThrow()
    expect(listBundles(at.log.store.read)).toEqual([])
    expect(recoverImports({ vault: at.parts.vault, store: at.log.store })).toEqual({ stagings: 0, contents: 3 })
    expect(filesBelow(at.vaultFolder)).toEqual([])
  })
})

describe('recovery', () => {
  it('removes staging folders and contents that no bundle names, and keeps the others', async () => {
    const at = station()
    await importBundle(at.parts, put(at, goodBundle()), actor, job())
    mkdirSync(join(at.vaultFolder, 'staging', 'left'))
    writeFileSync(join(at.vaultFolder, 'staging', 'left', '1'), 'half')
    writeFileSync(join(at.vaultFolder, 'contents', 'f'.repeat(64)), 'orphan')
    expect(recoverImports({ vault: at.parts.vault, store: at.log.store })).toEqual({ stagings: 1, contents: 1 })
    expect(filesBelow(at.vaultFolder)).toEqual(digests)
    expect(recoverImports({ vault: at.parts.vault, store: at.log.store })).toEqual({ stagings: 0, contents: 0 })
  })
})

describe('the vault', () => {
  it('gives the bytes whose digest was asked for', async () => {
    const at = station()
    await importBundle(at.parts, put(at, goodBundle()), actor, job())
    const content = testContents['payload/data.bin']!
    expect(at.parts.vault.read(sha256(content), bytes(10_000))).toEqual(Buffer.from(content))
    expect(() => at.parts.vault.read(sha256(content), bytes(10))).toThrow(RangeError)
  })

  it('notices a file that was changed or removed after the import', async () => {
    const at = station()
    await importBundle(at.parts, put(at, goodBundle()), actor, job())
    const path = join(at.vaultFolder, 'contents', digests[0]!)
    chmodSync(path, 0o600)
    writeFileSync(path, 'tampered')
    expect(() => at.parts.vault.read(digests[0]!, bytes(10_000))).toThrow('payload.digest')
    expect(() => at.parts.vault.read('0'.repeat(64), bytes(10_000))).toThrow('payload.digest')
    expect(existsSync(path)).toBe(true)
  })

  it('notices a manifest that was changed in the database', async () => {
    const at = station()
    const { bundle } = await importBundle(at.parts, put(at, goodBundle()), actor, job())
    at.log.store.transact((tx) => tx.run("UPDATE bundle SET manifest = CAST('{}' AS BLOB)"))
    expect(() => getBundle(at.log.store.read, bundle?.id ?? '')).toThrow('payload.digest')
  })
})
