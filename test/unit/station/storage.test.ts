// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { daysLeft, openPace, paceOf } from '../../../main/station/pace.ts'
import { dataPaths } from '../../../main/station/data-folder.ts'
import { insertJob } from '../../../main/station/jobs/rows.ts'
import { newId } from '../../../main/station/platform/ids.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import { holdFolder } from '../../../main/station/store/lock.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { defaultThresholds, judgeStorage, reserveSize } from '../../../main/station/storage.ts'
import { firstPeople, ownStation, signInAs } from '../../support/own-station.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const MB = 1_000_000
const limits = { low: 200 * MB, full: 50 * MB }
const reserve = 16 * MB

describe('judgeStorage', () => {
  it.each([
    ['good', 200 * MB, true],
    ['low', 200 * MB - 1, true],
    ['low', 50 * MB, true],
    ['full', 50 * MB - 1, true],
    ['full', 8 * MB, true],
    ['reserve', 8 * MB - 1, true],
    // Once it was given away, it has to fit again beside the rest.
    ['reserve', 66 * MB - 1, false],
    ['low', 66 * MB, false],
    ['good', 216 * MB, false],
  ] as const)('says %s of %i free bytes (reserve held: %s)', (state, free, held) => {
    expect(judgeStorage({ free, held, reserve }, limits)).toBe(state)
  })

  it('asks less of a small disk', () => {
    expect(defaultThresholds(100_000 * MB)).toEqual({ low: 2000 * MB, full: 500 * MB })
    expect(defaultThresholds(1000 * MB)).toEqual({ low: 100 * MB, full: 40 * MB })
    expect([reserveSize(100_000 * MB), reserveSize(40 * MB)]).toEqual([16 * MB, 5 * MB])
  })
})

describe('the pace', () => {
  const day = 86_400_000
  it('is told from an hour on, and is never negative', () => {
    expect(paceOf([], { at: 0, used: 1 })).toBeUndefined()
    expect(paceOf([{ at: 0, used: 0 }], { at: 3_599_999, used: MB })).toBeUndefined()
    expect(paceOf([{ at: 0, used: MB }], { at: 2 * day, used: 5 * MB })).toBe(2 * MB)
    expect(paceOf([{ at: 0, used: 5 * MB }], { at: day, used: MB })).toBe(0)
  })

  it('says for how many days there is room', () => {
    expect(daysLeft(25 * MB, 2 * MB)).toBe(12)
    expect(daysLeft(-1, 2 * MB)).toBe(0)
    expect(daysLeft(25 * MB, 0)).toBeUndefined()
  })

  it('keeps one sample a day over a start, and forgets those of a clock that was ahead', () => {
    const path = join(tempFolder(), 'pace.json')
    const pace = openPace(path)
    expect(pace({ at: day, used: 0 })).toBeUndefined()
    expect(openPace(path)({ at: 3 * day, used: 6 * MB })).toBe(3 * MB)
    expect(openPace(path)({ at: day + 1, used: 0 })).toBeUndefined()
  })
})

/** A small disk of its own; undefined where this account may not mount one. */
const smallDisk = (): string | undefined => {
  const folder = join(tempFolder(), 'disk')
  mkdirSync(folder)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]).status !== 0) return undefined
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  return folder
}
const mayMount = ((): boolean => {
  const folder = join('/tmp', `airlock-mount-${process.pid}`)
  mkdirSync(folder)
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0
  if (done) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return done
})()

const freeOf = (folder: string): number => statfsSync(folder).bavail * statfsSync(folder).bsize

/** Leaves `left` bytes of the disk; an earlier filling goes first. */
const fillBut = (folder: string, left: number): void => {
  const file = join(folder, 'other-data')
  rmSync(file, { force: true })
  writeFileSync(file, Buffer.alloc(Math.max(0, freeOf(folder) - left), 1))
}

describe.runIf(mayMount)('a station on a small disk', () => {
  it('warns, then stops what fills it, then all new work; and takes it up again when there is room (ux 73)', async () => {
    const folder = smallDisk() ?? ''
    const { station, connect } = await ownStation(folder)
    await connect().call('station.setUp', { site: 'plant-north', ...firstPeople })
    const [admin, officer] = [await signInAs(station, 'administrator'), await signInAs(station, 'officer')]
    const stateNow = async () => (await admin.call('station.status', {})).storage.state
    const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
      answer.then(() => 'done').catch(({ code }: { code: string }) => code)
    const refusals = async () => ({
      collect: await codeOf(admin.call('bundles.import', { driveId: 'none', name: 'a.airfw' })),
      ask: await codeOf(officer.call('exports.request', { from: 0, to: 1, reason: 'data' })),
      work: await codeOf(officer.call('dictionary.set', { words: [], reason: 'names' })),
    })
    await admin.call('storage.set', { low: 20 * MB, full: 12 * MB, reason: 'a small disk' })
    expect(await stateNow()).toBe('good')
    expect(existsSync(join(folder, 'data', 'reserve'))).toBe(true)
    const free = { collect: 'medium.gone', ask: 'done', work: 'done' }
    expect(await refusals()).toEqual(free)

    fillBut(folder, 19 * MB)
    expect(await stateNow()).toBe('low')
    expect(await refusals()).toEqual(free)

    fillBut(folder, 11 * MB)
    expect(await stateNow()).toBe('full')
    expect(await refusals()).toEqual({ collect: 'storage.full', ask: 'storage.full', work: 'done' })

    fillBut(folder, 2 * MB)
    expect(await stateNow()).toBe('reserve')
    expect(existsSync(join(folder, 'data', 'reserve'))).toBe(false)
    const off = 'storage.reserve'
    expect(await refusals()).toEqual({ collect: off, ask: off, work: off })
    // The log goes on, in the room that the reserve gave.
    fillBut(folder, 6 * MB)
    await admin.call('station.place', { hall: 'Hall 3', bench: 'Bench 02' })

    rmSync(join(folder, 'other-data'))
    expect(await stateNow()).toBe('good')
    expect(existsSync(join(folder, 'data', 'reserve'))).toBe(true)
    expect(await refusals()).toEqual(free)
    const { entries } = await officer.call('audit.find', { action: 'storage.state', limit: 100 })
    expect(entries.map(({ outcome }) => outcome)).toEqual(['ok', 'failed', 'failed', 'ok'])
  })

  it('starts again after it was killed on a full disk: the reserve gives the room to say what was cut off', async () => {
    const folder = smallDisk() ?? ''
    const first = await ownStation(folder)
    await first.connect().call('station.setUp', { site: 'plant-north', ...firstPeople })
    await first.station.close()
    const store = openStore(dataPaths(join(folder, 'data')).log.database, stationMigrations)
    const cutOff = { id: newId(), kind: 'flashing', subject: 'p1', person: 'p', startedAt: 0 }
    store.transact((tx) => insertJob(tx, cutOff))
    store.close()
    expect(existsSync(join(folder, 'data', 'reserve'))).toBe(true)
    fillBut(folder, 0)
    expect(freeOf(folder)).toBe(0)

    const { station } = await ownStation(folder)
    const admin = await signInAs(station, 'administrator')
    expect((await admin.call('station.status', {})).storage.state).toBe('reserve')
    const officer = await signInAs(station, 'officer')
    const { entries } = await officer.call('audit.list', { limit: 100 })
    const said = entries.map(({ action }) => action)
    expect(said).toEqual(expect.arrayContaining(['job.interrupted', 'storage.state', 'station.start']))
  })

  it('says that the disk is full where there is no reserve, and not that another station runs', () => {
    const folder = smallDisk() ?? ''
    fillBut(folder, 0)
    const openings = [
      () => holdFolder(join(folder, 'lock.db')),
      () => openStore(join(folder, 'station.db'), stationMigrations),
    ]
    for (const open of openings) expect(open).toThrow(expect.objectContaining({ code: 'storage.full' }))
  })
})
