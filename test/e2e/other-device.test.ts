// SPDX-License-Identifier: Apache-2.0
/** The bench shows one device, and another one of the same kind stands there by the time it is written. */
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { startBoard, type BoardOptions } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp } from '../shell/open-app.ts'
import { answerWith } from '../shell/overlay.ts'
import { enrol, importFile, makeBundle, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { pressAgain } from './hands.ts'
import { expectGoodPage } from './look.ts'

const boardFor = async (options: BoardOptions) => {
  const board = await startBoard({ firmware: '1.0.0', ...options })
  onTestFinished(() => board.stop())
  return board
}

it(
  'is not written: its tile says so, and it is taken in as it is when somebody says so (ux 32)',
  { timeout: 180_000 },
  async () => {
    const world = await makeWorld(tempFolder())
    const first = await boardFor({ serial: 'DC-A' })
    const port = first.pty
    const { page, station, observed } = await openApp({
      data: world.data,
      drives: [world.stick],
      ports: [port],
      passphrase: 'a passphrase for tests',
    })
    page.setDefaultTimeout(20_000)
    const { admin, technician } = await setUp(station, world)
    await enrol(admin, world)
    const { firmware } = await buildAvr()
    const bundles: string[] = []
    for (const version of ['1.0.0', '2.0.0'] as const) {
      await makeBundle(world, { name: `dosing-${version}`, version, payload: readFileSync(firmware[version].bin) })
      bundles.push((await importFile(technician, `dosing-${version}.airfw`)).bundle?.id ?? '')
    }
    // Read back and not written: from here on the station knows who is at this port.
    const { jobs } = await technician.call('flashing.start', { bundle: bundles[0] ?? '', targets: [{ port }] })
    await waitForJob(technician, jobs[0]?.jobId ?? '')
    const { ports: shown } = await technician.call('ports.devices', {})

    await page.getByLabel('User name').fill('technician')
    await page.getByLabel('Password', { exact: true }).fill(passwords.technician)
    await page.getByRole('button', { name: 'Sign in' }).click()
    const tile = page.locator(`.tile[data-port="${port}"]`)
    await tile.getByText('DC-A').waitFor()
    await tile.getByText('Ready').waitFor()
    for (const box of await page.locator(`.tile:not([data-port="${port}"])`).getByRole('checkbox').all())
      await box.uncheck()

    // Whoever presses before the page has heard of the other plug means the device that the tile still names.
    answerWith(observed.overlay, 'ports.devices', () => ({ ports: shown }))
    await first.unplug()
    const second = await boardFor({ serial: 'DC-B', link: port })
    const before = second.readFlash()
    await page.getByRole('button', { name: 'Update 1 device' }).click()
    await tile.getByText('Another device is here').waitFor()
    expect(Buffer.compare(second.readFlash(), before)).toBe(0)
    await tile.getByRole('button', { name: /^Fix/ }).click()
    await page.getByText('DC-B answered, DC-A was expected.').waitFor()
    await page
      .locator('.dialog')
      .getByText(/^A different device is now on Port \d+: DC-B, not DC-A\.$/)
      .waitFor()
    await expectGoodPage(page, 'run-other-device')
    await page.getByRole('button', { name: 'Type what its label says' }).click()
    await page.getByText('Which device is this?').waitFor()
    await page.keyboard.press('Escape')
    await pressAgain(tile.getByRole('button', { name: /^Fix/ }))
    await page.getByRole('button', { name: 'Add as it is' }).click()
    await tile.getByText('Updated').waitFor({ timeout: 60_000 })
    await tile.getByText('DC-B').waitFor()
  },
)
