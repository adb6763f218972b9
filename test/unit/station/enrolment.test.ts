// SPDX-License-Identifier: Apache-2.0
/** The station's own certificate: what goes out on a drive, what is taken back, and what the log says of both. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { verifyEnrolment } from '../../../main/station/bundles/enrolment.ts'
import { writeEnvelope } from '../../../main/station/bundles/envelope/writer.ts'
import { dataPaths } from '../../../main/station/data-folder.ts'
import { systemClock, type Clock } from '../../../main/station/platform/clock.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { fingerprintOf } from '../../../main/station/trust/fingerprint.ts'
import { issueStation } from '../../../main/cli/trust/issue-station.ts'
import type { Client } from '../../../shared/rpc/client.ts'
import type { Contract } from '../../../shared/contract/contract.ts'
import { millis } from '../../../shared/units.ts'
import { bundleEntries, memoryFile, tarOf } from '../../support/bundle.ts'
import { judgedAt } from '../../support/enrolment.ts'
import { firstPeople, ownStation, signInAs } from '../../support/own-station.ts'
import { makeHolder, testPki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const clock: Clock = { ...systemClock, now: () => millis(judgedAt) }
const pki = testPki()
const year = 365 * 86_400_000

const confirmPolicy = async (client: Client<Contract>, driveId: string, password: string): Promise<void> => {
  const name = 'first.airtrust'
  const { manifest, positions } = await client.call('trust.review', { driveId, name })
  const words = positions.map((position) => ({ position, word: fingerprintOf(manifest)[position - 1] ?? '' }))
  await client.call('trust.confirm', { driveId, name, manifest, words, password })
}

const atAStation = async () => {
  const folder = tempFolder()
  const stick = join(folder, 'STICK')
  const { station, connect } = await ownStation(folder, clock)
  await connect().call('station.setUp', { site: 'plant-north', ...firstPeople })
  const [admin, officer] = [await signInAs(station, 'administrator'), await signInAs(station, 'officer')]
  const driveId = (await admin.call('media.list', {})).drives[0]?.id ?? ''
  writeFileSync(join(stick, 'first.airtrust'), tarOf(bundleEntries(pki.policy, {}, [['root', 'root']])))
  const trust = async (): Promise<void> => {
    await confirmPolicy(admin, driveId, firstPeople.administrator.password)
    await confirmPolicy(officer, driveId, firstPeople.officer.password)
  }
  const request = async () => {
    const { name, words, key } = await admin.call('enrolment.request', { driveId })
    const { opened } = await verifyEnrolment(memoryFile(readFileSync(join(stick, name))), judgedAt)
    if (opened === undefined) throw new Error('the request does not open')
    return { name, words, key, opened }
  }
  type Asked = Awaited<ReturnType<typeof request>>['opened']
  const put = (name: string, opened: Asked, ca = pki.stationCa): void => {
    const { entries } = issueStation(opened, ca, judgedAt, judgedAt + year)
    writeFileSync(join(stick, name), Buffer.concat([...writeEnvelope(entries)]))
  }
  const install = (name: string) => admin.call('enrolment.install', { driveId, name })
  const acts = async () => (await officer.call('audit.list', { limit: 50 })).entries
  return { admin, officer, folder, stick, trust, request, put, install, acts }
}

describe("the station's certificate", () => {
  it('is asked for with the words of its key, and taken when it comes back', async () => {
    const { admin, trust, request, put, install, acts } = await atAStation()
    const before = await admin.call('enrolment.look', {})
    const { name, words, key, opened } = await request()
    expect(name).toMatch(/^station-[0-9a-f]{8}\.airreq$/)
    expect(before).toEqual({ key, words, notAfter: null })
    expect(words).toEqual(fingerprintOf(opened.manifest.key))
    const { stationId } = await admin.call('station.status', {})
    expect(opened.manifest).toMatchObject({ station: stationId, site: 'plant-north', key })
    await expect(install('first.airtrust')).rejects.toMatchObject({ code: 'policy.absent' })
    await trust()
    put('a.cert.airtrust', opened)
    expect(await install('a.cert.airtrust')).toMatchObject({
      verdict: { verdict: 'accepted' },
      notAfter: judgedAt + year,
    })
    expect(await admin.call('station.status', {})).toMatchObject({ enrolled: true })
    expect(await admin.call('enrolment.look', {})).toMatchObject({ notAfter: judgedAt + year })
    const said = (await acts()).filter(({ action }) => action.startsWith('enrolment.'))
    expect(said).toMatchObject([
      { action: 'enrolment.install', outcome: 'ok' },
      { action: 'enrolment.request', outcome: 'ok' },
    ])
  })

  it('is asked for only with an entry before it; a drive that does not take it is an entry, too', async () => {
    const { admin, folder, stick, request, acts } = await atAStation()
    const said = async () => (await acts()).filter(({ action }) => action === 'enrolment.request')
    const other = openStore(dataPaths(join(folder, 'data')).log.database, stationMigrations)
    const refuses = "CREATE TRIGGER full BEFORE INSERT ON audit_leaf BEGIN SELECT RAISE(ABORT, 'full'); END"
    other.transact((tx) => tx.run(refuses))
    await expect(request()).rejects.toMatchObject({ code: 'internal' })
    expect([readdirSync(stick), await said()]).toEqual([['first.airtrust'], []])
    other.transact((tx) => tx.run('DROP TRIGGER full'))
    other.close()
    const { stationId } = await admin.call('station.status', {})
    mkdirSync(join(stick, `station-${stationId.slice(0, 8)}.airreq`, 'in-the-way'), { recursive: true })
    await expect(request()).rejects.toMatchObject({ code: 'medium.io' })
    expect(await said()).toMatchObject([{ outcome: 'failed', reason: 'medium.io' }, { outcome: 'ok' }])
  })

  it('stays as it was when what comes back is of another CA, another station or no certificate; each is an entry', async () => {
    const { admin, stick, trust, request, put, install, acts } = await atAStation()
    await trust()
    const { opened } = await request()
    put('good.cert.airtrust', opened)
    put('stranger.cert.airtrust', opened, makeHolder('ca'))
    const { manifest } = opened
    put('other.cert.airtrust', { ...opened, manifest: { ...manifest, station: manifest.requestId } })
    writeFileSync(join(stick, 'policy.cert.airtrust'), readFileSync(join(stick, 'first.airtrust')))
    symlinkSync(join(stick, 'good.cert.airtrust'), join(stick, 'link.cert.airtrust'))
    expect(await install('good.cert.airtrust')).toMatchObject({ verdict: { verdict: 'accepted' } })
    const { notAfter } = await admin.call('enrolment.look', {})
    const bad = ['stranger.cert.airtrust', 'other.cert.airtrust', 'policy.cert.airtrust']
    const codes = ['trust.unknown-signer', 'enrolment.other-station', 'manifest.kind']
    for (const [n, name] of bad.entries())
      expect(await install(name)).toMatchObject({ verdict: { code: codes[n] }, notAfter: null })
    await expect(install('link.cert.airtrust')).rejects.toMatchObject({ code: 'medium.not-regular' })
    await expect(install('../good.cert.airtrust')).rejects.toMatchObject({ code: 'not-found' })
    expect((await admin.call('enrolment.look', {})).notAfter).toBe(notAfter)
    const entries = (await acts()).filter(({ outcome }) => outcome === 'refused')
    expect(entries.map(({ reason }) => reason).toReversed()).toEqual(codes)
  })

  it('is not taken from a CA that a policy withdraws which still waits', async () => {
    const { admin, stick, trust, request, put, install } = await atAStation()
    await trust()
    const { opened } = await request()
    put('late.cert.airtrust', opened)
    const next = { ...pki.policy, version: 2, revokedKeys: [{ spki: pki.stationCa.spki, reason: 'stolen' }] }
    writeFileSync(join(stick, 'next.airtrust'), tarOf(bundleEntries(next, {}, [['root', 'root']])))
    const driveId = (await admin.call('media.list', {})).drives[0]?.id ?? ''
    const { jobId } = await admin.call('trust.import', { driveId })
    await admin.listen('jobs.watch', { jobId }, () => undefined).ended
    expect(await admin.call('trust.waiting', {})).toMatchObject({ waiting: { version: 2 } })
    expect(await install('late.cert.airtrust')).toMatchObject({ verdict: { code: 'trust.revoked' }, notAfter: null })
  })

  it('is no trust file of the drive: what serves one station says nothing to the others', async () => {
    const { admin, trust, request, put } = await atAStation()
    await trust()
    const { opened } = await request()
    put('named.cert.airtrust', opened)
    put('misnamed.airtrust', opened)
    const drive = (await admin.call('media.list', {})).drives[0]
    expect(drive?.files.filter(({ kind }) => kind === 'certificate')).toMatchObject([{ name: 'named.cert.airtrust' }])
    const { jobId } = await admin.call('trust.import', { driveId: drive?.id ?? '' })
    let last: unknown
    await admin.listen('jobs.watch', { jobId }, (view) => (last = view)).ended
    expect(last).toMatchObject({ state: 'done', result: { files: [{ name: 'first.airtrust' }] } })
  })
})
