// SPDX-License-Identifier: Apache-2.0
/** What does not go by itself: a device without a name, another language, a small window, a lost station, a rejected export. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard, type BoardOptions } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { openApp } from '../shell/open-app.ts'
import { enrol, importFile, makeBundle, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click()
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

const signIn = async (page: Page, login: keyof typeof passwords): Promise<void> => {
  await heading(page, 'Sign in').waitFor()
  await page.getByLabel('User name').fill(login)
  await page.getByLabel('Password', { exact: true }).fill(passwords[login])
  await press(page, 'Sign in')
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}

/** The app of a site that is set up, with one board and a bundle in its library. */
const openSite = async (options: BoardOptions, ports: readonly string[] = []) => {
  const world = await makeWorld(tempFolder())
  const board = await startBoard(options)
  onTestFinished(() => board.stop())
  const image = readFileSync((await buildAvr()).firmware['2.0.0'].bin)
  const app = await openApp({
    data: world.data,
    drives: [world.stick],
    ports: [board.pty, ...ports],
    passphrase: 'a passphrase for tests',
  })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(15_000)
  const people = await setUp(app.station, world)
  await enrol(people.admin, world)
  await makeBundle(world, { name: 'dosing-2.0.0', payload: image })
  await importFile(people.technician, 'dosing-2.0.0.airfw')
  return { app, page: app.page, board, people, world }
}

const leaveOutOthers = async (page: Page, port: string): Promise<void> => {
  for (const box of await page.locator(`.tile:not([data-port="${port}"])`).getByRole('checkbox').all())
    await box.uncheck()
}

describe('on the bench', () => {
  it(
    'writes a device that cannot say who it is only after somebody has typed its label',
    { timeout: 180_000 },
    async () => {
      const { page, board } = await openSite({})
      const tile = page.locator(`.tile[data-port="${board.pty}"]`)
      await signIn(page, 'technician')
      await tile.getByText('Ready').waitFor()
      await leaveOutOthers(page, board.pty)
      await press(page, 'Update 1 device')
      await tile.locator('.status', { hasText: 'Not known' }).waitFor({ timeout: 40_000 })
      expect((await board.status()).pages).toBe(0)
      await expectGoodPage(page, 'bench-not-known')
      await tile.getByRole('button', { name: /^Fix/ }).click()
      await page.getByLabel('Serial number').fill('DC-0042-7Q')
      await expectGoodPage(page, 'bench-label')
      await press(page, 'This is what the label says: write it')
      await tile.getByText('Updated').waitFor({ timeout: 60_000 })
      await page.getByText('Done: 1 updated').waitFor()

      // What the device says from now on can be looked at.
      await tile.getByRole('button', { name: 'DC-0042-7Q' }).click()
      await page.getByText('Airlock is listening to this device.').waitFor()
      await expectGoodPage(page, 'device-sheet')
      await press(page, 'Open its records')
      await page.getByLabel('Series').waitFor()
      await page.getByText(/\d+ values, from/).waitFor({ timeout: 20_000 })
      await page.locator('.chart svg').first().waitFor()
      await expectGoodPage(page, 'devices')

      // Another language is one press, without a restart; what stood there in English is gone.
      await page.locator('button.chip').last().click()
      await page.getByRole('menuitem', { name: 'Deutsch' }).click()
      await heading(page, 'Geräte').waitFor()
      expect(await page.locator('html').getAttribute('lang')).toBe('de')
      await page.locator('button.rail-entry', { hasText: 'Werkbank' }).click()
      await page.getByText('Fertig: 1 aktualisiert').waitFor()
      await expectGoodPage(page, 'bench-german')

      // 200 % of a 1366 px window: everything is there, below each other.
      await page.setViewportSize({ width: 683, height: 384 })
      await expectGoodPage(page, 'bench-zoomed')
      await page.getByRole('button', { name: 'Neuer Lauf' }).scrollIntoViewIfNeeded()
      await page.setViewportSize({ width: 1366, height: 768 })
      await page.emulateMedia({ forcedColors: 'active' })
      await picture(page, 'bench-forced-colours')
      const edge = (selector: string) =>
        page
          .locator(selector)
          .first()
          .evaluate((node) => getComputedStyle(node).borderTopWidth)
      expect([await edge('.bar'), await edge('.stacked')]).toEqual(['1px', '1px'])
    },
  )
})

describe('a full bench', () => {
  it(
    'shows 48 places on 1366 × 768 without scrolling, each with number, word, shape and bar (ux 37)',
    { timeout: 120_000 },
    async () => {
      const folder = tempFolder()
      const ports = Array.from({ length: 47 }, (_, n) => join(folder, `tty${n}`))
      for (const port of ports) writeFileSync(port, '')
      const { page } = await openSite({}, ports)
      await signIn(page, 'technician')
      await page.locator('.small-tile').nth(47).waitFor()
      const tile = page.locator('.small-tile').nth(47)
      const box = await tile.boundingBox()
      expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(768)
      expect(await tile.textContent()).toMatch(/^48.*Ready$/)
      const tiles = page.locator('.small-tile')
      const all = await tiles.count()
      expect([await tiles.locator('.status svg').count(), await tiles.locator('.bar').count()]).toEqual([all, all])
      expect((await tiles.locator('.status').allTextContents()).filter((word) => word.trim() === '')).toEqual([])
      await page.getByRole('button', { name: /^Update \d+ devices$/ }).waitFor()
      await expectGoodPage(page, 'bench-48')
      await tile.getByRole('button').click()
      await press(page, 'Leave out')
      await page.getByRole('button', { name: 'Include again' }).waitFor()
      await page.keyboard.press('Escape')
      expect(await tile.textContent()).toMatch(/^48.*Left out$/)
    },
  )
})

describe('a station that dies', () => {
  it(
    'is started again; the page comes back locked, with the person and the screen as they were',
    { timeout: 120_000 },
    async () => {
      const { app, page } = await openSite({ firmware: '1.0.0' })
      await signIn(page, 'technician')
      await page.getByRole('navigation').getByRole('button', { name: 'Bundles' }).click()
      await heading(page, 'Bundles').waitFor()
      process.kill(app.station.pid, 'SIGKILL')
      await heading(page, 'Locked').waitFor({ timeout: 40_000 })
      await page.getByLabel('Password', { exact: true }).fill(passwords.technician)
      await press(page, 'Unlock')
      await heading(page, 'Bundles').waitFor()
      await page.getByRole('button', { name: 'dosing-controller' }).waitFor()
    },
  )
})
