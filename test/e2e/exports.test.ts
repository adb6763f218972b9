// SPDX-License-Identifier: Apache-2.0
/** An export through the window, on what a real device has said: what is shown before it leaves, and who may let it out. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Client } from '../../shared/rpc/client.ts'
import { waitForJob } from '../../main/cli/station/station-client.ts'
import { startBoard } from '../emulators/avr/board.ts'
import { openApp } from '../shell/open-app.ts'
import { enrol, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { handsOf } from './hands.ts'
import { picture } from './look.ts'

/** A site whose device was listened to for a while. */
const openHeard = async () => {
  const world = await makeWorld(tempFolder())
  const board = await startBoard({ firmware: '1.0.0' })
  onTestFinished(() => board.stop())
  const options = { data: world.data, drives: [world.stick], ports: [board.pty], passphrase: 'a passphrase for tests' }
  const app = await openApp(options)
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(20_000)
  const people = await setUp(app.station, world)
  await enrol(people.admin, world)
  const { technician } = people
  await technician.call('telemetry.start', { port: board.pty })
  const points = async (): Promise<number> => (await technician.call('telemetry.counts', { from: 0, to: 9e12 })).points
  await expect.poll(points, { timeout: 30_000 }).toBeGreaterThan(5)
  await technician.call('telemetry.stop', { port: board.pty })
  return { app, world, people, hands: handsOf(app.page, 'en') }
}

const nameNames = (officer: Client<Contract>, ...words: string[]) =>
  officer.call('dictionary.set', { words, reason: 'names of the site' })

const ask = async (technician: Client<Contract>, reason: string): Promise<void> => {
  const period = { from: Date.now() - 86_400_000, to: Date.now() }
  const { jobId } = await technician.call('exports.request', { ...period, reason })
  await waitForJob(technician, jobId)
}

describe('an export', () => {
  it(
    'shows what a leak search found, and keeps what was typed; its reviewer sees each field before and after with its rule; it goes back only with a reason, and whoever asked is told (ux 46, 48, 52, 71)',
    { timeout: 180_000 },
    async () => {
      const { people, hands } = await openHeard()
      const { page } = hands
      const { stationId } = await people.officer.call('station.status', {})
      await nameNames(people.officer, stationId)
      await hands.signIn('technician')
      await hands.open('exports')
      await hands.press('exports.ask')
      await hands.fill('ask.reason', 'weekly data')
      await hands.press('ask.send')
      await page.getByText(/^The leak search found values that must not leave: \d+\.$/).waitFor()
      await page.getByRole('button', { name: /^Show \d+ value/ }).click()
      await page
        .getByRole('region', { name: hands.say('leak.title') })
        .getByText(stationId.replaceAll('-', ' '))
        .first()
        .waitFor()
      expect(await page.getByLabel(hands.say('ask.reason')).inputValue()).toBe('weekly data')

      await nameNames(people.officer, 'acme-pharma', 'anna.keller')
      await hands.press('ask.send')
      await hands.page.locator('.dialog').waitFor({ state: 'detached' })
      await hands.signOut()
      await hands.signIn('officer')
      await page.getByRole('button', { name: 'Open weekly data' }).click()
      await page.locator('.pairs').waitFor()
      const heads = await page.locator('.pairs th[scope=col]').allTextContents()
      expect(heads).toEqual(['Field', 'On this station', 'Leaves the site', 'Rule'])
      const device = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'device', exact: true }) })
      expect(await device.locator('td').allTextContents()).toEqual([
        'DC-0042-7Q',
        expect.stringMatching(/^device-[a-z2-7]{16}$/),
        'Replaced by code',
      ])
      const at = page.getByRole('status').filter({ hasText: /^1 of \d+/ })
      await at.waitFor()
      await page.getByRole('region', { name: hands.say('review.oneRecord') }).focus()
      await page.keyboard.press('ArrowRight')
      await page
        .getByRole('status')
        .filter({ hasText: /^2 of \d+/ })
        .waitFor()
      await page.keyboard.press('ArrowLeft')
      await at.waitFor()
      const rules = new Set(await page.locator('.pairs td:last-child').allTextContents())
      expect([...rules].filter((rule) => !['Kept', 'Replaced by code', 'Rounded', 'Removed'].includes(rule))).toEqual(
        [],
      )

      await page.getByLabel('Reject and send back').check()
      await hands.fill('sign.password', passwords.officer, { name: 'Priya Singh' })
      await hands.text('sign.blocked.reason').waitFor()
      await hands.fill('sign.reason', 'the period is too long')
      await hands.press('sign.doReject')
      await page.getByText(/^Sent back by Priya Singh, .*UTC/).waitFor()
      await hands.signOut()
      await hands.signIn('technician')
      await hands.open('exports')
      await page.getByText('Priya Singh sent “weekly data” back.').waitFor()
      await page.getByText('Reason: the period is too long').waitFor()
    },
  )

  it(
    'is signed with name, meaning, time and password each time, by somebody else, and for the bytes that were shown (ux 49, 50, 51)',
    { timeout: 180_000 },
    async () => {
      const { people, hands, world } = await openHeard()
      const { page } = hands
      await nameNames(people.officer, 'acme-pharma', 'anna.keller')
      for (const reason of ['first data', 'second data']) await ask(people.technician, reason)
      await hands.signIn('officer')
      await page.getByRole('button', { name: 'Open first data' }).click()
      const card = page.locator('#signature')
      await card.getByText('Approve: I reviewed this export').waitFor()
      const shown = (await card.textContent()) ?? ''
      expect(shown).toContain('Priya Singh')
      expect(shown).toMatch(/\d\d:\d\d:\d\d\sUTC/)
      const [, contents] = /FingerprintSigns|Fingerprint([0-9A-F ]{14})/.exec(shown) ?? []
      const { requests } = await people.technician.call('exports.list', {})
      const first = requests.find(({ reason }) => reason === 'first data')
      expect(contents?.replaceAll(' ', '').toLowerCase()).toBe(first?.contentDigest.slice(0, 12))
      const preview = await people.technician.call('exports.preview', { id: first?.id ?? '' })
      expect(preview.contentDigest).toBe(first?.contentDigest)
      const decideAll = async (): Promise<void> => {
        for (const box of await page.locator('fieldset input[type=checkbox]').all()) await box.check()
      }
      await decideAll()
      await hands.text('sign.blocked.password').waitFor()
      await hands.fill('sign.password', 'not her password', { name: 'Priya Singh' })
      await hands.press('sign.doApprove')
      await page.getByText('AL-5101').waitFor({ state: 'attached' })
      await hands.fill('sign.password', passwords.officer, { name: 'Priya Singh' })
      // The button is deaf to a second press within a moment; Enter in the field signs as well.
      await hands.page.keyboard.press('Enter')
      await page.getByText(/^Approved by Priya Singh, .*UTC/).waitFor()

      // What was approved is opened again as it was.
      await hands.press('review.all')
      await page.getByRole('button', { name: 'Open first data' }).click()
      await hands.text('review.asApproved').waitFor()
      await page.locator('.pairs').getByText('DC-0042-7Q').first().waitFor()

      // The second one in the same session asks for the password again; its bytes are changed before it is signed.
      await hands.press('review.all')
      await page.getByRole('button', { name: 'Open second data' }).click()
      await card.waitFor()
      expect(await page.getByLabel('Password of Priya Singh').inputValue()).toBe('')
      await decideAll()
      await hands.text('sign.blocked.password').waitFor()
      const clear = join(world.data, 'exports', 'clear')
      for (const name of readdirSync(clear)) {
        const bytes = readFileSync(join(clear, name))
        bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1
        writeFileSync(join(clear, name), bytes)
      }
      await hands.fill('sign.password', passwords.officer, { name: 'Priya Singh' })
      await hands.press('sign.doApprove')
      await hands.text('exports.voided').waitFor()
      const after = await people.technician.call('exports.list', {})
      expect(after.requests.find(({ reason }) => reason === 'second data')?.state).toBe('voided')

      // Nobody approves what they asked for.
      await hands.press('review.all')
      await hands.press('exports.ask')
      await hands.fill('ask.reason', 'a look of my own')
      await hands.press('ask.send')
      await page.getByRole('button', { name: 'Open a look of my own' }).click()
      await hands.text('sign.blocked.samePerson').waitFor()
    },
  )
})
