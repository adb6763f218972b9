// SPDX-License-Identifier: Apache-2.0
/** Drives that are really mounted and really pulled, at a station as a process of its own. */
import { randomBytes } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { code } from '../support/exports.ts'
import { atAStation, atFirstProgress, leftIn, names, notedBy, watch } from '../support/media-station.ts'
import { makeStick, mayMount, plugIn, plugInDead, pullOut } from '../support/mounts.ts'
import { importFile, makeBundle } from '../support/station.ts'

/** Mounting wants root on Linux, and a container that allows it: elsewhere these cannot be shown. */
describe.skipIf(!mayMount)('removable drives', () => {
  it('come and go by themselves, with name, room, file system and write protection', async () => {
    const { media, place, people, station } = await atAStation()
    const { until } = watch(people.technician)
    const [first] = await until((drives) => drives[0]?.state === 'ready')
    expect(first).toMatchObject({ name: 'NF TRANSFER 07', readOnly: false })
    const small = makeStick('1m')
    writeFileSync(join(small, 'a.airtrust'), 'x')
    const other = plugIn(small, media, 'KARTE', { readOnly: true })
    const both = await until((drives) => drives[1]?.state === 'ready')
    expect(both[1]).toMatchObject({ name: 'KARTE', filesystem: 'tmpfs', readOnly: true, total: 1_048_576 })
    expect(both[1]?.free).toBeGreaterThan(900_000)
    pullOut(place)
    pullOut(other)
    await until((drives) => drives.length === 0)
    const again = plugIn(small, media, 'KARTE')
    expect((await until((drives) => drives[0]?.state === 'ready'))[0]).toMatchObject({
      id: both[1]?.id,
      readOnly: false,
    })
    rmSync(join(again, 'a.airtrust'))
    expect(names(await until((drives) => drives[0]?.state === 'nothing'))).toEqual(['KARTE nothing'])
    expect((await notedBy(station)).filter((entry) => entry.startsWith('media.'))).toEqual([
      'media.attach ok',
      'media.detach ok',
      'media.detach ok',
      'media.attach ok',
      'media.attach ok',
    ])
  })

  it('that never answer hold up nobody: they cannot be read, others go on', async () => {
    const { media, people, world } = await atAStation()
    const { until } = watch(people.technician)
    await until((drives) => drives[0]?.state === 'ready')
    plugInDead(media, 'DEAD')
    await until((drives) => names(drives).includes('DEAD silent'))
    await makeBundle(world, { name: 'pump' })
    await until((drives) => drives.some(({ files }) => files.some(({ name }) => name === 'pump.airfw')))
    const { drives } = await people.technician.call('media.list', {})
    const dead = drives.find(({ name }) => name === 'DEAD')?.id ?? ''
    const opened = people.technician.call('bundles.import', { driveId: dead, name: 'pump.airfw' })
    await expect(opened).rejects.toEqual(code('medium.silent'))
    expect((await importFile(people.technician, 'pump.airfw')).verdict).toMatchObject({ verdict: 'accepted' })
  })

  it('that are ejected are gone from the system; in use they stay, and say so', async () => {
    const { people, place, world } = await atAStation()
    await makeBundle(world, { name: 'big', payload: randomBytes(200_000_000) })
    const { technician } = people
    const { until } = watch(technician)
    const [drive] = await until(([one]) => one?.files.some(({ name }) => name === 'big.airfw') === true)
    const driveId = drive?.id ?? ''
    const { jobId } = await technician.call('bundles.import', { driveId, name: 'big.airfw' })
    await until(([one]) => one?.state === 'in-use')
    await expect(technician.call('media.eject', { driveId })).rejects.toEqual(code('medium.in-use'))
    await waitForJob(technician, jobId)
    expect(await technician.call('media.eject', { driveId })).toEqual({ outcome: 'ejected' })
    await until((drives) => drives.length === 0)
    expect(readdirSync(place)).toEqual([])
    await expect(technician.call('media.eject', { driveId })).rejects.toEqual(code('medium.gone'))
  })

  it('that something else keeps in use are flushed, and no more is claimed', async () => {
    const { people, place } = await atAStation()
    const { technician } = people
    const { until } = watch(technician)
    const [drive] = await until(([one]) => one?.state === 'ready')
    // A program whose working folder is on the stick, as a file manager has it.
    const busy = execFileSync('sh', ['-c', 'cd "$1" && { sleep 60 >/dev/null 2>&1 & } && echo $!', 'sh', place])
    onTestFinished(() => void process.kill(Number(busy)))
    expect(await technician.call('media.eject', { driveId: drive?.id ?? '' })).toEqual({ outcome: 'flushed' })
    expect(await until(([one]) => one?.state === 'safe')).toHaveLength(1)
  })

  it('pulled during an import leave nothing of it, and the same drive goes on later', async () => {
    const { people, place, world, media, station } = await atAStation()
    await makeBundle(world, { name: 'big', payload: randomBytes(256_000_000) })
    const { technician } = people
    const { until } = watch(technician)
    const [drive] = await until(([one]) => one?.files.some(({ name }) => name === 'big.airfw') === true)
    const { jobId } = await technician.call('bundles.import', { driveId: drive?.id ?? '', name: 'big.airfw' })
    await atFirstProgress(technician, jobId, () => pullOut(place))
    await expect(waitForJob(technician, jobId)).rejects.toEqual(code('medium.io'))
    expect(leftIn(world)).toEqual([])
    expect((await technician.call('bundles.list', {})).bundles).toEqual([])
    expect(await notedBy(station)).toContain('bundle.import failed medium.io')
    plugIn(world.stick, media, basename(place))
    const [again] = await until((drives) => drives.length === 1)
    expect(again?.id).toBe(drive?.id)
    expect((await importFile(technician, 'big.airfw')).verdict).toMatchObject({ verdict: 'accepted' })
  })

  it('are imported whole or not at all when the disk of the station fills up; the next try works', async () => {
    const { people, world } = await atAStation(({ data }) => {
      mkdirSync(data)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'airlock-data', data])
      onTestFinished(() => pullOut(data))
    })
    // Each would fit, as it finds when it asks; both do not.
    const files = ['one', 'two']
    for (const [at, name] of files.entries())
      await makeBundle(world, { name, version: `2.${at}.0`, payload: randomBytes(100_000_000) })
    const { technician } = people
    const driveId = (await technician.call('media.list', {})).drives[0]?.id ?? ''
    const started = files.map((name) => technician.call('bundles.import', { driveId, name: `${name}.airfw` }))
    const ends = await Promise.allSettled(started.map(async (call) => waitForJob(technician, (await call).jobId)))
    const failed = ends.flatMap((end): unknown[] => (end.status === 'rejected' ? [end.reason] : []))
    expect(failed.length).toBeGreaterThan(0)
    expect(failed).toEqual(failed.map(() => code('storage.full')))
    expect((await technician.call('bundles.list', {})).bundles).toHaveLength(files.length - failed.length)
    expect(leftIn(world)).toHaveLength(files.length - failed.length)
    execFileSync('mount', ['-o', 'remount,size=320m', world.data])
    for (const name of files)
      expect((await importFile(technician, `${name}.airfw`)).verdict).toMatchObject({ verdict: 'accepted' })
    expect(leftIn(world)).toHaveLength(files.length)
  })
})
