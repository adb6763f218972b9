// SPDX-License-Identifier: Apache-2.0
/** One emulated board, looked at closely: what it says, what is collected of it, when it is listened to, where it is. */
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Client } from '../../shared/rpc/client.ts'
import type { StreamEvent } from '../../shared/rpc/contract-table.ts'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { importFile, makeBundle, makeWorld, setUp, startWorld } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

type View = StreamEvent<Contract, 'telemetry.tail'>

const serial = 'DC-0042-7Q'
const label = { model: 'dosing-controller', serial, hardware: 'rev-c' }

const makeSite = async () => {
  const world = await makeWorld(tempFolder())
  const board = await startBoard({ firmware: '1.0.0', serial })
  onTestFinished(() => board.stop())
  const station = await startWorld(world, [board.pty])
  const people = await setUp(station, world)
  const { firmware } = await buildAvr()
  const bundles = { '1.0.0': '', '2.0.0': '' }
  for (const version of ['1.0.0', '2.0.0'] as const) {
    await makeBundle(world, { name: `v${version}`, version, payload: readFileSync(firmware[version].bin) })
    bundles[version] = (await importFile(people.technician, `v${version}.airfw`)).bundle?.id ?? ''
  }
  const { technician } = people
  const port = board.pty
  const flash = async (version: keyof typeof bundles, named = false): Promise<unknown> => {
    const target = { port, ...(named ? { label } : {}) }
    const { jobs } = await technician.call('flashing.start', { bundle: bundles[version], targets: [target] })
    return waitForJob(technician, jobs[0]?.jobId ?? '')
  }
  const owner = async () => (await technician.call('ports.list', {})).ports.find(({ id }) => id === port)?.owner
  const known = async () =>
    (await technician.call('ports.devices', {})).ports
      .filter(({ id }) => id === port)
      .map(({ device }) => device.serial)
  return { ...people, board, port, flash, owner, known }
}

const follow = (client: Client<Contract>) => {
  const views: View[] = []
  const stream = client.listen('telemetry.tail', { device: serial }, (view) => void views.push(view))
  stream.ended.catch(() => undefined)
  onTestFinished(() => stream.dispose())
  return { views, text: () => views.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n') }
}

it('tells what a device says, what was collected of it and what has happened to it', async () => {
  const { technician, officer, flash, port } = await makeSite()
  const { views, text } = follow(technician)
  await expect.poll(() => views[0]).toEqual({ listens: false, first: true, lines: [], missed: 0 })
  await flash('2.0.0')
  await expect.poll(text, { timeout: 20_000 }).toContain('Dosing controller 2.0.0')
  expect(views.at(-1)?.listens).toBe(true)

  const id = (await technician.call('devices.list', {})).devices[0]?.id ?? ''
  await expect
    .poll(async () => (await technician.call('devices.look', { id })).collected?.records, { timeout: 20_000 })
    .toBeGreaterThan(3)
  const look = await technician.call('devices.look', { id })
  expect(look).toMatchObject({
    place: { id: port, here: true },
    halfWritten: false,
    waiting: look.collected?.records,
    exports: [],
    updates: [{ run: null, from: '1.0.0', to: '2.0.0', result: 'updated', by: 'Tomas Keller' }],
    entries: null,
  })
  const { entries } = await officer.call('devices.look', { id })
  expect(entries?.map(({ action }) => action)).toEqual(['flash.end', 'flash.start'])
  await expect(technician.call('devices.look', { id: crypto.randomUUID() })).rejects.toMatchObject({
    code: 'device.unknown',
  })

  // What was said before is there for whoever looks when nobody listens any more.
  await technician.call('telemetry.stop', { port })
  await expect.poll(() => views.at(-1)?.listens).toBe(false)
  const late = follow(technician)
  await expect.poll(late.text).toContain('Dosing controller 2.0.0')
  expect(late.views[0]).toMatchObject({ listens: false, first: true })
})

it('is listened to again after a refusal that left it as it was, and not after it was left half written', async () => {
  const { technician, board, flash, owner, port } = await makeSite()
  await flash('2.0.0')
  expect(await owner()).toBe('telemetry')
  await expect(flash('1.0.0')).rejects.toMatchObject({ code: 'rollback.version' })
  expect(await owner()).toBe('telemetry')
  // It has told its old version at the restart, as before.
  expect((await technician.call('devices.list', {})).devices[0]).toMatchObject({ serial, version: '2.0.0' })

  await technician.call('telemetry.stop', { port })
  await expect(flash('1.0.0')).rejects.toMatchObject({ code: 'rollback.version' })
  expect(await owner()).toBe('free')

  await board.damageFlash('flip', 0x80, 0)
  await technician.call('telemetry.start', { port })
  await board.fault('page', 0, 'power-off')
  await expect(flash('2.0.0')).rejects.toMatchObject({ code: expect.stringMatching(/^(flash|device)\./) as string })
  await board.power(true)
  const id = (await technician.call('devices.list', {})).devices[0]?.id ?? ''
  expect(await technician.call('devices.look', { id })).toMatchObject({ halfWritten: true })
  expect(await owner()).toBe('free')
  await expect(technician.call('telemetry.start', { port })).rejects.toMatchObject({ code: 'telemetry.half-written' })
  await flash('2.0.0', true)
  expect(await owner()).toBe('telemetry')
  expect(await technician.call('devices.look', { id })).toMatchObject({ halfWritten: false })
})

it('is not said to be where it was after its plug was pulled, until it has said who it is', async () => {
  const { technician, board, flash, known, port } = await makeSite()
  await flash('2.0.0')
  expect(await known()).toEqual([serial])
  const seen: number[] = []
  const watch = technician.listen('ports.watch', {}, ({ ports }) => void seen.push(ports.length))
  watch.ended.catch(() => undefined)
  onTestFinished(() => watch.dispose())
  await expect.poll(() => seen.length).toBe(1)
  const boots = board.boots() + 1
  await board.unplug()
  await board.plug()
  // The page is told, though the map may be the same as before.
  await expect.poll(() => seen.length).toBeGreaterThan(1)
  // It has power again, and starts by that once.
  await expect.poll(() => board.boots(), { timeout: 20_000 }).toBe(boots)
  expect(await known()).toEqual([])
  const id = (await technician.call('devices.list', {})).devices[0]?.id ?? ''
  expect((await technician.call('devices.look', { id })).place).toMatchObject({ id: port, here: false })
  // Nobody was started only to be asked.
  expect(board.boots()).toBe(boots)
  await technician.call('telemetry.start', { port })
  await expect.poll(known, { timeout: 20_000 }).toEqual([serial])
})
