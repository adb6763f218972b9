// SPDX-License-Identifier: Apache-2.0
/** The page of one device: what it says now, where it is, what was collected, what has happened to it. */
import { readFileSync } from 'node:fs'
import { expect, it, onTestFinished } from 'vitest'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp } from '../shell/open-app.ts'
import { tellOn } from '../shell/overlay.ts'
import { enrol, importFile, makeBundle, makeWorld, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { handsOf } from './hands.ts'
import { expectGoodPage, picture } from './look.ts'

const serial = 'DC-0042-7Q'

/** A board that was updated by a run, with its telemetry going on, and the page of its device open. */
const openDevice = async () => {
  const world = await makeWorld(tempFolder())
  const board = await startBoard({ firmware: '1.0.0', serial })
  onTestFinished(() => board.stop())
  const app = await openApp({
    data: world.data,
    drives: [world.stick],
    ports: [board.pty],
    passphrase: 'a passphrase for tests',
  })
  const { page, station, observed } = app
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(page, 'failure') : undefined))
  page.setDefaultTimeout(20_000)
  const { admin, technician } = await setUp(station, world)
  await enrol(admin, world)
  const image = readFileSync((await buildAvr()).firmware['2.0.0'].bin)
  await makeBundle(world, { name: 'v2', version: '2.0.0', payload: image })
  const bundle = (await importFile(technician, 'v2.airfw')).bundle?.id ?? ''
  const port = board.pty
  await technician.call('run.start', { bundle, targets: [{ port }] })
  const job = async () => (await technician.call('run.get', {})).targets[0]?.jobId ?? ''
  await expect.poll(job, { timeout: 20_000 }).not.toBe('')
  await waitForJob(technician, await job())
  await technician.call('run.end', {})
  const hands = handsOf(page, 'en')
  await hands.signIn('technician')
  await hands.open('devices')
  await page.getByRole('button', { name: serial }).click()
  return { board, page, hands, overlay: observed.overlay }
}

it(
  'shows what the device says as it comes, holds it for whoever reads, and says why nobody listens',
  { timeout: 240_000 },
  async () => {
    const { board, page, hands } = await openDevice()
    const tail = page.getByRole('region', { name: 'What it says now' })
    const panel = page.locator('.panel')
    await tail.locator('.status', { hasText: 'Listening' }).waitFor()
    await tail
      .getByText(/"temperature_c":/)
      .first()
      .waitFor()
    await panel.getByText('Plugged in').waitFor()
    await panel
      .getByText(/^\d+ records$/)
      .first()
      .waitFor()
    await page.getByRole('region', { name: 'Updates' }).getByText('1.0.0 → 2.0.0').waitFor()
    await expectGoodPage(page, 'device-page')

    // A line that somebody has chosen is held, in full, and the list moves no more.
    const grid = tail.getByRole('grid')
    await grid.focus()
    await page.keyboard.press('Home')
    const first = await grid.locator('[aria-selected="true"]').textContent()
    await tail.getByRole('button', { name: /^Follow again: \d+ new line/ }).waitFor()
    expect(await grid.locator('[aria-selected="true"]').textContent()).toBe(first)
    await tail.getByRole('button', { name: 'Copy this line' }).waitFor()
    await expectGoodPage(page, 'device-page-held')
    await tail.getByRole('button', { name: /^Follow again/ }).click()
    await tail.getByText('Scroll up or choose a line').waitFor()
    const atEnd = () => grid.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight)
    await expect.poll(atEnd).toBeLessThan(44)

    // The record of the run is one press away.
    await page.getByRole('button', { name: /^Print run record/ }).click()
    await page.getByText('Run record: dosing-controller 2.0.0').first().waitFor()
    await page.keyboard.press('Escape')

    // The plug is pulled: it is not there; back in, nobody says who that is until somebody has asked.
    await board.unplug()
    await tail.getByText('It is not plugged in where it was last.').waitFor()
    await panel.getByText('Not plugged in').waitFor()
    await board.plug()
    await panel.getByText('Not asked yet').waitFor()
    await tail.getByText(/^Something was plugged in anew at its port/).waitFor()
    await expectGoodPage(page, 'device-page-replugged')
    await hands.open('bench')
    const tile = page.locator(`.tile[data-port="${board.pty}"]`)
    await tile.getByText('Not asked yet').waitFor()
    await tile.locator('.tile-serial').click()
    await page.getByRole('button', { name: 'Start listening' }).click()
    await tile.getByText(serial).waitFor()
    await page.locator('.dialog').getByText('Waits for export').waitFor()
    await expectGoodPage(page, 'device-sheet-collected')
  },
)

it(
  'names severity by word and shape, tells what it could not show, and speaks German',
  { timeout: 180_000 },
  async () => {
    const { page, overlay } = await openDevice()
    const tail = page.getByRole('region', { name: 'What it says now' })
    await tail.locator('.status', { hasText: 'Listening' }).waitFor()
    const lines = [1, 5, 9, 13, 17, 21].map((severity) => ({ t: Date.now(), severity, text: `line of ${severity}` }))
    tellOn(overlay, 'telemetry.tail', { listens: true, first: true, lines, missed: 0 })
    await tail.getByText('line of 21').waitFor()
    for (const word of ['Trace', 'Debug', 'Info', 'Warning', 'Error', 'Fatal'])
      expect(await tail.locator('.log-row .status', { hasText: word }).locator('svg').count()).toBe(1)
    await expectGoodPage(page, 'device-page-severities')
    tellOn(overlay, 'telemetry.tail', { listens: false, first: false, lines, missed: 40 })
    await tail.getByText(/^\d+ lines came too fast to be shown/).waitFor()

    await page.locator('button.chip').last().click()
    await page.getByRole('menuitem', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { name: 'Was es gerade sagt' }).waitFor()
    await expectGoodPage(page, 'device-page-german')
  },
)
