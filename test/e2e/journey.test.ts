// SPDX-License-Identifier: Apache-2.0
/** The whole loop as people do it: set up, import, update a device, export, read the log. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp, type App } from '../shell/open-app.ts'
import { cli, makeBundle, makeWorld, passwords, type World } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click()
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const fill = (page: Page, label: string, text: string): Promise<void> =>
  page.getByLabel(label, { exact: true }).first().fill(text)

/** Signs in through the page; whoever was there is signed out first. */
const signIn = async (page: Page, login: keyof typeof passwords): Promise<void> => {
  await fill(page, 'User name', login)
  await fill(page, 'Password', passwords[login])
  await press(page, 'Sign in')
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}

const signOut = async (page: Page): Promise<void> => {
  await page.locator('button.chip', { hasText: /Technician|Administrator|Compliance/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await heading(page, 'Sign in').waitFor()
}

const open = async (page: Page, screen: string): Promise<void> => {
  await page.getByRole('navigation').getByRole('button', { name: screen }).click()
  await heading(page, screen).waitFor()
}

const person = async (page: Page, group: string, name: string, login: keyof typeof passwords): Promise<void> => {
  const fields = page.getByRole('group', { name: group })
  await fields.getByLabel('Full name').fill(name)
  await fields.getByLabel('User name').fill(login)
  await fields.getByLabel('Password', { exact: true }).fill(passwords[login])
}

/** One person compares four words of the paper. */
const compareWords = async (page: Page, world: World, login: keyof typeof passwords): Promise<void> => {
  await fill(page, 'User name', login)
  await fill(page, 'Password', passwords[login])
  await press(page, 'Sign in and read the policy')
  await page
    .getByLabel(/^Word \d+$/)
    .first()
    .waitFor()
  for (const field of await page.getByLabel(/^Word \d+$/).all()) {
    const label = await field.evaluate((node) => document.querySelector(`label[for="${node.id}"]`)?.textContent ?? '')
    await field.fill(world.words[Number(label.replace('Word ', '')) - 1] ?? '')
  }
  if (login === 'admin') await expectGoodPage(page, 'set-up-words')
  await press(page, 'Confirm the words')
}

const setUp = async ({ page }: App, world: World): Promise<void> => {
  await heading(page, 'Language and display').waitFor()
  await expectGoodPage(page, 'set-up-language')
  await press(page, 'Next')
  await fill(page, 'Short name of the site', 'plant-north')
  await expectGoodPage(page, 'set-up-site')
  await press(page, 'Next')
  await heading(page, 'Clock').waitFor()
  await expectGoodPage(page, 'set-up-clock')
  await press(page, 'The time is right')
  await heading(page, 'Storage').waitFor()
  await page.getByText('Needed for a year').waitFor()
  await expectGoodPage(page, 'set-up-storage')
  await press(page, 'Next')
  await heading(page, 'Two people').waitFor()
  await person(page, 'Administrator', 'Ada Castellanos', 'admin')
  await person(page, 'Compliance officer', 'Priya Singh', 'officer')
  await expectGoodPage(page, 'set-up-people')
  await press(page, 'Add both people')
  await heading(page, 'Trusted keys').waitFor({ timeout: 30_000 })
  await expectGoodPage(page, 'set-up-trust')
  await compareWords(page, world, 'admin')
  await page.getByLabel(/^Word/).first().waitFor({ state: 'detached' })
  await compareWords(page, world, 'officer')
  await heading(page, 'Ports').waitFor()
  await expectGoodPage(page, 'set-up-ports')
  await fill(page, 'User name', 'admin')
  await page.getByLabel('Password', { exact: true }).fill(passwords.admin)
  await press(page, 'Sign in and give numbers')
  await page.locator('.port-tile').first().getByRole('button').click()
  await fill(page, 'Number on the sticker', '7')
  await press(page, 'Keep this number')
  await page.getByText('This is port 7 from now on.').waitFor()
  await expectGoodPage(page, 'set-up-ports-numbered')
  await press(page, 'Next')
  await heading(page, 'Check').waitFor()
  await page.getByText('A trust policy is in force, compared by two people').waitFor()
  await expectGoodPage(page, 'set-up-check')
  await press(page, 'Open the bench')
  await heading(page, 'Sign in').waitFor()
  await expectGoodPage(page, 'sign-in')
}

/** The administrator adds a technician and gets the station's certificate. */
const prepare = async ({ page }: App, world: World): Promise<void> => {
  await signIn(page, 'admin')
  await heading(page, 'Station').waitFor()
  await page.getByRole('button', { name: 'Write the request to the drive' }).click()
  await page.getByText(/\.pub\.pem is on drive/).waitFor()
  const name = readdirSync(world.stick).find((file) => file.endsWith('.pub.pem')) ?? ''
  const certificate = name.replace('.pub.pem', '.cert.pem')
  const ca = ['--ca-key', join(world.keys, 'station-ca.key.pem'), '--ca-cert', join(world.keys, 'station-ca.cert.pem')]
  await cli('enrol', 'issue', '--key', join(world.stick, name), ...ca, '--out', join(world.stick, certificate))
  await press(page, /^Install /)
  await page.getByText(/^Installed\. Good until/).waitFor()
  await expectGoodPage(page, 'station')
  await open(page, 'People')
  await press(page, 'Add a person…')
  await fill(page, 'Full name', 'Tomas Keller')
  await fill(page, 'User name', 'technician')
  await fill(page, 'Password', 'Given-Lantern-88')
  await expectGoodPage(page, 'people-add')
  await press(page, 'Add Tomas Keller')
  await page.getByRole('rowheader', { name: 'Tomas Keller' }).waitFor()
  await expectGoodPage(page, 'people')
  await signOut(page)
}

/** The officer says which names never leave. */
const nameNames = async ({ page }: App): Promise<void> => {
  await signIn(page, 'officer')
  await heading(page, 'Exports').waitFor()
  await press(page, 'Names that stay…')
  await fill(page, 'Words', 'acme-pharma\nplc-hall3\nanna.keller\nTomas Keller\nPriya Singh\nAda Castellanos')
  await fill(page, 'Reason', 'names of the site')
  await expectGoodPage(page, 'exports-names')
  await press(page, 'Keep 6 words')
  await page.getByText('6 words stay on this site.').waitFor()
  await page.keyboard.press('Escape')
  await signOut(page)
}

const tamper = (world: World, good: string): void => {
  const bytes = readFileSync(good)
  bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1
  writeFileSync(join(world.stick, 'changed.airfw'), bytes)
}

/** Somebody else gave the first password: it is changed before anything else. */
const chooseOwnPassword = async (page: Page): Promise<void> => {
  await fill(page, 'User name', 'technician')
  await fill(page, 'Password', 'Given-Lantern-88')
  await press(page, 'Sign in')
  await fill(page, 'New password', passwords.technician)
  await press(page, 'Change password')
}

const importBundles = async ({ page }: App): Promise<void> => {
  await chooseOwnPassword(page)
  await heading(page, 'Bench').waitFor()
  await page.getByText('Plug in the drive with your firmware bundle.').waitFor()
  await expectGoodPage(page, 'bench-empty')
  await open(page, 'Bundles')
  await expectGoodPage(page, 'bundles-drive')
  await press(page, 'Import 2 bundles')
  await page.getByText('Imported: version 2.0.0').waitFor({ timeout: 20_000 })
  await page.getByText('Done. You can remove the drive.').waitFor()
  await press(page, 'What to do changed.airfw')
  await page.getByText('It was changed after it was signed.').first().waitFor()
  await page.getByText('AL-2102').first().waitFor()
  await expectGoodPage(page, 'bundle-refused')
  await press(page, 'Back to the drive')
  await expectGoodPage(page, 'bundles')
}

/** This machine may have ports of its own: only the board's stays in the plan. */
const leaveOutOthers = async (page: Page, port: string): Promise<void> => {
  for (const box of await page.locator(`.tile:not([data-port="${port}"])`).getByRole('checkbox').all())
    await box.uncheck()
}

const updateDevice = async ({ page }: App, port: string): Promise<void> => {
  const tile = page.locator(`.tile[data-port="${port}"]`)
  await open(page, 'Bench')
  await tile.getByText('Ready').waitFor()
  await leaveOutOthers(page, port)
  await expectGoodPage(page, 'bench-plan')
  await press(page, 'Update 1 device')
  await tile.getByText('Writing').waitFor({ timeout: 20_000 })
  await expectGoodPage(page, 'bench-running')
  const parts = await page.getByRole('progressbar').first().getAttribute('aria-valuenow')
  expect(Number(parts)).toBeLessThan(100)
  await tile.getByText('Updated').waitFor({ timeout: 60_000 })
  expect(await tile.textContent()).toMatch(/DC-0042-7Q.*2\.0\.0/)
  await page.getByText('Done: 1 updated').waitFor()
  await expectGoodPage(page, 'bench-done')
  // A locked station keeps the view, and the result.
  await press(page, 'Lock this station')
  await heading(page, 'Locked').waitFor()
  await expectGoodPage(page, 'locked')
  await fill(page, 'Password', passwords.technician)
  await press(page, 'Unlock')
  await page.getByText('Done: 1 updated').waitFor()
}

const exportTelemetry = async ({ page, observed }: App, world: World): Promise<void> => {
  await open(page, 'Exports')
  await press(page, 'Ask for an export…')
  await fill(page, 'What for', 'monthly reliability data')
  await expectGoodPage(page, 'exports-ask')
  await press(page, 'Collect and ask')
  await page.getByText('Ready for review').waitFor({ timeout: 30_000 })
  await expectGoodPage(page, 'exports')
  await signOut(page)
  await signIn(page, 'officer')
  await page.getByRole('button', { name: /^Open/ }).click()
  await heading(page, /^Review/).waitFor()
  await page.getByText('Leaves the site').waitFor()
  await expectGoodPage(page, 'export-review')
  await fill(page, 'Password of Priya Singh', 'not her password')
  await press(page, 'Sign and approve')
  await page.getByText('AL-5101').waitFor({ state: 'attached' })
  await fill(page, 'Password of Priya Singh', passwords.officer)
  await press(page, 'Sign and approve')
  await page.getByText('Approved. Not written yet.').waitFor()
  await expectGoodPage(page, 'export-approved')
  await press(page, /^Write to drive/)
  await page.getByText('Written and checked. Safe to remove.').waitFor({ timeout: 30_000 })
  expect(readdirSync(world.stick).some((name) => name.endsWith('.airtlm'))).toBe(true)
  await expectGoodPage(page, 'export-written')
  await press(page, 'Print transfer slip')
  await page.getByRole('region', { name: 'Preview' }).getByText('Approved by').waitFor()
  await expectGoodPage(page, 'print-slip')
  await page.getByRole('button', { name: 'Print', exact: true }).last().click()
  await page.getByRole('status').getByText('Sent to the printer and noted in the log.').waitFor()
  const slip = execFileSync('pdftotext', ['-layout', '-', '-'], { input: observed.prints.at(-1), encoding: 'utf8' })
  expect(slip).toMatch(/Approved by +Priya Singh/)
  expect(slip).toMatch(/export-000001-[0-9a-f]{8}\.airtlm +STICK/)
  await page.keyboard.press('Escape')
}

const readLog = async ({ page }: App): Promise<void> => {
  await open(page, 'Audit log')
  await press(page, /^Check (every entry|again)$/)
  await page.getByText('The log is intact.').waitFor()
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('heading', { name: /^Entry \d+/ }).waitFor()
  await expectGoodPage(page, 'audit')
  await page.getByLabel('Result').selectOption('refused')
  await page
    .getByRole('row')
    .filter({ hasText: /Bundle import.*Refused/ })
    .click()
  await page.getByText(/changed after it was signed/).waitFor()
  await expectGoodPage(page, 'audit-refused')
}

describe('the loop through the window', () => {
  it('sets up, imports, refuses, updates a device, exports and reads the log', { timeout: 240_000 }, async () => {
    const world = await makeWorld(tempFolder())
    const board = await startBoard({ firmware: '1.0.0' })
    onTestFinished(() => board.stop())
    const image = readFileSync((await buildAvr()).firmware['2.0.0'].bin)
    const app = await openApp({
      data: world.data,
      drives: [world.stick],
      ports: [board.pty],
      passphrase: 'a passphrase for tests',
    })
    onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
    app.page.setDefaultTimeout(15_000)
    await setUp(app, world)
    await prepare(app, world)
    await nameNames(app)
    const good = await makeBundle(world, { name: 'dosing-2.0.0', payload: image })
    tamper(world, good)
    await importBundles(app)
    await updateDevice(app, board.pty)
    await exportTelemetry(app, world)
    await readLog(app)
    expect(app.observed.requests.filter(({ allowed }) => !allowed)).toEqual([])
    expect(app.observed.violations).toEqual([])
  })
})
