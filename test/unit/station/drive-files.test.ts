// SPDX-License-Identifier: Apache-2.0
import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock, type Clock } from '../../../main/station/platform/clock.ts'
import type { TrustPolicy } from '../../../shared/formats/trust-policy.ts'
import { millis } from '../../../shared/units.ts'
import { bundleEntries, tarOf } from '../../support/bundle.ts'
import { firstPeople, ownStation, signInAs } from '../../support/own-station.ts'
import { testPki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const clock: Clock = { ...systemClock, now: () => millis(Date.parse('2026-06-01T12:00:00Z')) }
const policyFile = (changes: Partial<TrustPolicy> = {}): Uint8Array =>
  tarOf(bundleEntries({ ...testPki().policy, ...changes }, {}, [['root', 'root']]))

const atAStick = async () => {
  const folder = tempFolder()
  const { station, connect } = await ownStation(folder, clock)
  await connect().call('station.setUp', { site: 'plant-north', ...firstPeople })
  const admin = await signInAs(station, 'administrator')
  const driveId = (await admin.call('media.list', {})).drives[0]?.id ?? ''
  return { admin, driveId, stick: join(folder, 'STICK'), station }
}

describe('files on a drive', () => {
  it('are a first policy only while it has not expired, and a refusal is an entry', async () => {
    const { admin, driveId, stick, station } = await atAStick()
    writeFileSync(join(stick, 'good.airtrust'), policyFile())
    writeFileSync(join(stick, 'old.airtrust'), policyFile({ expires: '2026-02-01T00:00:00Z' }))
    writeFileSync(join(stick, 'bad.airtrust'), policyFile().subarray(0, 2048))
    expect(await admin.call('trust.review', { driveId, name: 'good.airtrust' })).toMatchObject({ version: 1 })
    const review = (name: string) => admin.call('trust.review', { driveId, name })
    await expect(review('old.airtrust')).rejects.toMatchObject({ code: 'policy.expired' })
    await expect(review('bad.airtrust')).rejects.toMatchObject({ code: 'container.truncated' })
    const officer = await signInAs(station, 'officer')
    const { entries } = await officer.call('audit.list', { limit: 20 })
    expect(entries.filter(({ action }) => action === 'policy.review')).toMatchObject([
      { outcome: 'refused', reason: 'container.truncated' },
      { outcome: 'refused', reason: 'policy.expired' },
    ])
  })

  it('are refused by the codes of the medium: a link, a file too large, a stick that takes nothing or is gone', async () => {
    const { admin, driveId, stick } = await atAStick()
    writeFileSync(join(stick, 'good.airtrust'), policyFile())
    symlinkSync(join(stick, 'good.airtrust'), join(stick, 'link.airtrust'))
    await expect(admin.call('trust.review', { driveId, name: 'link.airtrust' })).rejects.toMatchObject({
      code: 'medium.not-regular',
    })
    if (process.getuid?.() !== 0) {
      chmodSync(stick, 0o500)
      await expect(admin.call('enrolment.request', { driveId })).rejects.toMatchObject({ code: 'medium.read-only' })
    }
    rmSync(stick, { recursive: true })
    await expect(admin.call('enrolment.request', { driveId })).rejects.toMatchObject({ code: 'medium.gone' })
  })
})
