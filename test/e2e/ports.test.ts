// SPDX-License-Identifier: Apache-2.0
/** The map of the bench: a device on its own port, numbers that the station keeps, the step of the set-up. */
import { symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBoard } from '../emulators/avr/board.ts'
import { openApp } from '../shell/open-app.ts'
import { makeWorld, passwords, setUp } from '../support/station.ts'
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

/** A site that is set up, with one board at the first of two ports; the second has nothing yet. */
const openSite = async () => {
  const world = await makeWorld(tempFolder())
  const board = await startBoard({ firmware: '1.0.0' })
  onTestFinished(() => board.stop())
  const second = join(world.folder, 'zz-second')
  const options = {
    data: world.data,
    drives: [world.stick],
    ports: [board.pty, second],
    passphrase: 'a passphrase for tests',
  }
  const app = await openApp(options)
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(15_000)
  const people = await setUp(app.station, world)
  const tile = (id: string) => app.page.locator(`.tile[data-port="${id}"]`)
  return { app, page: app.page, board, people, second, tile, options }
}

describe('the ports of the bench', () => {
  it(
    'show a device on the tile of its own port within two seconds, and keep the tile when it is gone (ux 20)',
    { timeout: 180_000 },
    async () => {
      const { page, board, second, tile } = await openSite()
      await signIn(page, 'technician')
      await tile(board.pty).waitFor()
      expect(await tile(board.pty).locator('.plate').textContent()).toBe('Port1')
      await board.unplug()
      await tile(board.pty).getByText('Free').waitFor({ timeout: 2000 })
      symlinkSync('/dev/null', second)
      await tile(second).locator('.plate').waitFor({ timeout: 2000 })
      await board.plug()
      await tile(board.pty).getByText('Free').waitFor({ state: 'detached', timeout: 2000 })
      expect(await tile(board.pty).locator('.plate').textContent()).toBe('Port1')
    },
  )

  it(
    'have the numbers that an administrator reads from the stickers, for every page and after every start',
    { timeout: 180_000 },
    async () => {
      const { app, page, board, second, tile, people, options } = await openSite()
      await signIn(page, 'admin')
      await press(page, 'Open the port map')
      await heading(page, 'Ports').waitFor()
      await tile(board.pty).waitFor()
      symlinkSync('/dev/null', second)
      await tile(second).getByText('Plugged in just now').waitFor()
      const number = page.getByLabel('Number on the sticker')
      await expect.poll(() => number.evaluate((node) => node === document.activeElement)).toBe(true)
      await page.keyboard.type('1')
      await page.getByText(/^Another port has number 1. It takes number \d+.$/).waitFor()
      await page.getByLabel('Name').fill('left hub')
      await expectGoodPage(page, 'ports')
      await page.keyboard.press('Enter')
      await page.getByText('This is port 1 from now on.').waitFor()
      expect(await tile(second).locator('.plate').textContent()).toBe('Port1')
      await number.fill('0')
      await page.getByText('Type a whole number from 1 to 999.').first().waitFor()
      await expectGoodPage(page, 'ports-wrong-number')
      unlinkSync(second)
      await tile(second).getByText('Free').waitFor()
      await expect(people.technician.call('ports.number', { id: second, number: 5, name: null })).rejects.toMatchObject(
        {
          code: 'person.not-allowed',
        },
      )
      await app.close()

      const again = await openApp(options)
      const reader = again.station.connect()
      await reader.call('session.signIn', { login: 'technician', password: passwords.technician })
      // The machine may have ports of its own: each number is there once.
      const { ports, absent } = await reader.call('ports.list', {})
      expect(absent).toEqual([{ id: second, number: 1, name: 'left hub' }])
      expect(ports.find(({ id }) => id === board.pty)).toMatchObject({ name: null })
      const numbers = [...ports, ...absent].map((port) => port.number)
      expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1))
    },
  )
})
