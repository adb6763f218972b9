// SPDX-License-Identifier: Apache-2.0
/** The whole loop as people do it: set up, import, update a device, export, read the log. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard, type Board } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp, type App } from '../shell/open-app.ts'
import { issueOnStick, makeBundle, makeWorld, passwords, type World } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { checkLog, handsOf, type Hands } from './hands.ts'
import { englishOn } from './language-checks.ts'
import { expectGoodPage, picture } from './look.ts'
import { allStates } from './walk/all-states.ts'
import type { Language } from './speech.ts'
import type { TextKey } from '../../renderer/text/en.ts'

/** What people, machines and files are called: the same in every language. */
const data =
  /plant-north|STICK|Keller|Singh|Castellanos|dosing|acme|DC-0042|rev-|production|anna|plc|\.air\w+|release|qa|UTC/

type Journey = {
  readonly app: App
  readonly world: World
  readonly hands: Hands
  /** Looks at a page: every rule in English where the walk does not come by, no English word in German. */
  readonly look: (name: string) => Promise<void>
}

const walked = new Set(allStates.map(({ name }) => name))

const journeyOf = (app: App, world: World, language: Language): Journey => {
  const hands = handsOf(app.page, language)
  const look = async (name: string): Promise<void> => {
    if (language === 'de') expect(await englishOn(app.page, data), `${name} in German`).toEqual([])
    else if (!walked.has(name)) await expectGoodPage(app.page, name)
  }
  return { app, world, hands, look }
}

const person = async ({ page, say }: Hands, role: TextKey, name: string, login: keyof typeof passwords) => {
  const fields = page.getByRole('group', { name: say(role) })
  await fields.getByLabel(say('person.name')).fill(name)
  await fields.getByLabel(say('person.login')).fill(login)
  await fields.getByLabel(say('person.password'), { exact: true }).fill(passwords[login])
}

/** One person compares four words of the paper. */
const compareWords = async ({ hands, world, look }: Journey, login: keyof typeof passwords): Promise<void> => {
  const { page, say } = hands
  const label = (position: number): string => say('setUp.word', { position })
  await hands.fill('person.login', login)
  await hands.fill('person.password', passwords[login])
  await hands.press('setUp.readPolicy')
  const asked = page.locator('.words input')
  await asked.first().waitFor()
  for (const [place, word] of world.words.entries()) {
    const field = page.getByLabel(label(place + 1), { exact: true })
    if ((await field.count()) > 0) await field.fill(word)
  }
  if (login === 'admin') await look('set-up-words')
  await hands.press('setUp.confirmWords')
}

const setUp = async (journey: Journey): Promise<void> => {
  const { hands, look } = journey
  const { page } = hands
  await hands.heading('setUp.language').waitFor()
  await look('set-up-language')
  await hands.press('common.next')
  await hands.fill('setUp.siteField', 'plant-north')
  await look('set-up-site')
  await hands.press('common.next')
  await hands.heading('setUp.clock').waitFor()
  await look('set-up-clock')
  await hands.press('setUp.clockRight')
  await hands.heading('setUp.storage').waitFor()
  await hands.text('setUp.storageNeed').waitFor()
  await look('set-up-storage')
  await hands.press('common.next')
  await hands.heading('setUp.people').waitFor()
  await person(hands, 'role.administrator', 'Ada Castellanos', 'admin')
  await person(hands, 'role.officer', 'Priya Singh', 'officer')
  await look('set-up-people')
  await hands.press('setUp.peopleMake')
  await hands.heading('setUp.trust').waitFor({ timeout: 30_000 })
  await look('set-up-trust')
  await compareWords(journey, 'admin')
  await page.locator('.words input').first().waitFor({ state: 'detached' })
  await compareWords(journey, 'officer')
  await hands.heading('setUp.ports').waitFor()
  await look('set-up-ports')
  await hands.fill('person.login', 'admin')
  await hands.fill('person.password', passwords.admin)
  await hands.press('ports.signIn')
  await page.locator('.port-tile').first().getByRole('button').click()
  await hands.fill('ports.number', '7')
  await hands.press('ports.keep')
  await hands.text('ports.kept', { number: 7 }).waitFor()
  await look('set-up-ports-numbered')
  await hands.press('common.next')
  await hands.heading('setUp.check').waitFor()
  await look('set-up-check')
  await hands.press('setUp.openBench')
  await hands.heading('signIn.title').waitFor()
  await look('sign-in')
}

/** What the administrator gives the technician to begin with. */
const givenPassword = 'Given-Lantern-88'

/** The administrator adds a technician and gets the station's certificate. */
const prepare = async ({ hands, world, look }: Journey): Promise<void> => {
  const { page } = hands
  await hands.signIn('admin')
  await hands.heading('screen.station').waitFor()
  await hands.press('enrol.request')
  await page.getByText('.airreq').first().waitFor()
  const certificate = await issueOnStick(world, readdirSync(world.stick).find((file) => file.endsWith('.airreq')) ?? '')
  await hands.press('enrol.install', { name: certificate, drive: 'STICK' })
  await hands.text('station.enrolledGood').waitFor()
  await look('station')
  await hands.open('people')
  await hands.press('people.add')
  await hands.fill('person.name', 'Tomas Keller')
  await hands.fill('person.login', 'technician')
  await hands.fill('people.newPassword', givenPassword)
  await look('people-add')
  await hands.press('people.addNamed', { name: 'Tomas Keller' })
  await page.getByRole('rowheader', { name: 'Tomas Keller' }).waitFor()
  await look('people')
  await hands.signOut()
}

/** The officer says which names never leave. */
const nameNames = async ({ hands, look }: Journey): Promise<void> => {
  await hands.signIn('officer')
  await hands.heading('screen.exports').waitFor()
  await hands.press('names.open')
  await hands.fill('names.words', 'acme-pharma\nplc-hall3\nanna.keller\nTomas Keller\nPriya Singh\nAda Castellanos')
  await hands.fill('sign.reason', 'Namen des Werks')
  await look('exports-names')
  await hands.press('names.keep', { count: 6 })
  await hands.text('names.kept', { count: 6 }).waitFor()
  await hands.page.keyboard.press('Escape')
  await hands.signOut()
}

const tamper = (world: World, good: string): void => {
  const bytes = readFileSync(good)
  bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1
  writeFileSync(join(world.stick, 'changed.airfw'), bytes)
}

const importBundles = async ({ hands, look }: Journey): Promise<void> => {
  const { page, say } = hands
  // Somebody else gave the first password: it is changed before anything else.
  await hands.fill('person.login', 'technician')
  await hands.fill('person.password', givenPassword)
  await hands.press('signIn.signIn')
  await hands.fill('password.wanted', passwords.technician)
  await look('password-change')
  await hands.press('password.change')
  await hands.heading('screen.bench').waitFor()
  await hands.text('bench.noBundleDrive').waitFor()
  await look('bench-empty')
  await hands.open('bundles')
  await look('bundles-drive')
  await hands.press('bundles.importAll', { count: 2 })
  await hands.text('drive.imported', { version: '2.0.0' }).waitFor({ timeout: 20_000 })
  await hands.text('bundles.removable').waitFor()
  await page.getByRole('button', { name: `${say('drive.what')} changed.airfw` }).click()
  await page.getByText('AL-2102').first().waitFor()
  await look('bundle-refused')
  await hands.press('refusal.back')
  await look('bundles')
}

/** This machine may have ports of its own: only the boards' stay in the plan. */
const leaveOutOthers = async (page: Page, boards: readonly Board[]): Promise<void> => {
  const others = boards.map(({ pty }) => `:not([data-port="${pty}"])`).join('')
  for (const box of await page.locator(`.tile${others}`).getByRole('checkbox').all()) await box.uncheck()
}

const tileAt = ({ page }: Hands, { pty }: Board) => page.locator(`.tile[data-port="${pty}"]`)

/** Two at once; the plug of one is pulled while it is written, the other one goes on to its end. */
const updateTwo = async ({ hands, look }: Journey, boards: readonly [Board, Board]): Promise<void> => {
  const { page, say } = hands
  const [stays, pulled] = boards
  await hands.open('bench')
  for (const board of boards) await tileAt(hands, board).getByText(say('bench.state.ready')).waitFor()
  await leaveOutOthers(page, boards)
  await look('bench-plan')
  await pulled.fault('page', 60, 'unplug')
  await hands.press('bench.update', { count: 2 })
  await tileAt(hands, stays).getByText(say('bench.state.writing')).waitFor({ timeout: 20_000 })
  // It may be pulled before anybody looks.
  const begun = new RegExp(`${say('bench.state.writing')}|${say('bench.state.unplugged')}`)
  await tileAt(hands, pulled).locator('.status', { hasText: begun }).waitFor({ timeout: 20_000 })
  await look('bench-running')
  const parts = await page.getByRole('progressbar').first().getAttribute('aria-valuenow')
  expect(Number(parts)).toBeLessThan(100)
  await tileAt(hands, pulled).getByText(say('bench.state.unplugged')).waitFor({ timeout: 60_000 })
  await look('bench-unplugged')
  await tileAt(hands, stays).getByText(say('bench.state.updated')).waitFor({ timeout: 60_000 })
  expect(await tileAt(hands, stays).textContent()).toMatch(/DC-0042-7Q.*2\.0\.0/)
  await hands.text('bench.doneNeeds', { updated: 1, needsYou: 1 }).waitFor()
  await look('bench-done-needs')
}

/** Back in: its boot loader tells no serial number, so a person says which device it is, and it goes on from there. */
const plugBackIn = async ({ app, hands, look }: Journey, board: Board): Promise<void> => {
  const { page, say } = hands
  const fix = tileAt(hands, board).getByRole('button', { name: say('bench.fix') })
  await board.plug()
  const beside = app.station.connect()
  await beside.call('session.signIn', { login: 'officer', password: passwords.officer })
  await expect.poll(async () => (await beside.call('ports.list', {})).ports.map(({ id }) => id)).toContain(board.pty)
  await beside.call('session.signOut', {})
  await fix.click()
  await hands.press('bench.again')
  await tileAt(hands, board)
    .locator('.status', { hasText: say('bench.state.whoIsIt') })
    .waitFor({ timeout: 40_000 })
  await fix.click()
  await hands.fill('device.serial', 'DC-0042-8K')
  await look('bench-label')
  await hands.press('label.write')
  await tileAt(hands, board).getByText(say('bench.state.updated')).waitFor({ timeout: 60_000 })
  await hands.text('bench.done', { updated: 2 }).waitFor()
  await look('bench-done')
  // A locked station keeps the view, and the result.
  await hands.press('frame.lock')
  await hands.heading('signIn.locked').waitFor()
  await look('locked')
  await page.getByLabel(say('person.password'), { exact: true }).fill(passwords.technician)
  await hands.press('signIn.unlock')
  await hands.text('bench.done', { updated: 2 }).waitFor()
}

/** What the device has measured since, drawn. */
const readChart = async ({ hands, look }: Journey): Promise<void> => {
  const { page } = hands
  await hands.open('devices')
  await page.getByRole('button', { name: 'DC-0042-7Q' }).click()
  await page.locator('.chart svg').first().waitFor({ timeout: 30_000 })
  await look('devices')
}

const exportTelemetry = async ({ hands, world, look }: Journey): Promise<void> => {
  const { page, say } = hands
  await hands.open('exports')
  await hands.press('exports.ask')
  await hands.fill('ask.reason', 'dosing 30')
  await look('exports-ask')
  await hands.press('ask.send')
  await hands.text('exports.state.requested').waitFor({ timeout: 30_000 })
  await look('exports')
  await hands.signOut()
  await hands.signIn('officer')
  await page.getByRole('button', { name: `${say('exports.open')} dosing 30` }).click()
  await hands.text('review.after').waitFor()
  await look('export-review')
  for (const box of await page.locator('fieldset input[type=checkbox]').all()) await box.check()
  await hands.fill('sign.password', 'not her password', { name: 'Priya Singh' })
  await hands.press('sign.doApprove')
  await page.getByText('AL-5101').waitFor({ state: 'attached' })
  await look('export-password')
  await hands.fill('sign.password', passwords.officer, { name: 'Priya Singh' })
  // The button is deaf to a second press within a moment; Enter in the field signs as well.
  await hands.page.keyboard.press('Enter')
  await hands.text('write.approved').waitFor()
  await look('export-approved')
  await hands.press('write.write', { drive: 'STICK' })
  await hands.text('write.done').waitFor({ timeout: 30_000 })
  expect(readdirSync(world.stick).some((name) => name.endsWith('.airtlm'))).toBe(true)
  await look('export-written')
}

const readLog = async ({ hands, look }: Journey): Promise<void> => {
  const { page, say } = hands
  await hands.open('audit')
  await checkLog(hands)
  await hands.text('audit.intact').waitFor()
  await page.getByRole('grid').focus()
  await page.keyboard.press('ArrowDown')
  await page.locator('.panel h2').first().waitFor()
  await look('audit')
  await page.getByLabel(say('audit.result')).selectOption('refused')
  // The rows of before stay until the answer is there; a row that is chosen among them is gone with them.
  await page
    .getByRole('row')
    .filter({ hasText: say('audit.outcome.ok') })
    .first()
    .waitFor({ state: 'detached' })
  await page
    .getByRole('row')
    .filter({ hasText: say('act.bundle.import') })
    .first()
    .click()
  await page.locator('.panel', { hasText: 'changed.airfw' }).waitFor()
  await look('audit-refused')
}

const boardFor = async (serial: string): Promise<Board> => {
  const board = await startBoard({ firmware: '1.0.0', serial })
  onTestFinished(() => board.stop())
  return board
}

/** From the first screen to the last, in a language. */
const goThrough = async (language: Language): Promise<void> => {
  const world = await makeWorld(tempFolder())
  const boards = [await boardFor('DC-0042-7Q'), await boardFor('DC-0042-8K')] as const
  const image = readFileSync((await buildAvr()).firmware['2.0.0'].bin)
  const app = await openApp({
    data: world.data,
    drives: [world.stick],
    ports: boards.map(({ pty }) => pty),
    passphrase: 'a passphrase for tests',
    locale: language === 'de' ? 'de-DE' : 'en-GB',
  })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, `failure-${language}`) : undefined))
  app.page.setDefaultTimeout(15_000)
  const journey = journeyOf(app, world, language)
  await setUp(journey)
  await prepare(journey)
  await nameNames(journey)
  const good = await makeBundle(world, { name: 'dosing-2.0.0', payload: image })
  tamper(world, good)
  await importBundles(journey)
  await updateTwo(journey, boards)
  await plugBackIn(journey, boards[1])
  await readChart(journey)
  await exportTelemetry(journey)
  await readLog(journey)
  expect(app.observed.requests.filter(({ allowed }) => !allowed)).toEqual([])
  expect(app.observed.violations).toEqual([])
}

describe('the loop through the window', () => {
  it(
    'sets up, imports, refuses, updates two devices at once of which one is unplugged, draws, exports and reads the log',
    { timeout: 480_000 },
    () => goThrough('en'),
  )

  it('speaks German from the first page to the last (ux 85)', { timeout: 480_000 }, () => goThrough('de'))
})
