// SPDX-License-Identifier: Apache-2.0
import axe from 'axe-core'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The page's themes, and the Mantine scheme that goes with each. */
export const themes = [
  ['light', 'light'],
  ['dark', 'dark'],
  ['contrast', 'dark'],
] as const

/** Where pictures go, for people who want to look: nothing is compared with them. */
const pictures = process.env['AIRLOCK_PICTURES']

export const wear = (page: Page, theme: string, scheme: string): Promise<void> =>
  page.evaluate(
    ([name, mantine]) => {
      document.documentElement.dataset['theme'] = name
      document.documentElement.dataset['mantineColorScheme'] = mantine
    },
    [theme, scheme] as const,
  )

type Violation = { readonly id: string; readonly nodes: readonly string[] }

export const violations = async (page: Page): Promise<Violation[]> => {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: own } = globalThis as unknown as { axe: typeof axe }
    const found = await own.run(document, { resultTypes: ['violations'] })
    return found.violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
    }))
  })
}

/** Takes a picture, where somebody wants pictures. */
export const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/**
 * What holds for every screen and state: no violation of axe's rules (A, AA, best practice) in three themes, one h1, at
 * most one primary button in the open layer, and nothing scrolls sideways.
 */
export const expectGoodPage = async (page: Page, name: string): Promise<void> => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  // What stands around a screen may be there before the screen itself, which comes when it is needed.
  await page.locator('h1').first().waitFor()
  for (const [theme, scheme] of themes) {
    await wear(page, theme, scheme)
    await picture(page, `${name}-${theme}`)
    expect(await violations(page), `${name} in ${theme}`).toEqual([])
  }
  await wear(page, 'light', 'light')
  expect(await page.locator('h1').count(), `${name}: one h1`).toBe(1)
  const dialogs = page.locator('.dialog')
  const layer = (await dialogs.count()) > 0 ? dialogs.last() : page.locator('#root')
  expect(await layer.locator('.btn.primary:visible').count(), `${name}: at most one primary button`).toBeLessThan(2)
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(sideways, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}
