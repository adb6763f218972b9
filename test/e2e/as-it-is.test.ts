// SPDX-License-Identifier: Apache-2.0
/** What the page says is what is so now, for the person who is here now. */
import Database from 'better-sqlite3'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AirlockError } from '../../shared/errors.ts'
import { openApp } from '../shell/open-app.ts'
import { answerWith, changeOn, refuseWith } from '../shell/overlay.ts'
import { makeBundle, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { handsOf, type Hands } from './hands.ts'
import { openSite } from './site.ts'

const unlock = async (hands: Hands, login: keyof typeof passwords): Promise<void> => {
  await hands.page.keyboard.press('Control+l')
  await hands.fill('person.password', passwords[login])
  await hands.press('signIn.unlock')
  await hands.page.locator('.rail').waitFor()
}

describe('a session', () => {
  it('that the station has ended locks the page', { timeout: 120_000 }, async () => {
    const { page, people } = await openSite({})
    const hands = handsOf(page, 'en')
    await hands.signIn('technician')
    await hands.open('bundles')
    const { people: all } = await people.admin.call('people.list', {})
    const id = all.find(({ login }) => login === 'technician')?.id ?? ''
    await people.admin.call('people.rename', { id, name: 'Tomas Maier', reason: 'married' })
    await hands.heading('signIn.locked').waitFor()
    await hands.fill('person.password', passwords.technician)
    await hands.press('signIn.unlock')
    await hands.heading('screen.bundles').waitFor()
    await page.getByRole('banner').getByText('Tomas Maier').waitFor()
  })

  it(
    'locks after ten minutes without a hand, also where a hidden window looks seldom',
    { timeout: 120_000 },
    async () => {
      const { page } = await openSite({})
      const hands = handsOf(page, 'en')
      await page.clock.install()
      await hands.signIn('technician')
      // Whatever is due meanwhile happens once.
      await page.clock.fastForward(7 * 60_000)
      await page.keyboard.press('Shift')
      await page.clock.fastForward(9 * 60_000)
      await hands.text('idle.title').waitFor()
      await page.clock.fastForward(2 * 60_000)
      await hands.heading('signIn.locked').waitFor()
    },
  )
})

describe('a device', () => {
  it(
    'is never shown with what is known of another one, not even of one that bears the same serial number',
    { timeout: 120_000 },
    async () => {
      const { app, page, world } = await openSite({ devices: 2 })
      const store = new Database(join(world.data, 'station.db'))
      store
        .prepare(
          `INSERT INTO device (id, model, serial, hardware, version, profile, port, first_seen, last_seen)
           VALUES (?, 'valve', 'G4-000000-7Q', 'a', '3.0.0', 'valve', '{"path":"/dev/ttyUSB9"}', 0, 1)`,
        )
        .run(crypto.randomUUID())
      store.close()
      const hands = handsOf(page, 'en')
      await hands.signIn('technician')
      await hands.open('devices')
      const panel = page.locator('.panel')
      const valve = page.getByRole('row').filter({ hasText: 'valve' })
      await valve.getByRole('button').click()
      await panel.getByText('valve').waitFor()
      expect(await page.locator('tr.chosen').count()).toBe(1)
      expect(await valve.getAttribute('class')).toBe('chosen')

      await hands.text('where.title').waitFor()
      refuseWith(app.observed.overlay, 'devices.look', new AirlockError('internal'))
      await page.getByRole('button', { name: 'G4-000001-7Q' }).click()
      await page.getByRole('alert').waitFor()
      await panel.getByRole('heading', { name: 'G4-000001-7Q' }).waitFor()
      expect(await panel.getByRole('heading').count()).toBe(1)
    },
  )
})

describe('a drive', () => {
  it(
    'may go when all of it is imported and nothing uses it; what was said of its bundles ends with the policy by which it was judged',
    { timeout: 180_000 },
    async () => {
      const { app, page, world } = await openSite({})
      const { overlay } = app.observed
      await makeBundle(world, { name: 'valve', product: 'valve-driver', version: '3.1.0' })
      const hands = handsOf(page, 'en')
      answerWith(overlay, 'station.status', (status) => ({
        ...status,
        storage: { ...status.storage, state: 'full' as const },
      }))
      await hands.signIn('technician')
      await hands.open('bundles')
      const line = page.locator('.main .drive-file', { hasText: 'valve.airfw' })
      const importIt = line.getByRole('button', { name: /^Import/ })
      await expect.poll(() => importIt.getAttribute('aria-disabled')).toBe('true')
      await page.locator('.panel').getByText('Storage is full: importing is off.').waitFor()
      overlay.delete('station.status')
      await expect.poll(() => importIt.getAttribute('aria-disabled')).toBe(null)

      changeOn(overlay, 'jobs.watch', (job) =>
        job.kind === 'bundles.check' && job.state === 'done'
          ? {
              ...job,
              result: {
                verdict: { verdict: 'refused', code: 'trust.unknown-signer', checks: [] },
                entry: 3,
                bundle: null,
                alreadyPresent: false,
              },
            }
          : job,
      )
      await page.locator('.drive-chip .chip').click()
      await line.getByText('Refused', { exact: true }).waitFor()
      overlay.delete('jobs.watch')
      answerWith(overlay, 'station.status', (status) => ({
        ...status,
        trust: { version: 2, manifest: 'f'.repeat(64) },
      }))
      await line.getByText('Verified', { exact: true }).waitFor()
      await page.keyboard.press('Escape')

      const done = page.locator('.main').getByText('Done. You can remove the drive.')
      await importIt.click()
      await done.waitFor()
      changeOn(overlay, 'media.watch', ({ drives }) => ({
        drives: drives.map((drive) => ({ ...drive, state: 'in-use' as const })),
      }))
      await unlock(hands, 'technician')
      await page.locator('.drive-chip', { hasText: 'In use, do not remove' }).waitFor()
      await line.getByText(/^Imported/).waitFor()
      expect(await done.count()).toBe(0)
    },
  )

  it('is chosen where there are two, before anything is written to one', { timeout: 120_000 }, async () => {
    const world = await makeWorld(tempFolder())
    const folder = join(world.folder, 'SECOND')
    const { page, station } = await openApp({
      data: world.data,
      drives: [world.stick, folder],
      ports: [],
      passphrase: 'a passphrase for tests',
    })
    page.setDefaultTimeout(15_000)
    await setUp(station, world)
    mkdirSync(folder)
    const hands = handsOf(page, 'en')
    await hands.signIn('admin')
    await page.locator('.drive-chip', { hasText: '2 drives' }).waitFor()
    const enrolment = page.getByRole('region', { name: hands.say('enrol.title') })
    const choice = enrolment.getByLabel('Drive', { exact: true })
    // The free room in its words changes.
    const second = await choice.locator('option', { hasText: 'SECOND' }).getAttribute('value')
    expect(await hands.button('enrol.request').getAttribute('aria-disabled')).toBe('true')
    await choice.selectOption(second)
    await hands.press('enrol.request')
    await enrolment.getByText(/\.airreq is on drive SECOND/).waitFor()
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.airreq$/)])
  })
})

describe('somebody else', () => {
  it(
    'finds nothing open that the one before had opened, and only looks where their role only looks',
    { timeout: 120_000 },
    async () => {
      const port = join(tempFolder(), 'tty0')
      writeFileSync(port, '')
      const { page } = await openSite({ ports: [port] })
      const hands = handsOf(page, 'en')
      await hands.signIn('technician')
      await hands.open('bundles')
      await page.keyboard.press('Control+p')
      await page.getByRole('region', { name: 'Preview' }).waitFor()
      await page.keyboard.press('Control+l')
      await hands.press('signIn.other')
      await hands.signIn('officer')
      await hands.open('bench')
      expect(await page.locator('.dialog').count()).toBe(0)

      const tile = page.locator(`.tile[data-port="${port}"]`)
      await tile.getByText('Ready').waitFor()
      await tile.locator('.tile-serial').press(' ')
      await tile.locator('.tile-serial').click()
      await page.locator('.dialog').getByText('Only a technician can start or stop listening.').waitFor()
      expect(
        await page
          .locator('.dialog')
          .getByRole('button', { name: /^(Leave out|Include again)/ })
          .count(),
      ).toBe(0)
    },
  )
})

describe('a request for an export', () => {
  it('whose dialog is gone says on the page why it came to nothing', { timeout: 120_000 }, async () => {
    const { app, page } = await openSite({})
    const { overlay } = app.observed
    const hands = handsOf(page, 'en')
    await hands.signIn('technician')
    await hands.open('exports')
    changeOn(overlay, 'jobs.watch', (job) => ({ ...job, state: 'running' as const, code: null, result: null }))
    await hands.press('exports.ask')
    await hands.fill('ask.reason', 'weekly data')
    await hands.press('ask.send')
    await hands.text('ask.collecting').waitFor()
    await page.keyboard.press('Escape')
    overlay.delete('jobs.watch')
    await unlock(hands, 'technician')
    await page.getByRole('alert').waitFor()
  })
})

describe('the set-up', () => {
  it('leaves nobody signed in behind a step that it was left by', { timeout: 120_000 }, async () => {
    const { page, people } = await openSite({})
    const hands = handsOf(page, 'en')
    await hands.heading('signIn.title').waitFor()
    await page.evaluate(() => localStorage.setItem('airlock.set-up', JSON.stringify({ step: 'ports' })))
    await page.reload()
    await hands.fill('person.login', 'admin')
    await hands.fill('person.password', passwords.admin)
    await hands.press('ports.signIn')
    await hands.button('common.next').waitFor()
    await page.getByRole('navigation').getByRole('button', { name: 'Clock' }).click()
    const ended = async () => (await people.officer.call('audit.find', { action: 'session.end', limit: 1 })).entries[0]
    await expect.poll(ended).toMatchObject({ actor: 'Ada Castellanos', reason: 'signed-out' })
  })
})
