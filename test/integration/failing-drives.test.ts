// SPDX-License-Identifier: Apache-2.0
/** Drives that fail while they are read: errors, other bytes, no answer at all. Nothing is half imported, and work goes on. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { checkResult, flashResult, importResult } from '../../shared/contract/values.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { code } from '../support/exports.ts'
import { plugInFuse, type Fault } from '../support/fuse-drive.ts'
import { atAStation, leftIn, notedBy, startAgain, watch } from '../support/media-station.ts'
import { mayMount, pullOut } from '../support/mounts.ts'
import { makeBundle, signIn, type World } from '../support/station.ts'

const label = { model: 'dosing-controller', serial: 'DC-0042-7Q', hardware: 'rev-c' }
const payloadBytes = 2_000_000
/** Somewhere in the payload. */
const deep = 1_234_567

type Technician = Client<Contract>

const driveOf = async (client: Technician, name: string): Promise<string> => {
  const { until } = watch(client)
  const drives = await until((all) => all.some((one) => one.name === name && one.state === 'ready'))
  return drives.find((one) => one.name === name)?.id ?? ''
}

const importOf = (client: Technician, driveId: string) => async (name: string) => {
  const { jobId } = await client.call('bundles.import', { driveId, name })
  return importResult.parse(await waitForJob(client, jobId))
}

/** A station with a drive in order, and the same files on one that fails as it is told to. */
const withFailing = async (ports: readonly string[] = []) => {
  const site = await atAStation(undefined, ports)
  await makeBundle(site.world, { name: 'pump', version: '2.1.0', payload: randomBytes(payloadBytes) })
  const drive = plugInFuse(site.world.stick, site.media, 'FAILING')
  const { technician } = site.people
  const failing = await driveOf(technician, 'FAILING')
  return { ...site, drive, failing, technician, take: importOf(technician, failing) }
}

const expectNothingOf = async (client: Technician, world: World): Promise<void> => {
  expect(leftIn(world)).toEqual([])
  expect((await client.call('bundles.list', {})).bundles).toEqual([])
}

/** Mounting wants root on Linux, and a container that allows it: elsewhere these cannot be shown. */
describe.skipIf(!mayMount)('a drive that fails while it is read', { timeout: 120_000 }, () => {
  it('gives its code and leaves nothing half imported; put in order, the next try takes the bundle', async () => {
    const { drive, technician, take, world, station } = await withFailing()
    const faults: readonly Fault[] = [
      { on: 'read', from: 0, act: 'EIO' },
      { on: 'read', from: 3000, act: 'EIO' },
      { on: 'read', from: deep, act: 'EIO' },
      { on: 'read', from: deep, act: 'ENODEV' },
      { on: 'read', from: deep, act: 'end' },
    ]
    for (const fault of faults) {
      drive.fault = fault
      await expect(take('pump.airfw')).rejects.toEqual(code('medium.io'))
      await expectNothingOf(technician, world)
    }
    const failed = (await notedBy(station)).filter((entry) => entry.startsWith('bundle.'))
    expect(failed).toEqual(faults.map(() => 'bundle.import failed medium.io'))
    drive.fault = undefined
    expect((await take('pump.airfw')).verdict).toMatchObject({ verdict: 'accepted' })
  })

  it('in short pieces only is read to its end all the same', async () => {
    const { drive, take } = await withFailing()
    drive.fault = { on: 'read', from: 0, act: 'short' }
    expect((await take('pump.airfw')).verdict).toMatchObject({ verdict: 'accepted' })
  })

  it('and gives other bytes the second time is judged by these: what was good when it was checked is refused', async () => {
    const { drive, technician, failing, take, world } = await withFailing()
    const { jobId } = await technician.call('bundles.check', { driveId: failing, name: 'pump.airfw' })
    const checked = checkResult.parse(await waitForJob(technician, jobId))
    expect(checked.verdict).toMatchObject({ verdict: 'accepted' })
    drive.fault = { on: 'read', from: deep, act: 'other' }
    expect((await take('pump.airfw')).verdict).toMatchObject({ verdict: 'refused', code: 'payload.digest' })
    await expectNothingOf(technician, world)
    drive.fault = undefined
    expect((await take('pump.airfw')).verdict).toMatchObject({ verdict: 'accepted' })
  })

  it('with a station that dies while it hangs leaves a clean next start, and the next try takes the bundle', async () => {
    const { drive, technician, failing, world, media, station } = await withFailing()
    drive.fault = { on: 'read', from: deep, act: 'hang' }
    await technician.call('bundles.import', { driveId: failing, name: 'pump.airfw' })
    await drive.hung
    process.kill(station.pid, 'SIGKILL')
    // A process that waits for a drive is gone when the system has given the drive up, and no sooner.
    drive.giveUp()
    await station.exited
    drive.fault = undefined
    const next = await startAgain(world, media)
    const again = await signIn(next, 'technician')
    await expectNothingOf(again, world)
    const take = importOf(again, await driveOf(again, 'FAILING'))
    expect((await take('pump.airfw')).verdict).toMatchObject({ verdict: 'accepted' })
    expect(await (await signIn(next, 'officer')).call('audit.verify', {})).toMatchObject({ verified: true })
  })
})

describe.skipIf(!mayMount)('a drive that hangs in the middle of a read', { timeout: 180_000 }, () => {
  it('ends its own work with a code, and all other work goes on: calls, another drive, a flash', async () => {
    const board = await startBoard({ firmware: '1.0.0', serial: label.serial })
    onTestFinished(() => board.stop())
    const { drive, technician, failing, take, world, media } = await withFailing([board.pty])
    const image = readFileSync((await buildAvr()).firmware['2.0.0'].bin)
    await makeBundle(world, { name: 'firmware', payload: image })
    const { bundle } = await importOf(technician, await driveOf(technician, 'NF TRANSFER 07'))('firmware.airfw')

    drive.fault = { on: 'read', from: deep, act: 'hang' }
    const ended = expect(take('pump.airfw')).rejects.toEqual(code('medium.silent'))
    await drive.hung
    const { jobs } = await technician.call('flashing.start', {
      bundle: bundle?.id ?? '',
      targets: [{ port: board.pty, label }],
    })
    const flashed = waitForJob(technician, jobs[0]?.jobId ?? '')
    for (let turn = 0; turn < 5; turn += 1) {
      const before = performance.now()
      await Promise.all([technician.call('station.status', {}), technician.call('bundles.list', {})])
      expect(performance.now() - before).toBeLessThan(2000)
    }
    await ended
    const { until } = watch(technician)
    await until((drives) => drives.some(({ name, state }) => name === 'FAILING' && state === 'silent'))
    // Nothing more is asked of it, so that nothing more waits for it.
    const asked = performance.now()
    await expect(take('pump.airfw')).rejects.toEqual(code('medium.silent'))
    expect(performance.now() - asked).toBeLessThan(2000)
    expect(flashResult.parse(await flashed)).toMatchObject({ to: '2.0.0' })
    expect(drive.owed()).toBe(1)

    // The system still waits for it: pulling it out ends that for the station.
    pullOut(drive.path)
    await until((drives) => drives.every(({ name }) => name !== 'FAILING'))
    plugInFuse(world.stick, media, 'FAILING')
    const again = importOf(technician, await driveOf(technician, 'FAILING'))
    expect(failing).toBe(await driveOf(technician, 'FAILING'))
    expect((await again('pump.airfw')).verdict).toMatchObject({ verdict: 'accepted' })
  })

  it('and is pulled out ends the work at once, whenever the system gives it up; then the station ends as always', async () => {
    const { drive, take, world, technician, station } = await withFailing()
    drive.fault = { on: 'read', from: deep, act: 'hang' }
    const ended = expect(take('pump.airfw')).rejects.toEqual(code('medium.io'))
    await drive.hung
    pullOut(drive.path)
    await ended
    await expectNothingOf(technician, world)
    expect(drive.owed()).toBe(1)
    drive.giveUp()
    await station.stop()
    expect(await station.exited).toBe(0)
  })
})
