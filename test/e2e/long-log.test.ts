// SPDX-License-Identifier: Apache-2.0
/** The audit log of a station that has worked for long: found, walked through, scrolled, left and come back to. */
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openApp } from '../shell/open-app.ts'
import { framesPerSecond, seenFrames, watchFrames } from '../support/frames.ts'
import { lengthenLog } from '../support/long-log.ts'
import { makeWorld, passwords, setUp, startWorld } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

const entries = 100_000
const passphrase = 'a passphrase for tests'

/** The app of a site whose log has 100 000 entries, with the officer signed in on the log. */
const openLongLog = async () => {
  const world = await makeWorld(tempFolder())
  const station = await startWorld(world)
  await setUp(station, world)
  await station.stop()
  await lengthenLog(world.data, passphrase, entries)
  const app = await openApp({ data: world.data, drives: [world.stick], ports: [], passphrase })
  const { page } = app
  page.setDefaultTimeout(15_000)
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(page, 'long-log-failure') : undefined))
  await signIn(page)
  await page.getByRole('navigation').getByRole('button', { name: 'Audit log' }).click()
  await list(page).waitFor()
  return { app, page }
}

const signIn = async (page: Page): Promise<void> => {
  await page.getByLabel('User name').fill('officer')
  await page.getByLabel('Password', { exact: true }).fill(passwords.officer)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}

const list = (page: Page) => page.getByRole('grid', { name: 'Audit log' })
const chosen = (page: Page) => page.locator('[role=row][aria-selected=true]')
const number = (text: string | null): number => Number((text ?? '').replace(/\D/g, ''))
const rows = async (page: Page): Promise<number> => number(await list(page).getAttribute('aria-rowcount'))
const scrollTop = (page: Page): Promise<number> => list(page).evaluate((node) => node.scrollTop)

describe('a log of 100 000 entries', () => {
  it(
    'is walked through to its end by keys, says how long it is, and the panel follows (ux 59)',
    { timeout: 180_000 },
    async () => {
      const { page } = await openLongLog()
      const count = (await rows(page)) - 1
      expect(count).toBeGreaterThan(entries)
      await expect
        .poll(async () => number(await page.locator('main').getByRole('status').last().textContent()))
        .toBe(count)
      await list(page).focus()
      const at = async (): Promise<number> => number(await chosen(page).getAttribute('aria-rowindex'))
      const walk = async (key: string, index: number): Promise<void> => {
        await page.keyboard.press(key)
        await expect.poll(at).toBe(index)
        const row = chosen(page)
        expect(await list(page).getAttribute('aria-activedescendant')).toBe(await row.getAttribute('id'))
        await expect.poll(async () => (await row.getByRole('gridcell').count()) === 6).toBe(true)
        const seq = count + 1 - index
        expect(number(await row.getByRole('gridcell').first().textContent())).toBe(seq)
        await expect.poll(async () => number(await page.locator('.panel h2').first().textContent())).toBe(seq)
        const [box, view] = [await row.boundingBox(), await list(page).boundingBox()]
        expect(box?.y).toBeGreaterThanOrEqual((view?.y ?? 0) + 38 - 1)
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((view?.y ?? 0) + (view?.height ?? 0) + 1)
      }
      await walk('ArrowDown', 2)
      await walk('ArrowDown', 3)
      await walk('ArrowUp', 2)
      await page.keyboard.press('PageDown')
      const page1 = await at()
      expect(page1).toBeGreaterThan(5)
      await walk('PageDown', page1 + page1 - 2)
      await walk('PageUp', page1)
      await walk('End', count + 1)
      await walk('ArrowDown', count + 1)
      await walk('PageUp', count + 1 - (page1 - 2))
      await walk('Home', 2)
      // One stop for the whole list: the next one is in the panel.
      await page.keyboard.press('Tab')
      expect(await page.evaluate(`document.activeElement.closest('.virtual')`)).toBeNull()
      await expectGoodPage(page, 'audit-long')
    },
  )

  it(
    'scrolls as fast as a still page is drawn, without a frame that lacks rows, and draws nothing but rows for it (ux 58)',
    { timeout: 180_000 },
    async () => {
      const { page } = await openLongLog()
      // The station checks its log by itself after a start, and the band says so when it is done.
      await page
        .getByText(/entries checked at/)
        .first()
        .waitFor({ timeout: 60_000 })
      const view = await list(page).boundingBox()
      await page.mouse.move((view?.x ?? 0) + 200, (view?.y ?? 0) + 200)
      const watched = async (work: () => Promise<unknown>) => {
        await watchFrames(page)
        const began = Date.now()
        while (Date.now() - began < 3000) await work()
        return seenFrames(page)
      }
      const still = await watched(() => page.evaluate('1'))
      const turned = await watched(() => page.mouse.wheel(0, 600))
      expect(await scrollTop(page)).toBeGreaterThan(2000)
      await list(page).focus()
      const walked = await watched(() => page.keyboard.press('PageDown'))
      // Keys walk on from the row that is chosen, which is the first.
      expect(await scrollTop(page)).toBeGreaterThan(2000)
      expect([turned.empty, walked.empty]).toEqual([0, 0])
      expect(turned.elsewhere).toEqual([])
      // A machine that is busy draws both as seldom; the figures in frames a second are those of `npm run bench`.
      expect(framesPerSecond(turned) / framesPerSecond(still)).toBeGreaterThan(0.5)
      expect(turned.gaps.length).toBeGreaterThan(10)
    },
  )

  it(
    'is found again as it was left: filter, choice and place, also after a lock (ux 9)',
    { timeout: 180_000 },
    async () => {
      const { page } = await openLongLog()
      await page.getByLabel('Result').selectOption('failed')
      await expect.poll(() => rows(page)).toBe(entries / 100 + 1)
      await list(page).focus()
      await page.keyboard.press('End')
      await page.keyboard.press('ArrowUp')
      await chosen(page).getByText('Failed').waitFor()
      const place = await scrollTop(page)
      const row = await chosen(page).getAttribute('aria-rowindex')
      const same = async (): Promise<void> => {
        await list(page).waitFor()
        await expect.poll(() => chosen(page).getAttribute('aria-rowindex')).toBe(row)
        await expect.poll(() => scrollTop(page)).toBe(place)
        expect(await page.getByLabel('Result').inputValue()).toBe('failed')
        await chosen(page).getByText('Failed').waitFor()
      }
      await page.getByRole('navigation').getByRole('button', { name: 'Bundles' }).click()
      await page.getByRole('heading', { level: 1, name: 'Bundles' }).waitFor()
      await page.getByRole('navigation').getByRole('button', { name: 'Audit log' }).click()
      await same()
      await page.keyboard.press('Control+l')
      await page.getByRole('heading', { level: 1, name: 'Locked' }).waitFor()
      await page.getByLabel('Password', { exact: true }).fill(passwords.officer)
      await page.getByRole('button', { name: 'Unlock' }).click()
      await same()
      // What came meanwhile (the sign-in above) is shown when somebody asks for it.
      await page.getByRole('button', { name: 'Show all' }).click()
      await expect.poll(() => rows(page)).toBeGreaterThan(entries)
      await page.getByLabel('Up to the month').fill('2020-01')
      await page.getByText('No entry matches. Remove a filter.').waitFor()
    },
  )
})
