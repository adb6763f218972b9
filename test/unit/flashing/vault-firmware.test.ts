// SPDX-License-Identifier: Apache-2.0
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importBundle } from '../../../main/station/bundles/import.ts'
import { openVault } from '../../../main/station/bundles/vault.ts'
import type { TrustInForce } from '../../../main/station/bundles/verify.ts'
import { vaultFirmware } from '../../../main/station/flashing/vault-firmware.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { auditMigration } from '../../../main/station/store/migrations/0001-audit.ts'
import { bundles } from '../../../main/station/store/migrations/0003-bundles.ts'
import { recallSchema, type RecallMatch } from '../../../shared/formats/recall.ts'
import { bytes } from '../../../shared/units.ts'
import { testLog } from '../../support/audit.ts'
import { goodBundle, sha256, testContents } from '../../support/bundle.ts'
import { testClock } from '../../support/clock.ts'
import { testPki } from '../../support/pki.ts'
import { technician } from './job-fixtures.ts'

const pki = testPki()
const image = testContents['payload/data.bin'] ?? new Uint8Array()

/** A station that has imported the good bundle under the test policy; what is in force may change afterwards. */
const station = async () => {
  const clock = testClock()
  const log = testLog(clock, [auditMigration, { id: 2, name: 'none', sql: '' }, bundles])
  const [vaultFolder, stick] = [join(log.folder, 'vault'), join(log.folder, 'stick')]
  mkdirSync(stick)
  writeFileSync(join(stick, 'pump.airfw'), goodBundle())
  const vault = openVault(vaultFolder)
  const { store, audit } = log
  let inForce: TrustInForce | undefined = { policy: pki.policy }
  const { bundle } = await importBundle(
    {
      store,
      audit,
      vault,
      vaultFolder,
      clock,
      log: silentLog,
      trust: () => inForce,
      station: () => ({ importer: '0.1.0', lastAuditTime: undefined, lastSignedTime: undefined, counters: {} }),
    },
    { path: join(stick, 'pump.airfw'), mediumId: 'stick', name: 'pump.airfw' },
    technician,
    { id: 'c0ffee00-0000-4000-8000-00000000000b', signal: new AbortController().signal, progress: () => undefined },
  )
  const put = (trust: TrustInForce | undefined): void => {
    inForce = trust
  }
  return { id: bundle?.id ?? '', vaultFolder, put, source: vaultFirmware({ store, vault, trust: () => inForce }) }
}

const recall = (match: RecallMatch): TrustInForce => ({
  policy: pki.policy,
  recall: recallSchema.parse({
    kind: 'airlock.recall',
    schema: 1,
    version: 1,
    issuedAt: '2026-06-01T00:00:00Z',
    entries: [{ id: 'R-7', match, reason: 'pump stops', severity: 'critical', instead: '2.0.1' }],
  }),
})

describe('imported firmware', () => {
  it('gives its manifest and its payload, and nothing stands against it', async () => {
    const { source, id } = await station()
    expect(source.manifest(id)).toMatchObject({ product: 'pump', version: '2.0.0' })
    expect(source.objection(id)).toBeUndefined()
    expect(Buffer.compare(source.read(sha256(image), bytes(image.length)), image)).toBe(0)
  })

  it('is refused when it was recalled after its import', async () => {
    const { source, id, put } = await station()
    const { payloads } = source.manifest(id)
    const matches: RecallMatch[] = [
      { bundle: id },
      { payload: payloads[0]?.sha256 ?? '' },
      { belowCounter: { product: 'pump', counter: 4 } },
    ]
    for (const match of matches) {
      put(recall(match))
      expect(source.objection(id)).toMatchObject({ id: 'recall', ok: false, code: 'recall.bundle', detail: 'R-7' })
    }
    put(recall({ belowCounter: { product: 'other', counter: 4 } }))
    expect(source.objection(id)).toBeUndefined()
  })

  it('is refused when a later policy revokes a key behind it, raises the counter, or is gone', async () => {
    const { source, id, put } = await station()
    const release = pki.policy.roles.release
    const spki = [...release.keys, ...release.cas][0]?.spki ?? ''
    const revokedKeys = [{ spki, reason: 'lost' }]
    put({ policy: { ...pki.policy, revokedKeys } })
    expect(source.objection(id)).toMatchObject({ code: 'trust.revoked' })
    put({ policy: { ...pki.policy, counters: { pump: 4 } } })
    expect(source.objection(id)).toMatchObject({ code: 'rollback.counter' })
    put(undefined)
    expect(source.objection(id)).toMatchObject({ code: 'policy.absent' })
  })

  it('148: is refused when two people withdraw it at the site, or a key that it needs', async () => {
    const { source, id, put } = await station()
    const by = { day: '2026-06-01', first: 'Ada', second: 'Olga', reason: 'lost' }
    const [keys, bundles] = [new Map<string, typeof by>(), new Map<string, typeof by>()]
    put({ policy: pki.policy, here: { keys: new Map([[pki.release.spki, by]]), bundles } })
    expect(source.objection(id)).toMatchObject({
      code: 'trust.withdrawn-here',
      detail: '2026-06-01 Ada, Olga: lost',
      facts: by,
    })
    put({ policy: pki.policy, here: { keys, bundles: new Map([[id, by]]) } })
    expect(source.objection(id)).toMatchObject({
      code: 'recall.withdrawn-here',
      detail: '2026-06-01 Ada, Olga: lost',
      facts: by,
    })
    // Where the policy of now asks for nobody's signature by that key, the rest is enough.
    const { production: _, ...require } = pki.policy.require
    const qaKey = { keys: new Map([[pki.qa.spki, by]]), bundles }
    put({ policy: { ...pki.policy, require: { ...require, production: ['release'] } }, here: qaKey })
    expect(source.objection(id)).toBeUndefined()
    put({ policy: { ...pki.policy, require }, here: qaKey })
    expect(source.objection(id)).toMatchObject({ code: 'trust.withdrawn-here' })
  })

  it.each([
    ['has one other bit', Uint8Array.from(image, (octet, at) => (at === 700 ? octet ^ 1 : octet))],
    ['is longer', Uint8Array.from([...image, 0])],
    ['is shorter', image.slice(0, -1)],
  ])('is not read from a file in the vault that %s', async (_, content) => {
    const { source, vaultFolder } = await station()
    writeFileSync(join(vaultFolder, 'contents', sha256(image)), content)
    expect(() => source.read(sha256(image), bytes(image.length))).toThrow(
      expect.objectContaining({ code: 'payload.digest' }),
    )
  })

  it('is not there under an id that was never imported', async () => {
    const { source } = await station()
    expect(() => source.manifest('0'.repeat(64))).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})
