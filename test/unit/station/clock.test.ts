// SPDX-License-Identifier: Apache-2.0
/** A station under a clock that is wrong: what it says, what it stops, how two people put it right. */
import { describe, expect, it } from 'vitest'
import { testClock } from '../../support/clock.ts'
import { firstPeople, ownStation, signInAs } from '../../support/own-station.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const start = '2026-06-10T12:00:00Z'
const digest = '0'.repeat(64)

/** A site whose station was closed and is started again at another time. */
const restartedAt = async (time: string) => {
  const folder = tempFolder()
  const clock = testClock(start)
  const first = await ownStation(folder, clock)
  await first
    .connect()
    .call('station.setUp', { site: 'plant-north', hall: 'Hall 3', bench: 'Bench 02', ...firstPeople })
  await first.station.close()
  clock.set(time)
  const { station } = await ownStation(folder, clock)
  const [admin, officer] = [await signInAs(station, 'administrator'), await signInAs(station, 'officer')]
  return { station, clock, admin, officer }
}
type Started = Awaited<ReturnType<typeof restartedAt>>

const clockOf = async ({ officer }: Started) => (await officer.call('station.status', {})).clock
const passwordOf = { admin: firstPeople.administrator.password, officer: firstPeople.officer.password }
const reason = 'compared with the clock of the hall'

/** The codes with which calls are refused that a wrong clock stops, and one that goes on. */
const refusals = async ({ admin, officer }: Started) => {
  const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
    answer.then(() => 'done').catch(({ code }: { code: string }) => code)
  const approval = { id: crypto.randomUUID(), contentDigest: digest, newFields: [], password: passwordOf.officer }
  return {
    import: await codeOf(admin.call('bundles.import', { driveId: 'none', name: 'a.airfw' })),
    sign: await codeOf(officer.call('exports.approve', approval)),
    write: await codeOf(officer.call('exports.write', { id: crypto.randomUUID(), driveId: 'none' })),
    trust: await codeOf(admin.call('trust.import', { driveId: 'none' })),
  }
}

describe('a station whose clock is wrong', () => {
  it.each([
    ['behind', '2026-06-09T11:00:00Z', 'clock.rollback', 25],
    ['ahead', '2027-07-16T12:00:01Z', 'clock.jump', 401 * 24],
  ] as const)(
    'says that it is %s and stops importing and signing until two people looked',
    async (state, time, code, hours) => {
      const site = await restartedAt(time)
      const { admin, officer } = site
      expect(await clockOf(site)).toMatchObject({ state, looked: null })
      expect(Math.round((await clockOf(site)).by / 3_600_000)).toBe(hours)
      const off = 'signature.clock'
      expect(await refusals(site)).toEqual({ import: code, sign: off, write: off, trust: code })

      const confirm = { reason: 'agreed', password: passwordOf.officer }
      await expect(officer.call('clock.confirm', confirm)).rejects.toMatchObject({ code: 'station.not-looked' })
      await admin.call('clock.look', { reason, password: passwordOf.admin })
      expect(await clockOf(site)).toMatchObject({ state, looked: { name: 'Ada Castellanos', reason } })
      await officer.call('clock.confirm', confirm)
      expect(await clockOf(site)).toEqual({ state: 'good', by: 0, offset: 0, looked: null })
      expect(Object.values(await refusals(site))).not.toContain(off)
    },
  )

  it('stays wrong over a start, and over all that is written down meanwhile', async () => {
    const site = await restartedAt('2026-06-08T12:00:00Z')
    for (let n = 0; n < 3; n += 1) await site.admin.call('station.place', { hall: `Hall ${n}`, bench: 'Bench 02' })
    expect(await clockOf(site)).toMatchObject({ state: 'behind' })
    await site.station.close()
  })

  it('logs old and new time, zone and reason of what both people said (ux 68)', async () => {
    const site = await restartedAt('2026-06-08T12:00:00Z')
    await expect(site.admin.call('clock.look', { reason: ' ', password: passwordOf.admin })).rejects.toMatchObject({
      code: 'call.parameters',
    })
    await site.admin.call('clock.look', { reason, password: passwordOf.admin })
    await site.officer.call('clock.confirm', { reason: 'agreed', password: passwordOf.officer })
    const { entries } = await site.officer.call('audit.find', { limit: 500 })
    const told = async (action: string) => {
      const seq = entries.find((entry) => entry.action === action)?.seq ?? 0
      return JSON.parse((await site.officer.call('audit.entry', { seq })).text) as unknown
    }
    const [old, fresh] = [Date.parse(start), Date.parse('2026-06-08T12:00:00Z')]
    expect(await told('clock.step')).toMatchObject({ before: { wall_ms: old }, after: { wall_ms: fresh } })
    expect(await told('clock.confirm')).toMatchObject({
      reason: 'agreed',
      actor: { name: 'Priya Singh' },
      before: { state: 'behind', wall_ms: old },
      after: { wall_ms: fresh, zone_minutes: 0, looked: 'Ada Castellanos', reason },
    })
  })

  it('asks for a look, and stops nothing, when the clock was set while it ran', async () => {
    const site = await restartedAt(start)
    expect(await clockOf(site)).toMatchObject({ state: 'good' })
    site.clock.set('2026-06-10T10:00:00Z')
    await site.admin.call('station.place', { hall: 'Hall 4', bench: 'Bench 02' })
    expect(await clockOf(site)).toMatchObject({ state: 'stepped', by: 2 * 3_600_000 })
    expect((await refusals(site)).sign).not.toBe('signature.clock')
  })
})
