// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { closeParts } from '../../../main/station/close-parts.ts'
import { stationActor } from '../../../main/station/audit/entry.ts'
import { openParts } from '../../../main/station/parts.ts'
import { systemClock, type Clock } from '../../../main/station/platform/clock.ts'
import { createStation } from '../../../main/station/station.ts'
import { millis } from '../../../shared/units.ts'
import { firstPeople, ownGround, ownOptions, ownStation, signInAs } from '../../support/own-station.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const setUpOwn = async (folder = tempFolder(), clock?: Clock) => {
  const own = await ownStation(folder, clock)
  await own.connect().call('station.setUp', { site: 'plant-north', ...firstPeople })
  return { ...own, folder }
}

const entriesOf = async ({ station }: Awaited<ReturnType<typeof ownStation>>, action: string) => {
  const officer = await signInAs(station, 'officer')
  const { entries } = await officer.call('audit.list', { limit: 500 })
  officer.close()
  return entries.filter((entry) => entry.action === action)
}

/** Changes the log's file as somebody would who has the disk and no key. */
const tamper = (folder: string, sql: string): void => {
  const db = new Database(join(folder, 'data', 'station.db'))
  for (const { name } of db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string
  }[])
    db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  db.close()
}

describe('a closing station', () => {
  it('closes once, however often it is asked, and leaves the folder free', async () => {
    const folder = tempFolder()
    const { station, faults } = await ownStation(folder)
    await Promise.all([station.close(), station.close()])
    await station.close()
    expect(faults).toEqual([])
    await ownStation(folder)
  })

  it('answers no call any more', async () => {
    const { station, connect } = await ownStation(tempFolder())
    const client = connect()
    const closing = station.close()
    await expect(client.call('station.status', {})).rejects.toMatchObject({ code: 'station.lost' })
    await closing
  })

  it('does not wait for work that does not end; the next start finds it', async () => {
    const options = ownOptions(tempFolder())
    const ground = ownGround()
    const parts = await openParts(options, ground)
    const about = { kind: 'test', subject: 'stuck', actor: stationActor }
    const id = parts.jobs.start(about, () => new Promise(() => undefined))
    await closeParts(parts, millis(120))
    expect(ground.faults).toEqual([])
    const next = await openParts(options, ownGround())
    expect(next.search.page({ action: 'station.stop' }, 1)[0]?.after).toEqual({ cancelled: 1, left: 1 })
    expect(next.jobs.recover().map((job) => job.id)).toEqual([id])
    await closeParts(next, millis(0))
  })

  it('ends the steps that can be ended when one fails', async () => {
    const folder = tempFolder()
    const ground = ownGround()
    const parts = await openParts(ownOptions(folder), ground)
    parts.measured.close()
    parts.telemetry.close = () => {
      throw new Error('the disk is gone')
    }
    await closeParts(parts, millis(0))
    expect(ground.faults).toEqual(['station.close'])
    await ownStation(folder)
  })
})

describe('a station', () => {
  it('goes on answering when its clock is set back by years', async () => {
    let back = 0
    const clock: Clock = { ...systemClock, now: () => millis(systemClock.now() - back) }
    const { connect } = await ownStation(tempFolder(), clock)
    const client = connect()
    await client.call('station.status', {})
    back = 3 * 365 * 86_400_000
    for (let n = 0; n < 3; n += 1) expect(await client.call('station.status', {})).toMatchObject({ state: 'setup' })
  })

  it('keeps nobody signed in on a port that closed while the password was checked', async () => {
    const own = await setUpOwn()
    const client = own.connect()
    const { login, password } = firstPeople.administrator
    const signingIn = client.call('session.signIn', { login, password })
    await new Promise((resolve) => setTimeout(resolve, 20))
    client.close()
    await expect(signingIn).rejects.toMatchObject({ code: 'station.lost' })
    await expect
      .poll(() => entriesOf(own, 'session.end'), { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ actor: 'Ada Castellanos', reason: 'signed-out' }))
  })

  it('takes one set-up at a time: the site has the name that its people gave it', async () => {
    const { connect } = await ownStation(tempFolder())
    const [one, two] = [connect(), connect()]
    const ends = await Promise.allSettled([
      one.call('station.setUp', { site: 'plant-north', ...firstPeople }),
      two.call('station.setUp', { site: 'plant-south', ...firstPeople }),
    ])
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(ends[1]).toMatchObject({ reason: { code: 'job.busy' } })
    expect(await one.call('station.status', {})).toMatchObject({ state: 'ready', site: 'plant-north' })
  })

  it('names its site before its first person, so that a crash in between leaves nothing out', async () => {
    const own = await ownStation(tempFolder())
    const weak = { ...firstPeople, officer: { ...firstPeople.officer, password: 'x' } }
    await expect(own.connect().call('station.setUp', { site: 'plant-north', ...weak })).rejects.toMatchObject({
      code: 'person.password-length',
    })
    expect(await own.connect().call('station.status', {})).toMatchObject({ state: 'setup', site: 'plant-north' })
    await own.connect().call('station.setUp', { site: 'plant-south', ...firstPeople })
    expect(await own.connect().call('station.status', {})).toMatchObject({ state: 'ready', site: 'plant-south' })
  })

  it('is read-only from the moment that a verification finds a changed entry', async () => {
    const { station, folder } = await setUpOwn()
    const officer = await signInAs(station, 'officer')
    tamper(folder, `UPDATE audit_leaf SET leaf = CAST(replace(leaf, 'plant-north', 'plant-south') AS BLOB)`)
    expect(await officer.call('audit.verify', {})).toMatchObject({ verified: false, code: 'audit.changed' })
    expect(await officer.call('station.status', {})).toMatchObject({
      state: 'read-only',
      audit: { code: 'audit.changed' },
    })
    await expect(
      officer.call('dictionary.set', { words: ['a'], reason: 'to see whether it is taken' }),
    ).rejects.toMatchObject({ code: 'audit.read-only' })
  })

  it('answers a refusal whose entry cannot be written, and lives on', async () => {
    const { station, folder, faults } = await setUpOwn()
    const officer = await signInAs(station, 'officer')
    tamper(folder, `UPDATE audit_head SET note = note || 'x'`)
    await expect(
      officer.call('people.create', {
        login: 'eve',
        name: 'Eve',
        password: 'Copper-Finch-42-rain',
        roles: ['administrator'],
      }),
    ).rejects.toMatchObject({ code: 'person.not-allowed' })
    expect(await officer.call('station.status', {})).toMatchObject({ state: 'read-only' })
    expect(faults).toEqual(['call.refused'])
  })

  it('makes no new key in place of one that is gone', async () => {
    const folder = tempFolder()
    const { station } = await ownStation(folder)
    await station.close()
    rmSync(join(folder, 'data', 'keys', 'station.key'))
    await expect(createStation(ownOptions(folder), ownGround())).rejects.toMatchObject({ code: 'audit.key' })
  })
})
