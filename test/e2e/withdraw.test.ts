// SPDX-License-Identifier: Apache-2.0
/** A key and a bundle withdrawn by two people through the window: both see what it comes to before they sign. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { importFile, makeBundle, passwords } from '../support/station.ts'
import { handsOf } from './hands.ts'
import { expectGoodPage } from './look.ts'
import { openSite } from './site.ts'

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const badge = (page: Page, screen: string, count: number) =>
  page.locator('.rail').getByRole('button', { name: new RegExp(`^${screen} ${count} `) })

const state = async (page: Page, reason: string, password: string): Promise<void> => {
  await page.getByLabel('Reason').fill(reason)
  await page.getByLabel('Password', { exact: true }).fill(password)
}

describe('a key that two people withdraw', () => {
  it(
    'shows both of them the bundles that it stops before they sign, stops them, and is taken back by two (ux 4, 66)',
    { timeout: 360_000 },
    async () => {
      const { page, people, world } = await openSite({ ports: [] })
      await makeBundle(world, { name: 'valve', product: 'valve-driver', version: '3.1.0' })
      await importFile(people.technician, 'valve.airfw')
      const hands = handsOf(page, 'en')
      await hands.signIn('admin')
      await hands.open('keys')
      // Root and recall keys are out of reach of a site.
      await section(page, 'Root: signs trust policies').getByRole('listitem').first().waitFor()
      const offered = page.getByRole('button', { name: 'Withdraw here…' })
      expect(await offered.count()).toBe(2)
      const card = section(page, 'Release').getByRole('listitem').first()
      await card.getByRole('button', { name: 'Withdraw here…' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('2 bundles will no longer be usable. 0 devices change.').waitFor()
      await dialog.getByText('valve-driver 3.1.0').waitFor()
      await dialog.getByText('dosing-controller 2.0.0').waitFor()
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel')
      await expectGoodPage(page, 'withdraw-ask')
      await state(page, 'laptop stolen', passwords.admin)
      await dialog.getByRole('button', { name: /^Ask to withdraw / }).click()
      await dialog.waitFor({ state: 'hidden' })
      const waiting = section(page, 'Waits for a second signature')
      await waiting.getByText('You asked for it: somebody else signs.').waitFor()
      expect(await waiting.getByRole('button').count()).toBe(0)
      await expectGoodPage(page, 'withdraw-own')
      await hands.signOut()

      await hands.signIn('officer')
      await badge(page, 'Trusted keys', 1).click()
      await waiting.getByText('2 bundles will no longer be usable. 0 devices change.').waitFor()
      await waiting.getByText('valve-driver 3.1.0').waitFor()
      await waiting.getByText('Priya Singh').waitFor()
      await state(page, 'I saw the police report', passwords.officer)
      await expectGoodPage(page, 'withdraw-sign')
      await waiting.getByRole('button', { name: 'Sign the withdrawal' }).click()
      await card.getByText('Withdrawn here', { exact: true }).waitFor()
      await card.getByText(/Withdrawn here on .* by Ada Castellanos and Priya Singh: “laptop stolen”/).waitFor()
      await badge(page, 'Trusted keys', 1).waitFor({ state: 'detached' })
      await expectGoodPage(page, 'withdraw-key-withdrawn')
      await hands.open('bundles')
      await page.getByRole('cell', { name: 'Withdrawn here' }).first().waitFor()
      const details = page.getByRole('complementary')
      await details.getByText('This bundle was withdrawn at this site.').waitFor()
      await expectGoodPage(page, 'withdraw-bundles')
      await hands.open('keys')
      await card.getByRole('button', { name: 'Take back…' }).click()
      await dialog.getByText('2 bundles will be usable again. 0 devices change.').waitFor()
      await state(page, 'found, and never used', passwords.officer)
      await dialog.getByRole('button', { name: /^Ask to take back / }).click()
      await dialog.waitFor({ state: 'hidden' })
      await hands.signOut()

      await hands.signIn('admin')
      await badge(page, 'Trusted keys', 1).click()
      await state(page, 'so it is', passwords.admin)
      await waiting.getByRole('button', { name: 'Sign to take it back' }).click()
      await card.getByText('Trusted', { exact: true }).waitFor()
      await card.getByText('Decided before').click()
      await card.getByText(/Signed by Priya Singh on .*: “I saw the police report”/).waitFor()
      await expectGoodPage(page, 'withdraw-taken-back')
    },
  )
})

describe('a bundle that two people withdraw', () => {
  it('is asked for at the bundle, signed by an officer, and stops the bench', { timeout: 240_000 }, async () => {
    const { page } = await openSite({ ports: [] })
    const hands = handsOf(page, 'en')
    await hands.signIn('admin')
    await hands.open('bundles')
    await page.getByRole('complementary').getByRole('button', { name: 'Withdraw here…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 bundle will no longer be usable. 0 devices change.').waitFor()
    await state(page, 'the pump stops', passwords.admin)
    await dialog.getByRole('button', { name: 'Ask to withdraw dosing-controller 2.0.0' }).click()
    await hands.signOut()
    await hands.signIn('officer')
    await badge(page, 'Bundles', 1).click()
    await state(page, 'tried it: it does', passwords.officer)
    await expectGoodPage(page, 'withdraw-bundle-sign')
    await page.getByRole('button', { name: 'Sign the withdrawal' }).click()
    await page.getByRole('cell', { name: 'Withdrawn here' }).waitFor()
    await hands.signOut()
    await hands.signIn('technician')
    await page.getByText('The bundle was withdrawn. Choose another one.').waitFor()
    await page.getByText(/Withdrawn here on .*: “the pump stops”/).waitFor()
    await expectGoodPage(page, 'withdraw-bench')
  })
})
