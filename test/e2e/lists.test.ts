// SPDX-License-Identifier: Apache-2.0
/** Lists that are left and come back to: where they stood, what was chosen, what was searched for. */
import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { importFile, makeBundle, passwords, type World } from '../support/station.ts'
import { handsOf } from './hands.ts'
import { openSite } from './site.ts'

/** Exports that were sent back, straight into the store: each of them would need a device that was listened to. */
const addExports = (world: World, count: number): void => {
  const store = new Database(join(world.data, 'station.db'))
  const insert = store.prepare(
    `INSERT INTO export_request (id, from_ms, to_ms, reason, requested_by, requested_name, requested_at, state,
       policy_digest, key_id, content_digest, records_in, records_out, tables, report)
     VALUES (?, 0, 1, ?, 'nobody', 'Tomas Keller', ?, 'voided', ?, 'key', ?, 1, 1, '[]', ?)`,
  )
  const digest = 'a'.repeat(64)
  const scan = { result: 'clean', bytes: 1, version: '1' }
  const report = { policyDigest: digest, detectors: '1', rawRoot: digest, input: {}, output: {}, rules: [], scan }
  for (let n = 0; n < count; n += 1)
    insert.run(crypto.randomUUID(), `data of week ${n}`, n, digest, digest, JSON.stringify(report))
  store.close()
}

/** How far the page is scrolled; among the devices, of which one is looked at, how far their list is. */
const place = (page: Page, what = '.main'): Promise<number> => page.locator(what).evaluate(({ scrollTop }) => scrollTop)
const chosen = (page: Page) => page.locator('tr.chosen th')

/** Scrolls as a wheel does, and gives where that led. */
const scroll = async (page: Page, by: number, what = '.main'): Promise<number> => {
  await page.locator(what).hover()
  await page.mouse.wheel(0, by)
  await expect.poll(() => place(page, what)).toBeGreaterThan(by / 2)
  // A wheel's movement may be drawn in steps: what counts is where it ends.
  let [before, now] = [-1, await place(page, what)]
  while (before !== now) {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150)))),
    )
    ;[before, now] = [now, await place(page, what)]
  }
  return now
}

describe('a list that is left', () => {
  it(
    'is found again with its place, choice and filter, also after a lock, and by nobody else (ux 9)',
    { timeout: 180_000 },
    async () => {
      const { page, people, world } = await openSite({ devices: 400 })
      await makeBundle(world, { name: 'newer', version: '2.1.0', counter: 4 })
      await importFile(people.technician, 'newer.airfw')
      addExports(world, 40)
      for (let n = 0; n < 16; n += 1) {
        const login = `person${n}`
        await people.admin.call('people.create', {
          login,
          name: `Person ${n}`,
          password: 'Copper-Finch-42-rain',
          roles: ['auditor'],
        })
      }
      await page.setViewportSize({ width: 1366, height: 440 })
      const hands = handsOf(page, 'en')
      await hands.signIn('admin')

      await hands.open('people')
      await page.getByRole('button', { name: 'Person 9', exact: true }).click()
      const inPeople = await scroll(page, 240)

      await hands.open('devices')
      await hands.fill('devices.search', 'G4-00031')
      await page.getByRole('button', { name: 'G4-000315-7Q' }).click()
      expect(await page.locator('tbody tr').count()).toBe(10)
      await page.getByLabel(hands.say('devices.search')).fill('7q')
      // The page is long enough to be scrolled so far when all of them are there.
      await expect.poll(() => page.locator('tbody tr').count()).toBeGreaterThan(399)
      const inDevices = await scroll(page, 6000, '.short')

      await hands.open('bundles')
      await page.locator('tbody').getByRole('button').last().click()
      const bundle = await page.locator('tr.chosen td').last().textContent()
      const inBundles = await scroll(page, 60)

      await hands.open('exports')
      const inExports = await scroll(page, 900)

      const same = async (): Promise<void> => {
        await hands.open('people')
        await expect.poll(() => place(page)).toBe(inPeople)
        expect(await chosen(page).textContent()).toBe('Person 9')
        await page.getByRole('complementary').getByRole('heading', { name: 'Person 9' }).waitFor()
        await hands.open('devices')
        await expect.poll(() => place(page, '.short')).toBe(inDevices)
        expect(await page.getByLabel(hands.say('devices.search')).inputValue()).toBe('7q')
        expect(await chosen(page).textContent()).toBe('G4-000315-7Q')
        await hands.open('bundles')
        await expect.poll(() => place(page)).toBe(inBundles)
        expect(await page.locator('tr.chosen td').last().textContent()).toBe(bundle)
        await hands.open('exports')
        await expect.poll(() => place(page)).toBe(inExports)
      }
      await same()

      // One export is another page than their list, which is where it was on the way back.
      await page.getByRole('button', { name: 'Open data of week 20' }).click()
      await hands.press('review.all')
      await expect.poll(() => place(page)).toBe(inExports)

      await page.keyboard.press('Control+l')
      await page.getByLabel('Password', { exact: true }).fill(passwords.admin)
      await page.getByRole('button', { name: 'Unlock' }).click()
      await hands.heading('screen.exports').waitFor()
      await expect.poll(() => place(page)).toBe(inExports)
      await same()

      await hands.signOut()
      await hands.signIn('technician')
      await hands.open('devices')
      expect(await page.getByLabel(hands.say('devices.search')).inputValue()).toBe('')
      expect([await chosen(page).count(), await place(page)]).toEqual([0, 0])
      expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('G4-')
    },
  )
})
