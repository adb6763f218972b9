// SPDX-License-Identifier: Apache-2.0
/** An update run through the page: two real boot loaders at once, one unplugged, the page reloaded, the station killed. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard, type Board } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp, type App } from '../shell/open-app.ts'
import { enrol, importFile, makeBundle, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click()

const signIn = async (page: Page): Promise<void> => {
  await heading(page, 'Sign in').waitFor()
  await page.getByLabel('User name').fill('technician')
  await page.getByLabel('Password', { exact: true }).fill(passwords.technician)
  await press(page, 'Sign in')
  await heading(page, 'Bench').waitFor()
}

const unlock = async (page: Page): Promise<void> => {
  await heading(page, 'Locked').waitFor({ timeout: 40_000 })
  await page.getByLabel('Password', { exact: true }).fill(passwords.technician)
  await press(page, 'Unlock')
  await heading(page, 'Bench').waitFor()
}

const boardFor = async (serial: string): Promise<Board> => {
  const board = await startBoard({ firmware: '1.0.0', serial })
  onTestFinished(() => board.stop())
  return board
}

/** A site that is set up, two boards in its ports, version 2.0.0 on the stick or imported. */
const openSite = async (imported: boolean) => {
  const world = await makeWorld(tempFolder())
  const boards = [await boardFor('DC-A'), await boardFor('DC-B')] as const
  const app = await openApp({
    data: world.data,
    drives: [world.stick],
    ports: boards.map(({ pty }) => pty),
    passphrase: 'a passphrase for tests',
  })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(20_000)
  const people = await setUp(app.station, world)
  await enrol(people.admin, world)
  await makeBundle(world, { name: 'dosing-2.0.0', payload: readFileSync((await buildAvr()).firmware['2.0.0'].bin) })
  if (imported) await importFile(people.technician, 'dosing-2.0.0.airfw')
  return { app, page: app.page, people, boards }
}

/** This machine may have ports of its own: only the boards' stay in the plan. */
const leaveOutOthers = async (page: Page, boards: readonly Board[]): Promise<void> => {
  const own = boards.map(({ pty }) => `:not([data-port="${pty}"])`).join('')
  for (const box of await page.locator(`.tile${own}`).getByRole('checkbox').all()) await box.uncheck()
}

const tileAt = (page: Page, { pty }: Board) => page.locator(`.tile[data-port="${pty}"]`)

const place = async (page: Page): Promise<string[]> =>
  page.locator('.tile').evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-port') ?? ''))

const killStation = async (app: App): Promise<void> => {
  const { pid } = app.station
  process.kill(pid, 'SIGKILL')
}

/** Who signed and what exactly: in sight, and one press away. */
const lookAtBundle = async (page: Page): Promise<void> => {
  const card = page.getByRole('region', { name: 'Bundle', exact: true })
  expect(await card.textContent()).toMatch(/Signed by.*release.*Fingerprint\s*[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}(?! )/)
  await card.getByRole('button', { name: 'Show full fingerprint' }).click()
  expect((await card.textContent())?.replaceAll(' ', '')).toMatch(/[0-9A-F]{64}/)
}

/** One press of a target of 40 px, and the keys of the list. */
const leaveOutAndTakeIn = async (page: Page, board: Board): Promise<void> => {
  const tile = tileAt(page, board)
  const box = tile.getByRole('checkbox')
  const { width = 0, height = 0 } = (await box.boundingBox()) ?? {}
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(40)
  await box.click()
  await tile.getByText('Not in the plan').waitFor()
  await page.locator('.tile [data-open]').first().focus()
  const number = (await tile.locator('.plate').textContent())?.replace('Port', '') ?? ''
  await page.keyboard.type(number)
  await page.getByText(`Port ${number}: press Enter to go there.`).waitFor()
  await page.keyboard.press('Enter')
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-port]')?.dataset['port'])
  expect(await focused()).toBe(board.pty)
  await page.keyboard.press('Space')
  await tile.getByText('Ready').waitFor()
  expect(await page.locator('.dialog').count()).toBe(0)
  const places = await place(page)
  const at = places.indexOf(board.pty)
  await page.keyboard.press(at === 0 ? 'ArrowRight' : 'ArrowLeft')
  expect(await focused()).toBe(places[at === 0 ? 1 : at - 1])
}

describe('an update run', () => {
  it(
    'writes two boards in three presses from the plug; the one that is unplugged is the only one that turns bad, and goes on when it is back (ux 19, 21, 22, 24, 27, 28, 30, 38, 39)',
    { timeout: 240_000 },
    async () => {
      const { page, boards, people } = await openSite(false)
      const [first, second] = boards
      await signIn(page)
      await tileAt(page, first).waitFor()
      const presses = { count: 0 }
      const count = async (work: Promise<void>): Promise<void> => {
        presses.count += 1
        await work
      }
      await count(press(page, /^Import/))
      await tileAt(page, second).getByText('Ready').waitFor()
      await leaveOutOthers(page, boards)
      await lookAtBundle(page)
      await leaveOutAndTakeIn(page, first)
      await expectGoodPage(page, 'run-plan')
      const places = await place(page)
      await second.fault('page', 60, 'unplug')
      // All of this is so for a moment only, until the plug is pulled: it is waited for at once, from before the press.
      await Promise.all([
        tileAt(page, first).getByText('Writing').waitFor(),
        tileAt(page, second).getByText('Writing').waitFor(),
        page.getByText(/Leave the 2 in progress plugged in: ports \d+ and \d+\./).waitFor(),
        page.waitForFunction(() => document.title === '0 of 2 – Bench – Airlock'),
        count(press(page, 'Update 2 devices')),
      ])
      expect(presses.count).toBeLessThanOrEqual(3)

      // Only the one whose plug was pulled turns bad, with how far it was.
      await tileAt(page, second).getByText('Unplugged').waitFor()
      expect(await tileAt(page, second).textContent()).toMatch(/at \d+.%/)
      await page.getByText(/was unplugged while it was being written/).waitFor()
      const other = (await tileAt(page, first).textContent()) ?? ''
      expect(other).toMatch(/Writing|Checking|Restarting|Updated/)
      const bar = tileAt(page, first).getByRole('progressbar')
      if (/Writing|Checking/.test(other)) expect(Number(await bar.getAttribute('aria-valuenow'))).toBeLessThan(100)
      await tileAt(page, first).getByText('Checking').waitFor()
      await expectGoodPage(page, 'run-unplugged')
      await tileAt(page, first).getByText('Updated').waitFor({ timeout: 60_000 })
      await page.getByText('Done: 1 updated, 1 needs you').waitFor()
      await expectGoodPage(page, 'run-needs-you')

      // Back in: this loader tells no serial number, so a person says which device it is; it goes on from there.
      const before = (await second.status()).pages
      await second.plug()
      const there = async () => (await people.admin.call('ports.list', {})).ports.map(({ id }) => id)
      await expect.poll(there).toContain(second.pty)
      await tileAt(page, second).getByRole('button', { name: /^Fix/ }).click()
      await press(page, 'Try again')
      await tileAt(page, second).locator('.status', { hasText: 'Not known' }).waitFor()
      await tileAt(page, second).getByRole('button', { name: /^Fix/ }).click()
      await page.getByLabel('Serial number').fill('DC-B')
      await press(page, 'This is what the label says: write it')
      await tileAt(page, second).getByText('Updated').waitFor({ timeout: 60_000 })
      // What stood right was not written again.
      const total = Math.ceil(readFileSync((await buildAvr()).firmware['2.0.0'].bin).length / 128)
      expect((await second.status()).pages - before).toBeLessThan(total - 50)
      const band = page.getByText('Done: 2 updated')
      await band.waitFor()
      expect(await band.evaluate((node) => parseFloat(getComputedStyle(node).fontSize))).toBeGreaterThanOrEqual(44)
      expect(await place(page)).toEqual(places)
      await expectGoodPage(page, 'run-done')

      // The result stays through a lock, until somebody starts anew; then both are known, and not written again.
      await press(page, 'Lock this station')
      await unlock(page)
      await band.waitFor()
      await press(page, 'New run')
      await tileAt(page, first).getByText('Up to date').waitFor()
      await tileAt(page, second).getByText('Up to date').waitFor()
      expect(await tileAt(page, first).getByRole('checkbox').count()).toBe(0)
    },
  )

  it(
    'is the same after a reload and after a lock; killed with its station, it says where each device stands, and goes on (ux 35, 36)',
    { timeout: 240_000 },
    async () => {
      const { app, page, boards, people } = await openSite(true)
      const [first, second] = boards
      // One at a time, so that there is one done, one in work and one to come whenever somebody looks.
      await people.admin.call('run.setAtOnce', { atOnce: 1 })
      await signIn(page)
      await tileAt(page, second).getByText('Ready').waitFor()
      await leaveOutOthers(page, boards)
      await press(page, 'Update 2 devices')
      await page.locator('.tile').getByText('Writing').waitFor()
      await page.locator('.tile').getByText('Waiting').first().waitFor()
      await page.reload()
      await signIn(page)
      await page.getByText('One at a time.').waitFor()
      await page.getByText('Next in line').waitFor()
      await press(page, 'Lock this station')
      await unlock(page)
      await page.getByRole('button', { name: 'Pause after this one' }).waitFor()
      await page.locator('.tile').getByText('Updated').first().waitFor({ timeout: 60_000 })
      await page.locator('.tile').getByText('Writing').waitFor()
      await killStation(app)
      await unlock(page)
      await page.getByText('Airlock closed unexpectedly. 1 done, 1 was being written, 0 not started.').waitFor()
      expect(await page.locator('.tile').getByText('Cut off').count()).toBe(1)
      await expectGoodPage(page, 'run-cut-off')
      await press(page, 'Continue the run')
      // What was half written cannot say who it is: a person reads its label, and it goes on.
      await page.locator('.tile .status', { hasText: 'Not known' }).waitFor()
      await page.locator('.tile').getByRole('button', { name: /^Fix/ }).click()
      const updated = (await tileAt(page, first).textContent()) ?? ''
      await page.getByLabel('Serial number').fill(updated.includes('Updated') ? 'DC-B' : 'DC-A')
      await press(page, 'This is what the label says: write it')
      await page.getByText('Done: 2 updated').waitFor({ timeout: 60_000 })
    },
  )
})
