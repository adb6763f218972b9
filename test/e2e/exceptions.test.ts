// SPDX-License-Identifier: Apache-2.0
/** An exception for an expired bundle through the window: asked for, granted by another person, shown at the bundle. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { makeBundle, passwords } from '../support/station.ts'
import { expectGoodPage } from './look.ts'
import { heading, openSite, signIn } from './site.ts'

const open = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: 'Bundles' }).click()

const signOut = async (page: Page): Promise<void> => {
  await page.locator('button.chip', { hasText: /Technician|Compliance/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await heading(page, 'Sign in').waitFor()
}

const state = async (page: Page, reason: string, password: string): Promise<void> => {
  await page.getByLabel('Reason').fill(reason)
  await page.getByLabel('Password', { exact: true }).fill(password)
}

describe('an expired bundle', () => {
  it(
    'is asked for by a technician, granted by an officer whose badge says so, and marked for ever',
    { timeout: 240_000 },
    async () => {
      const { page, world } = await openSite({})
      await makeBundle(world, { name: 'late', version: '2.0.1', expiresIn: -1000 })
      await signIn(page, 'technician')
      await open(page)
      const line = page.getByRole('listitem').filter({ hasText: 'late.airfw' })
      await line.getByRole('button', { name: 'Import' }).click()
      await line.getByRole('button', { name: 'What to do' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.locator('summary', { hasText: 'Ask for an exception' }).click()
      await state(page, 'the line stands still', passwords.technician)
      await expectGoodPage(page, 'exception-ask')
      await dialog.getByRole('button', { name: 'Send the request' }).click()
      await dialog.getByText('Asked for. A compliance officer decides on the page Bundles.').waitFor()
      await dialog.getByRole('button', { name: 'Back to the drive' }).click()
      await signOut(page)

      await signIn(page, 'officer')
      await page.getByRole('button', { name: /^Bundles 1 / }).click()
      await page.getByText('Waits for a compliance officer').waitFor()
      await state(page, 'the makers were asked', passwords.officer)
      await expectGoodPage(page, 'exception-grant')
      await page.getByRole('button', { name: 'Grant the exception' }).click()
      await page.getByText('Granted', { exact: true }).waitFor()
      await signOut(page)

      await signIn(page, 'technician')
      await open(page)
      await line.getByRole('button', { name: /^(Import|Try again)/ }).click()
      await page.getByRole('row').filter({ hasText: '2.0.1' }).getByRole('button').click()
      const story = page.getByRole('region', { name: 'Imported by exception' })
      await story.getByText('the makers were asked').waitFor()
      expect(await story.textContent()).toMatch(/Tomas Keller asked .*the line stands still.*Priya Singh granted it/)
      await page.getByRole('complementary').getByText('Verified, let in by an exception of two people').waitFor()
      await expectGoodPage(page, 'exception-bundle')
      await page.getByRole('row').filter({ hasText: '2.0.0' }).getByRole('button').click()
      await page.getByRole('complementary').getByText('Verified bundle', { exact: true }).waitFor()
    },
  )
})
