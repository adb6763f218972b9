// SPDX-License-Identifier: Apache-2.0
/** A scanner that types like a keyboard, on the bench and among the devices. */
import { describe, expect, it } from 'vitest'
import { expectGoodPage } from './look.ts'
import { typeAsScanner } from './scan.ts'
import { heading, openSite, signIn } from './site.ts'

describe('a scanner', () => {
  it(
    'jumps to the device on the page of devices, and leaves the field in which somebody was typing as it was (ux 83)',
    { timeout: 120_000 },
    async () => {
      const { page } = await openSite({ devices: 30 })
      await signIn(page, 'technician')
      await page.keyboard.press('Alt+3')
      const search = page.getByLabel('Serial number', { exact: true })
      await search.fill('G4-0000')
      await typeAsScanner(page, 'G4-000021-7Q', 8)
      await page.getByRole('complementary').getByRole('heading', { name: 'G4-000021-7Q' }).waitFor()
      expect(await search.inputValue()).toBe('G4-0000')

      // A hand that types the same is a hand: it fills the field, and Enter goes nowhere.
      await search.fill('')
      await search.focus()
      await typeAsScanner(page, 'G4-000007-7Q', 120)
      expect(await search.inputValue()).toBe('G4-000007-7Q')
      await page.getByRole('complementary').getByRole('heading', { name: 'G4-000021-7Q' }).waitFor()
    },
  )

  it(
    'presses nothing on the bench, and says of a device that is not there when it was last seen (ux 83)',
    { timeout: 120_000 },
    async () => {
      const { page } = await openSite({ devices: 5 })
      await signIn(page, 'technician')
      await page.getByRole('button', { name: 'Find devices, pages, commands' }).focus()
      // Its Enter would press the button that has the focus.
      await typeAsScanner(page, 'G4-000003-7Q', 8)
      await page.getByText('G4-000003-7Q is not on this bench.').waitFor()
      await page.getByText(/^Last seen 9 Oct 2025/).waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
      await expectGoodPage(page, 'bench-scan-miss')
      await typeAsScanner(page, 'G4-9999-0000', 8)
      await page.getByText('G4-9999-0000 is not known on this station.').waitFor()
      await heading(page, 'Bench').waitFor()

      // Elsewhere a scanner is a keyboard.
      await page.keyboard.press('Alt+4')
      await heading(page, 'Exports').waitFor()
      await typeAsScanner(page, 'G4-000003-7Q', 8)
      await heading(page, 'Exports').waitFor()
      expect(await page.getByText('is not on this bench').count()).toBe(0)
    },
  )
})
