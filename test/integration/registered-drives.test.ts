// SPDX-License-Identifier: Apache-2.0
/** A site that works with registered drives only, at a station as a process of its own. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startStation } from '../../main/cli/station/start-station.ts'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { importResult } from '../../shared/contract/values.ts'
import { code } from '../support/exports.ts'
import { notedBy } from '../support/media-station.ts'
import { enrol, makeBundle, makeWorld, setUp, signIn } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

it('a site that asks for it takes nothing from a drive that is not registered, and writes nothing to one', async () => {
  const world = await makeWorld(tempFolder())
  const other = join(world.folder, 'OTHER')
  const start = async (drives: readonly string[]) => {
    const station = await startStation({ data: world.data, drives, ports: [], passphrase: 'a passphrase for tests' })
    onTestFinished(() => station.stop())
    return station
  }
  const first = await start([world.stick])
  const people = await setUp(first, world)
  await enrol(people.admin, world)
  await makeBundle(world, { name: 'pump' })
  cpSync(world.stick, other, { recursive: true })
  await first.stop()

  const station = await start([world.stick, other])
  const [admin, officer, technician] = [
    await signIn(station, 'admin'),
    await signIn(station, 'officer'),
    await signIn(station, 'technician'),
  ]
  const { drives } = await technician.call('media.list', {})
  const [own, strange] = ['STICK', 'OTHER'].map((name) => drives.find((drive) => drive.name === name)?.id ?? '')
  expect(drives.map(({ registered, admitted }) => ({ registered, admitted }))).toEqual(
    drives.map(() => ({ registered: null, admitted: true })),
  )
  const told = { driveId: own ?? '', label: 'NF 7', owner: 'Anna Keller' }
  await expect(technician.call('media.register', told)).rejects.toEqual(code('person.not-allowed'))
  const { id } = await admin.call('media.register', told)
  await expect(admin.call('media.register', told)).rejects.toEqual(code('medium.registered'))
  await admin.call('media.setRule', { rule: 'refused', reason: 'audit finding 12' })

  const refused = code('medium.not-allowed')
  const from = { driveId: strange ?? '', name: 'pump.airfw' }
  await expect(technician.call('bundles.check', from)).rejects.toEqual(refused)
  await expect(technician.call('bundles.import', from)).rejects.toEqual(refused)
  await expect(officer.call('trust.import', { driveId: from.driveId })).rejects.toEqual(refused)
  const write = { id: crypto.randomUUID(), driveId: from.driveId }
  await expect(officer.call('exports.write', write)).rejects.toEqual(refused)
  await expect(officer.call('audit.export', { driveId: from.driveId })).rejects.toEqual(refused)
  await expect(admin.call('enrolment.request', { driveId: from.driveId })).rejects.toEqual(refused)
  expect((await notedBy(station)).filter((entry) => entry.startsWith('media.use'))).toEqual(
    Array.from({ length: 6 }, () => 'media.use refused medium.not-allowed'),
  )
  const now = (await technician.call('media.list', {})).drives
  expect(now.find(({ id: one }) => one === own)).toMatchObject({
    registered: { label: 'NF 7', owner: 'Anna Keller' },
    admitted: true,
  })
  expect(now.find(({ id: one }) => one === strange)).toMatchObject({ registered: null, admitted: false })

  const take = async (driveId: string) => {
    const { jobId } = await technician.call('bundles.import', { driveId, name: 'pump.airfw' })
    return importResult.parse(await waitForJob(technician, jobId)).verdict
  }
  expect(await take(own ?? '')).toMatchObject({ verdict: 'accepted' })
  await admin.call('media.unregister', { id, reason: 'lost in hall 3' })
  await expect(take(own ?? '')).rejects.toEqual(refused)
  expect(await technician.call('media.registered', {})).toMatchObject({
    rule: 'refused',
    drives: [{ owner: 'Anna Keller', ended: { by: 'Ada Castellanos', reason: 'lost in hall 3' } }],
  })
  await admin.call('media.setRule', { rule: 'allowed', reason: 'until the new sticks come' })
  expect(await take(from.driveId)).toMatchObject({ verdict: 'accepted' })
}, 120_000)
