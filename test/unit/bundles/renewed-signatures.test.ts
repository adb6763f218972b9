// SPDX-License-Identifier: Apache-2.0
/** A bundle that is signed again after a key behind it was withdrawn, imported a second time. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkBundle } from '../../../main/station/bundles/check.ts'
import { importBundle } from '../../../main/station/bundles/import.ts'
import { objectionTo } from '../../../main/station/bundles/objection.ts'
import { getBundle } from '../../../main/station/bundles/rows.ts'
import { signersOf } from '../../../main/station/bundles/signers.ts'
import { openVault } from '../../../main/station/bundles/vault.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { overridesMigration } from '../../../main/station/store/migrations/0016-overrides.ts'
import { pastSignaturesMigration } from '../../../main/station/store/migrations/0020-past-signatures.ts'
import { issueCertificate } from '../../../main/station/trust/issue-certificate.ts'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { openTestLog, testLogKey } from '../../support/audit.ts'
import { bundleEntries, firmwareManifest, tarOf, testContents } from '../../support/bundle.ts'
import { testClock } from '../../support/clock.ts'
import { importMigrations } from '../../support/import-migrations.ts'
import { makeHolder, pkiTimes, roleOf, testPki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const pki = testPki()
const next = makeHolder('release')
const both = { ...pki.policy, roles: { ...pki.policy.roles, release: roleOf([pki.release, next]) } }
const revokedKeys = [{ spki: pki.release.spki, revokedAt: '2026-06-02T00:00:00Z', reason: 'laptop lost' }]
const without = { ...both, version: 2, revokedKeys } as TrustPolicy
const manifest = firmwareManifest()
const signedBy = (release: typeof next) =>
  tarOf(
    bundleEntries(manifest, testContents, [
      ['qa', 'qa'],
      ['release', release],
    ]),
  )

const station = () => {
  const folder = tempFolder()
  const clock = testClock()
  const log = openTestLog(folder, testLogKey(), clock, [
    ...importMigrations,
    overridesMigration,
    pastSignaturesMigration,
  ])
  const vaultFolder = join(folder, 'vault')
  mkdirSync(join(folder, 'stick'))
  const forPolicy = '00000000-0000-4000-8000-000000000001'
  log.store.transact((tx) =>
    tx.run(
      `INSERT INTO override (id, kind, subject, what, entry, asked_by, asked_name, asked_ms, reason)
        VALUES (?, 'policy-expired', '', 'the policy', 1, 'u1', 'Tess', 1, 'no newer one yet')`,
      forPolicy,
    ),
  )
  const bring = async (content: Uint8Array, policy: TrustPolicy, act: 'check' | 'import' = 'import') => {
    const path = join(folder, 'stick', 'pump.airfw')
    writeFileSync(path, content)
    const exceptions = { policy: forPolicy, bundles: new Map() }
    const parts = {
      store: log.store,
      audit: log.audit,
      vault: openVault(vaultFolder),
      vaultFolder,
      clock,
      log: silentLog,
      trust: () => ({ policy }),
      station: () => ({
        importer: '0.1.0',
        lastAuditTime: undefined,
        lastSignedTime: undefined,
        counters: {},
        exceptions,
      }),
    }
    const actor = { uid: 'u1', login: 'tess', name: 'Tess', role: 'technician' }
    const context = { id: crypto.randomUUID(), signal: new AbortController().signal, progress: () => undefined }
    const work = act === 'check' ? checkBundle : importBundle
    return await work(parts, { path, mediumId: 'stick-1', name: 'pump.airfw' }, actor, context)
  }
  const lastLeaf = () => {
    const { leaf } = log.store.read.get('SELECT leaf FROM audit_leaf ORDER BY seq DESC LIMIT 1') as { leaf: Uint8Array }
    return (JSON.parse(Buffer.from(leaf).toString()) as { after: object }).after
  }
  return { log, clock, bring, lastLeaf, forPolicy }
}

describe('a bundle that is signed again', () => {
  it('takes the new signatures once a key behind the old ones is withdrawn, and says so in the log', async () => {
    const { log, bring, lastLeaf } = station()
    const { bundle } = await bring(signedBy(pki.release), both)
    const id = bundle?.id ?? ''
    expect(objectionTo(log.store.read, id, { policy: without })?.code).toBe('trust.revoked')
    // Whoever looks at the drive is told that there is something to import.
    expect((await bring(signedBy(next), without, 'check')).alreadyPresent).toBe(false)
    const again = await bring(signedBy(next), without)
    expect(lastLeaf()).toMatchObject({ alreadyPresent: true, signaturesRenewed: 'trust.revoked' })
    expect(again).toMatchObject({ alreadyPresent: true, verdict: { verdict: 'accepted' } })
    expect(objectionTo(log.store.read, id, { policy: without })).toBeUndefined()
    expect(getBundle(log.store.read, id).keys).toEqual([pki.qa.spki, next.spki].sort())
    expect((await bring(signedBy(next), without, 'check')).alreadyPresent).toBe(true)
  })

  it('keeps the exception by which its new signatures came in, however often', async () => {
    const { log, clock, bring, lastLeaf, forPolicy } = station()
    const { bundle } = await bring(signedBy(pki.release), both)
    const ended = { ...without, expires: '2026-04-01T00:00:00Z' }
    await bring(signedBy(next), ended)
    expect(lastLeaf()).toMatchObject({ signaturesRenewed: 'trust.revoked', exceptions: [forPolicy] })
    clock.advance(60_000)
    const third = makeHolder('release')
    const roles = { ...both.roles, release: roleOf([next, third]) }
    const revoked = [...revokedKeys, { ...revokedKeys[0], spki: next.spki }]
    await bring(signedBy(third), { ...ended, version: 3, roles, revokedKeys: revoked } as TrustPolicy)
    expect(lastLeaf()).toMatchObject({ signaturesRenewed: 'trust.revoked', exceptions: [forPolicy] })
    expect(log.store.read.all('SELECT * FROM bundle_override')).toEqual([{ bundle: bundle?.id, override: forPolicy }])
  })

  it('keeps its signatures as long as they count', async () => {
    const { log, bring, lastLeaf } = station()
    const { bundle } = await bring(signedBy(pki.release), both)
    await bring(signedBy(next), both)
    expect(getBundle(log.store.read, bundle?.id ?? '').keys).toEqual([pki.qa.spki, pki.release.spki].sort())
    expect(lastLeaf()).not.toHaveProperty('signaturesRenewed')
  })

  it('is not taken with the withdrawn key once more', async () => {
    const { log, bring } = station()
    const { bundle } = await bring(signedBy(pki.release), both)
    expect((await bring(signedBy(pki.release), without)).verdict.code).toBe('trust.revoked')
    expect(getBundle(log.store.read, bundle?.id ?? '').keys).toContain(pki.release.spki)
  })

  it('names for an earlier moment the signers of that time', async () => {
    const { log, clock, bring } = station()
    const [validFrom, validUntil] = [pkiTimes.from, pkiTimes.until]
    const facts = { commonName: 'second release', key: next.key, use: 'release', validFrom, validUntil } as const
    const { bundle } = await bring(signedBy(pki.release), both)
    const id = bundle?.id ?? ''
    const namesAt = (at?: number) => signersOf(log.store.read, id, at).map(({ name }) => name)
    const before = clock.now()
    clock.advance(60_000)
    await bring(signedBy({ ...next, certificate: issueCertificate(facts) }), without)
    expect(namesAt()).toEqual(['test qa', 'second release'])
    expect(namesAt(before)).toEqual(['test qa', 'test release'])
    expect(namesAt(clock.now())).toEqual(['test qa', 'second release'])
  })
})
