// SPDX-License-Identifier: Apache-2.0
/** The station's own health through the window: a set-up that is left and resumed, a wrong clock, a log that was changed. */
import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp, type App, type AppOptions } from '../shell/open-app.ts'
import {
  enrol,
  importFile,
  makeBundle,
  makeWorld,
  passwords,
  setUp,
  signIn as signInAs,
  stickOf,
  type World,
} from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click()
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const codeOf = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(() => 'done').catch(({ code }: { code: string }) => code)

const open = async (world: World, more: Partial<AppOptions> = {}): Promise<App> => {
  const drives = [world.stick]
  const app = await openApp({ data: world.data, drives, ports: [], passphrase: 'a passphrase for tests', ...more })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(15_000)
  return app
}

const signIn = async (page: Page, login: keyof typeof passwords): Promise<void> => {
  await heading(page, 'Sign in').waitFor()
  await page.getByLabel('User name').fill(login)
  await page.getByLabel('Password', { exact: true }).fill(passwords[login])
  await press(page, 'Sign in')
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}

const signOut = async (page: Page): Promise<void> => {
  await page.locator('button.chip', { hasText: /Technician|Administrator|Compliance/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await heading(page, 'Sign in').waitFor()
}

/** Leaves at a step and comes back: the step is the same. */
const comeBackTo = async (page: Page, step: string): Promise<void> => {
  await heading(page, step).waitFor()
  await page.reload()
  await heading(page, step).waitFor()
}

const person = async (page: Page, group: string, name: string, login: 'admin' | 'officer'): Promise<void> => {
  const fields = page.getByRole('group', { name: group })
  await fields.getByLabel('Full name').fill(name)
  await fields.getByLabel('User name').fill(login)
  await fields.getByLabel('Password', { exact: true }).fill(passwords[login])
}

const compareWords = async (page: Page, world: World, login: 'admin' | 'officer'): Promise<void> => {
  await page.getByLabel('User name').fill(login)
  await page.getByLabel('Password', { exact: true }).fill(passwords[login])
  await press(page, 'Sign in and read the policy')
  const fields = page.getByLabel(/^Word \d+$/)
  await fields.first().waitFor()
  for (const field of await fields.all()) {
    const label = await field.evaluate((node) => document.querySelector(`label[for="${node.id}"]`)?.textContent ?? '')
    await field.fill(world.words[Number(label.replace('Word ', '')) - 1] ?? '')
  }
  await press(page, 'Confirm the words')
  await fields.first().waitFor({ state: 'detached' })
}

describe('the set-up', () => {
  it(
    'can be left and resumed at each step, keeps what was typed, and needs two people for the keys; then every page names site, drive, time and person (ux 7, 63, 64)',
    { timeout: 240_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const { page, station } = await open(world)
      await comeBackTo(page, 'Language and display')
      await press(page, 'Next')
      await page.getByLabel('Short name of the site').fill('plant-north')
      await page.getByLabel('Hall').fill('Hall 3')
      await page.getByLabel('Bench').fill('Bench 02')
      await comeBackTo(page, 'Site')
      await page.getByText('plant-north · Hall 3 · Bench 02').waitFor()
      await press(page, 'Next')
      await comeBackTo(page, 'Clock')
      await press(page, 'The time is right')
      await page.getByLabel('Devices that this bench updates in a year').fill('500')
      await comeBackTo(page, 'Storage')
      expect(await page.getByLabel('Devices that this bench updates in a year').inputValue()).toBe('500')
      await press(page, 'Next')
      await person(page, 'Administrator', 'Ada Castellanos', 'admin')
      await comeBackTo(page, 'Two people')
      // Names are kept, passwords never are.
      const fields = page.getByRole('group', { name: 'Administrator' })
      expect(await fields.getByLabel('Full name').inputValue()).toBe('Ada Castellanos')
      expect(await fields.getByLabel('Password', { exact: true }).inputValue()).toBe('')
      // Back by one press to a step before, and on again.
      await page.getByRole('navigation', { name: 'Set-up steps' }).getByRole('button', { name: 'Site' }).click()
      await heading(page, 'Site').waitFor()
      await press(page, 'Next')
      await press(page, 'The time is right')
      await press(page, 'Next')
      await person(page, 'Administrator', 'Ada Castellanos', 'admin')
      await person(page, 'Compliance officer', 'Priya Singh', 'officer')
      await press(page, 'Add both people')
      await heading(page, 'Trusted keys').waitFor({ timeout: 30_000 })
      await comeBackTo(page, 'Trusted keys')
      await compareWords(page, world, 'admin')
      // One person alone puts nothing in force.
      expect((await station.connect().call('station.status', {})).trust).toBeNull()
      await compareWords(page, world, 'officer')
      await comeBackTo(page, 'Ports')
      await press(page, 'Do this later')
      await comeBackTo(page, 'Check')
      await page.getByText('Site and station are named: plant-north · Hall 3 · Bench 02').waitFor()
      await press(page, 'Open the bench')
      await heading(page, 'Sign in').waitFor()
      await page.reload()
      await signIn(page, 'admin')
      const rail = page.getByRole('navigation', { name: 'Screens' }).getByRole('button')
      for (const entry of await rail.all()) {
        await entry.click()
        for (const told of ['plant-north', 'Hall 3 · Bench 02', 'STICK', 'UTC', 'Ada Castellanos', 'Administrator'])
          await page.getByRole('banner').getByText(told).first().waitFor()
      }
    },
  )
})

const fillClock = async (page: Page, reason: string, password: string): Promise<void> => {
  const card = page.getByRole('region', { name: 'Clock' })
  await card.getByLabel(/compared it|checked it/).fill(reason)
  await card.getByLabel('Password', { exact: true }).fill(password)
}

describe('a clock that is wrong', () => {
  it(
    'is said in one place, stops importing and signing, and leaves the writing of imported bundles (ux 72)',
    { timeout: 240_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const shift = join(world.folder, 'shift')
      writeFileSync(shift, '0')
      const board = await startBoard({ firmware: '1.0.0' })
      onTestFinished(() => board.stop())
      const stationProgram = join(import.meta.dirname, '../support/shifted-station.ts')
      const { page, station } = await open(world, { stationProgram, ports: [board.pty] })
      const people = await setUp(station, world)
      await enrol(people.admin, world)
      await makeBundle(world, { name: 'dosing-2.0.0', payload: readFileSync((await buildAvr()).firmware['2.0.0'].bin) })
      await importFile(people.technician, 'dosing-2.0.0.airfw')

      writeFileSync(shift, String(-50 * 3_600_000))
      const { technician, officer } = people
      const driveId = await stickOf(technician)
      expect(await codeOf(technician.call('bundles.import', { driveId, name: 'dosing-2.0.0.airfw' }))).toBe(
        'clock.rollback',
      )
      const approval = { id: crypto.randomUUID(), contentDigest: '0'.repeat(64), newFields: [] }
      expect(await codeOf(officer.call('exports.approve', { ...approval, password: passwords.officer }))).toBe(
        'signature.clock',
      )
      await signIn(page, 'technician')
      const notice = page.locator('.station-notices')
      await notice.getByText(/^The clock is (50|49).h.* behind the last entry\.$/).waitFor()
      await notice.getByText(/Updating works.*Importing and signing are off/).waitFor()
      await page.getByRole('banner').getByText('Behind').waitFor()
      // The button says so beside itself; it is not refused on a press.
      const importButton = page
        .locator('.drive-file')
        .getByRole('button', { name: /^Import/ })
        .first()
      await expect.poll(() => importButton.getAttribute('aria-disabled')).toBe('true')
      await page.locator('.panel').getByText('The clock is wrong: importing is off.').first().waitFor()
      const tile = page.locator(`.tile[data-port="${board.pty}"]`)
      await tile.getByText('Ready').waitFor()
      for (const box of await page.locator(`.tile:not([data-port="${board.pty}"])`).getByRole('checkbox').all())
        await box.uncheck()
      await press(page, /^Update 1 device/)
      await tile.getByText('Updated').waitFor({ timeout: 60_000 })
      await expectGoodPage(page, 'clock-behind')
      await signOut(page)

      await signIn(page, 'admin')
      await fillClock(page, 'compared with the clock of the hall', 'not her password')
      await press(page, 'The clock is right now')
      await page.getByText('AL-5101').waitFor({ state: 'attached' })
      // What was typed is still there.
      await fillClock(page, await page.getByLabel(/compared it/).inputValue(), passwords.admin)
      await press(page, 'The clock is right now')
      // Bundles were signed after what this clock says: nobody can vouch for it, it has to be set.
      await page.getByText('AL-7101').waitFor({ state: 'attached' })
      writeFileSync(shift, '0')
      // As far as the clock knows, two days went by: the session has ended, and the page says so by its lock.
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
      await page.getByLabel('Password', { exact: true }).fill(passwords.admin)
      await press(page, 'Unlock')
      await notice.getByText(/^The clock jumped by/).waitFor()
      await fillClock(page, 'compared with the clock of the hall', passwords.admin)
      await press(page, 'The clock is right now')
      await page.getByText(/Ada Castellanos looked at it: “compared with the clock of the hall”/).waitFor()
      await expectGoodPage(page, 'station-clock')
      await signOut(page)
      await signIn(page, 'officer')
      await press(page, 'Look at the clock')
      await fillClock(page, 'so does mine', passwords.officer)
      await press(page, 'Confirm the clock')
      await page.getByText('The clock is confirmed. All works again.').waitFor()
      await notice.waitFor({ state: 'detached' })
      expect((await importFile(await signInAs(station, 'technician'), 'dosing-2.0.0.airfw')).alreadyPresent).toBe(true)
    },
  )
})

/** Changes one entry in the file, as somebody would who has the disk and no key. */
const changeEntry = (data: string, seq: number): void => {
  const db = new Database(join(data, 'station.db'))
  db.exec('DROP TRIGGER audit_leaf_update')
  const { changes } = db
    .prepare(`UPDATE audit_leaf SET leaf = CAST(replace(CAST(leaf AS TEXT), 'admin', 'nimda') AS BLOB) WHERE seq = ?`)
    .run(seq)
  expect(changes).toBe(1)
  db.close()
}

describe('a log that was changed', () => {
  it(
    'is named and opened at its entry, blocks new work and offers a fault report; before that, the page says when it was checked (ux 56, 57)',
    { timeout: 180_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const first = await open(world)
      const { admin } = await setUp(first.station, world)
      const { entries } = await admin.call('audit.find', { action: 'session.sign-in', limit: 100 })
      const seq = entries.at(-1)?.seq ?? 0
      await signIn(first.page, 'officer')
      await first.page.getByRole('navigation').getByRole('button', { name: 'Audit log' }).click()
      await first.page
        .locator('.log .notice')
        .first()
        .getByText(/^All \d+ entries checked at/)
        .waitFor()
      await first.close()
      changeEntry(world.data, seq)

      const { page, station } = await open(world)
      await page.getByText('This station can only be read.').waitFor()
      await signIn(page, 'officer')
      await heading(page, 'Exports').waitFor()
      await page.locator('.station-notices').getByText(`The log was changed at entry ${seq}.`).waitFor()
      await expectGoodPage(page, 'log-broken-elsewhere')
      await press(page, 'Open the entry')
      const band = page.getByRole('region', { name: 'Integrity' })
      await band.getByText(`The log was changed at entry ${seq}.`).waitFor()
      await page.locator('.panel').getByText(`Entry ${seq}`).waitFor()
      await page.locator('.panel').getByText('Changed').first().waitFor()
      await expectGoodPage(page, 'log-broken')
      await press(page, 'Print fault report')
      const sheet = page.getByRole('region', { name: 'Preview' })
      await sheet.getByText(`The log was changed at entry ${seq}.`).waitFor()
      const officer = station.connect()
      await officer.call('session.signIn', { login: 'officer', password: passwords.officer })
      expect(await codeOf(officer.call('dictionary.set', { words: [], reason: 'names' }))).toBe('audit.read-only')
    },
  )
})
