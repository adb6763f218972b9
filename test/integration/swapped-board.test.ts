// SPDX-License-Identifier: Apache-2.0
/** Two emulated boards and one port: the first is pulled out while it is written, the second is plugged in instead. */
import { readFileSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import { flashResult } from '../../shared/contract/values.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { startBoard, type BoardOptions } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { importFile, makeBundle, makeWorld, setUp, startWorld } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'

const board = async (options: BoardOptions) => {
  const started = await startBoard({ firmware: '1.0.0', ...options })
  onTestFinished(() => started.stop())
  return started
}

const label = (serial: string) => ({ model: 'dosing-controller', serial, hardware: 'rev-c' })

const flash = async (
  technician: Client<Contract>,
  bundle: string,
  target: { port: string; label?: ReturnType<typeof label> },
) => {
  const { jobs } = await technician.call('flashing.start', { bundle, targets: [target] })
  return flashResult.parse(await waitForJob(technician, jobs[0]?.jobId ?? ''))
}

describe('a board that takes the place of one that was being written', () => {
  it('is named and stays as it is, whatever label somebody types; the first one goes on when it is back (ux 32)', async () => {
    const image = readFileSync((await buildAvr()).firmware['2.0.0'].bin)
    const world = await makeWorld(tempFolder())
    const first = await board({ serial: 'DC-0001-AA' })
    const port = first.pty
    const station = await startWorld(world, [port])
    const { technician } = await setUp(station, world)
    await makeBundle(world, { name: 'firmware', version: '2.0.0', payload: image })
    const bundle = (await importFile(technician, 'firmware.airfw')).bundle?.id ?? ''

    await first.fault('page', 40, 'unplug')
    await expect(flash(technician, bundle, { port })).rejects.toMatchObject({ code: 'flash.unplugged' })

    const second = await board({ serial: 'DC-0002-BB', link: port })
    const before = second.readFlash()
    const other = { code: 'flash.wrong-device' }
    await expect(flash(technician, bundle, { port })).rejects.toMatchObject(other)
    await expect(flash(technician, bundle, { port, label: label('DC-0001-AA') })).rejects.toMatchObject(other)
    expect(Buffer.compare(second.readFlash(), before)).toBe(0)
    expect(await second.status()).toMatchObject({ pages: 0, erases: 0 })

    await second.unplug()
    await first.plug()
    const done = await flash(technician, bundle, { port, label: label('DC-0001-AA') })
    expect(done).toMatchObject({ device: 'DC-0001-AA', from: '1.0.0', to: '2.0.0' })
    expect(done.skippedUnits).toBeGreaterThanOrEqual(40)
    expect(Buffer.compare(first.readFlash().subarray(0, image.length), image)).toBe(0)
  })
})
