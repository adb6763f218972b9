// SPDX-License-Identifier: Apache-2.0
/** Trust files on a stick, through the station's own door: policy steps, recall lists, and what they do to bundles. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { trustImportResult } from '../../shared/contract/values.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { cli, importFile, makeBundle, makeWorld, passwords, setUp, startWorld, stickOf } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { policyIn, putTrust, recallOf, signPolicy, type Signer } from '../support/trust-files.ts'

const importTrust = async (client: Client<Contract>) => {
  const { jobId } = await client.call('trust.import', { driveId: await stickOf(client) })
  return trustImportResult.parse(await waitForJob(client, jobId))
}

const entriesOf = async (officer: Client<Contract>, ...actions: string[]) =>
  (await officer.call('audit.list', { limit: 500 })).entries
    .filter(({ action }) => actions.includes(action))
    .map(({ action, outcome, reason }) => [action, outcome, reason])

describe('the trust files of a stick', () => {
  it('hand all root and release keys over, step by step, and refuse a gap', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    const { admin, officer, technician } = await setUp(station, world)
    const first = await policyIn(world.policy)
    const newKeys = join(world.folder, 'new-keys')
    await cli('trust', 'init', newKeys)
    const { roles } = await policyIn(join(newKeys, 'policy-1.airtrust'))
    const next = { ...first, roles: { ...first.roles, root: roles.root, release: roles.release } }
    const old: Signer = [world.keys, 'root-1', 'root']
    const fresh: Signer = [newKeys, 'root-1', 'root']
    await putTrust(world, 'skips', { ...next, version: 4 }, [old, fresh])
    expect(await importTrust(technician)).toMatchObject({
      verdict: { verdict: 'refused', code: 'policy.gap' },
      version: 1,
      files: [
        { name: 'policy-1.airtrust', verdict: { verdict: 'accepted' }, applied: false },
        { name: 'skips.airtrust', verdict: { code: 'policy.gap' }, applied: false },
      ],
    })
    // The name says nothing: the steps lie in another order than their versions.
    await putTrust(world, 'z-handover', { ...next, version: 2 }, [old, fresh])
    await putTrust(world, 'a-later', { ...next, version: 3, counters: { 'dosing-controller': 2 } }, [fresh])
    await putTrust(world, 'skips', { ...next, version: 5 }, [fresh])
    // Two people at once: they take turns, and each step is taken once.
    const [found, again] = await Promise.all([importTrust(admin), importTrust(technician)])
    expect(again.files.map(({ waits }) => waits)).toEqual([false, false])
    expect(found).toMatchObject({ verdict: { code: 'policy.gap' }, version: 1, waits: 3 })
    expect(found.files.map(({ name, waits }) => [name, waits])).toEqual([
      ['policy-1.airtrust', false],
      ['z-handover.airtrust', true],
      ['a-later.airtrust', true],
      ['skips.airtrust', false],
    ])
    // A second person signs what it changes; until then nothing of it is trusted.
    expect((await officer.call('station.status', {})).trust).toMatchObject({ version: 1 })
    const { waiting } = await officer.call('trust.waiting', {})
    expect(waiting).toMatchObject({ from: 1, version: 3, broughtBy: 'Ada Castellanos', signers: ['officer'] })
    expect(waiting?.changes).toContainEqual({ path: 'counters.dosing-controller', from: null, to: '2' })
    await expect(signPolicy(admin, passwords.admin)).rejects.toMatchObject({ code: 'station.second-person' })
    await expect(signPolicy(technician, passwords.technician)).rejects.toMatchObject({ code: 'person.not-allowed' })
    await signPolicy(officer)
    expect((await officer.call('station.status', {})).trust).toMatchObject({ version: 3 })
    expect(await entriesOf(officer, 'policy.step', 'policy.bring', 'trust.import')).toEqual([
      ['policy.step', 'ok', 'compared with the letter'],
      ['policy.step', 'refused', 'station.second-person'],
      ['trust.import', 'refused', 'policy.gap'],
      ['policy.step', 'refused', 'policy.gap'],
      ['trust.import', 'refused', 'policy.gap'],
      ['policy.step', 'refused', 'policy.gap'],
      ['policy.bring', 'ok', null],
      ['policy.bring', 'ok', null],
      ['trust.import', 'refused', 'policy.gap'],
      ['policy.step', 'refused', 'policy.gap'],
    ])
    await makeBundle(world, { name: 'by-the-old' })
    expect((await importFile(technician, 'by-the-old.airfw')).verdict.code).toBe('trust.unknown-signer')
    const release = (kind: string) => join(newKeys, `release.${kind}.pem`)
    cpSync(release('key'), join(world.keys, 'release.key.pem'))
    cpSync(release('cert'), join(world.keys, 'release.cert.pem'))
    await makeBundle(world, { name: 'by-the-new' })
    expect((await importFile(technician, 'by-the-new.airfw')).verdict.verdict).toBe('accepted')
  })

  it('recall what is on the same stick before it is imported, and what was imported before it is used', async () => {
    const world = await makeWorld(tempFolder())
    // Nothing opens the port: the bundle is asked first.
    const station = await startWorld(world, ['/dev/null'])
    const { admin, officer, technician } = await setUp(station, world)
    await makeBundle(world, { name: 'pump-2', version: '2.0.0' })
    const { bundle } = await importFile(technician, 'pump-2.airfw')
    const id = bundle?.id ?? ''
    const signer: Signer = [world.keys, 'recall', 'recall']
    const bad = await putTrust(world, 'a-by-release', recallOf(9, { bundle: id }), [[world.keys, 'release', 'release']])
    await putTrust(world, 'recall-2', recallOf(2, { bundle: id }, { belowCounter: { product: 'valve', counter: 4 } }), [
      signer,
    ])
    await makeBundle(world, { name: 'valve-3', product: 'valve', counter: 3 })
    // No trust.import in between: the lists of a stick come before its bundles, a bad one beside them stops nothing.
    expect((await importFile(technician, 'valve-3.airfw')).verdict.code).toBe('recall.bundle')
    const flashed = await technician.call('flashing.start', { bundle: id, targets: [{ port: '/dev/null' }] })
    await expect(waitForJob(technician, flashed.jobs[0]?.jobId ?? '')).rejects.toMatchObject({ code: 'recall.bundle' })
    expect(await entriesOf(officer, 'recall.update', 'bundle.import', 'flash.end')).toEqual([
      ['flash.end', 'refused', 'recall.bundle'],
      ['bundle.import', 'refused', 'recall.bundle'],
      ['recall.update', 'refused', 'trust.role'],
      ['recall.update', 'ok', null],
      ['bundle.import', 'ok', null],
    ])
    rmSync(bad)
    expect(await importTrust(admin)).toMatchObject({
      verdict: { verdict: 'accepted' },
      recallVersion: 2,
      recalled: [{ bundle: id, version: '2.0.0', entry: 'R-1' }],
    })
    await putTrust(world, 'recall-2', recallOf(3, { bundle: id }), [signer])
    expect(await importTrust(admin)).toMatchObject({ verdict: { code: 'recall.rollback' }, recallVersion: 2 })
  })

  it('never are a first policy: that one takes two people and a paper', async () => {
    const world = await makeWorld(tempFolder())
    const station = await startWorld(world)
    await setUp(station, { ...world, words: world.words.map(() => 'zebra') }).catch(() => undefined)
    const admin = station.connect()
    await admin.call('session.signIn', { login: 'admin', password: 'Lantern-7-orbit-cedar' })
    await expect(importTrust(admin)).rejects.toMatchObject({ code: 'policy.absent' })
    expect((await admin.call('station.status', {})).trust).toBeNull()
    await expect(admin.call('trust.import', { driveId: '0123' })).rejects.toMatchObject({ code: 'medium.gone' })
  })
})
