// SPDX-License-Identifier: Apache-2.0
/** What a person with gloves presses, on the screens of every role. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { picture } from './look.ts'
import { heading, openSite, signIn } from './site.ts'
import { largeTargets, normalTargets, smallTargets } from './targets.ts'

/** The screens that the rail of whoever is signed in leads to. */
const railOf = (page: Page): Promise<string[]> =>
  page
    .locator('.rail')
    .getByRole('button')
    .evaluateAll((buttons) => buttons.map((one) => one.textContent ?? ''))

describe('what is pressed', () => {
  it(
    'is large enough for a glove on every screen, and larger for whoever wants that (ux 81)',
    { timeout: 240_000 },
    async () => {
      const { page } = await openSite({ devices: 3, ports: [] })
      const faults: string[] = []
      const look = async (name: string): Promise<void> => {
        for (const [size, least] of [
          ['normal', normalTargets],
          ['large', largeTargets],
        ] as const) {
          await page.evaluate((value) => (document.documentElement.dataset['size'] = value), size)
          await picture(page, `targets-${name}-${size}`)
          faults.push(...(await smallTargets(page, least)).map((fault) => `${name}, ${size}: ${fault}`))
        }
        await page.evaluate(() => delete document.documentElement.dataset['size'])
      }
      await heading(page, 'Sign in').waitFor()
      await look('sign-in')
      for (const login of ['technician', 'officer', 'admin'] as const) {
        await signIn(page, login)
        for (const screen of await railOf(page)) {
          await page.locator('.rail').getByRole('button', { name: screen }).click()
          await page.locator('.main h1').waitFor()
          await look(`${login}-${screen}`)
          if (screen !== 'Bench') continue
          await page.getByText('Compact').click()
          await page.locator('.small-tile').first().waitFor()
          await look(`${login}-compact`)
          await page.getByText('Tiles', { exact: true }).click()
        }
        await page.keyboard.press('Control+k')
        await page.getByRole('combobox', { name: 'Find' }).waitFor()
        await look(`${login}-find`)
        await page.keyboard.press('Escape')
        await page.keyboard.press('Control+p')
        await page.getByRole('region', { name: 'Preview' }).waitFor()
        await look(`${login}-print`)
        await page.keyboard.press('Escape')
        await page.keyboard.press('F1')
        await page.locator('.dialog').waitFor()
        await look(`${login}-help`)
        await page.keyboard.press('Escape')
        await page.locator('.topbar button.chip').last().click()
        await page.getByRole('menu').waitFor()
        await look(`${login}-menu`)
        await page.getByRole('menuitem', { name: 'Sign out' }).click()
        await heading(page, 'Sign in').waitFor()
      }
      expect(faults).toEqual([])
    },
  )
})
