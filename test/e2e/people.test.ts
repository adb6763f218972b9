// SPDX-License-Identifier: Apache-2.0
/** People: added, signed in, locked, unlocked; what each role sees; what each person prefers. */
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openApp, type App } from '../shell/open-app.ts'
import { makeWorld, passwords, setUp, type World } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

const press = (page: Page, name: string | RegExp): Promise<void> => page.getByRole('button', { name }).first().click()
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })
const nav = (page: Page) => page.getByRole('navigation')

const tryPassword = async (page: Page, login: string, password: string): Promise<void> => {
  await page.getByLabel('User name').fill(login)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await press(page, 'Sign in')
}

const signIn = async (page: Page, login: string, password: string): Promise<void> => {
  await heading(page, 'Sign in').waitFor()
  await tryPassword(page, login, password)
  await nav(page).waitFor()
}

const openMenu = (page: Page): Promise<void> => page.locator('button.chip').last().click()

const signOut = async (page: Page): Promise<void> => {
  await openMenu(page)
  await page.getByRole('menuitem').last().click()
  await page.locator('.door').waitFor()
}

const start = async (world: World): Promise<App> => {
  const app = await openApp({
    data: world.data,
    drives: [world.stick],
    ports: [],
    passphrase: 'a passphrase for tests',
  })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(15_000)
  return app
}

const manage = async (page: Page, name: string, act: string): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('complementary').getByRole('button', { name: act }).click()
}

const given = 'Given-Lantern-88'
const chosen = 'Chosen-Harbor-31'

describe('an account', () => {
  it(
    'begins with a password that its owner changes, locks after five wrong ones and is unlocked (ux 84)',
    { timeout: 180_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const app = await start(world)
      const { page } = app
      await setUp(app.station, world)
      await signIn(page, 'admin', passwords.admin)
      await nav(page).getByRole('button', { name: 'People' }).click()
      await press(page, 'Add a person…')
      await page.getByLabel('Full name').fill('Nina Voss')
      await page.getByLabel('User name').fill('nina')
      const field = page.getByLabel('Temporary password', { exact: true })
      const ticked = () => page.locator('.ticks li[data-ok="true"]').count()
      await field.pressSequentially('Given-')
      expect(await ticked()).toBeLessThan(4)
      // Pasting works as typing does, and what was pasted can be looked at.
      await field.fill('')
      await page.evaluate((text) => navigator.clipboard.writeText(text), given).catch(() => undefined)
      await field.evaluate((node, text) => {
        node.focus()
        const data = new DataTransfer()
        data.setData('text/plain', text)
        if (node.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })))
          document.execCommand('insertText', false, text)
      }, given)
      expect(await field.inputValue()).toBe(given)
      expect(await ticked()).toBe(4)
      await page.getByRole('button', { name: 'Show or hide the password' }).click()
      expect(await field.getAttribute('type')).toBe('text')
      await expectGoodPage(page, 'people-add-filled')
      await press(page, 'Add Nina Voss')
      await manage(page, 'Nina Voss', 'Change roles…')
      await expectGoodPage(page, 'people-roles')
      await press(page, 'Cancel')
      await expectGoodPage(page, 'people-account')
      await page.getByRole('button', { name: 'Ada Castellanos', exact: true }).click()
      await page.getByText('This is you.').waitFor()
      await signOut(page)

      await tryPassword(page, 'nina', given)
      await heading(page, 'Choose a new password').waitFor()
      await expectGoodPage(page, 'new-password')
      await page.getByLabel('New password').fill(given)
      await press(page, 'Change password')
      await page.getByText('You have used this password before.').waitFor()
      await page.getByLabel('New password').fill(chosen)
      await press(page, 'Change password')
      await nav(page).waitFor()
      await signOut(page)

      for (let n = 0; n < 2; n += 1) {
        await tryPassword(page, 'nina', 'wrong')
        await page.getByText('User name or password is not right.').waitFor()
      }
      expect(await page.getByText('left before the account').count()).toBe(0)
      await tryPassword(page, 'nina', 'wrong')
      await page.getByText('2 tries left before the account is locked.').waitFor()
      await expectGoodPage(page, 'sign-in-tries-left')
      await tryPassword(page, 'nina', 'wrong')
      await page.getByText('1 try left before the account is locked.').waitFor()
      await tryPassword(page, 'nina', 'wrong')
      await page.getByText('This account is locked after 5 tries.').waitFor()
      await page.getByText('AL-5102').waitFor({ state: 'attached' })

      await signIn(page, 'admin', passwords.admin)
      await nav(page).getByRole('button', { name: 'People' }).click()
      await page
        .getByRole('row', { name: /Nina Voss/ })
        .getByText('Locked')
        .waitFor()
      await expectGoodPage(page, 'people-locked')
      await manage(page, 'Nina Voss', 'Unlock…')
      await page.getByLabel('Reason').fill('holidays')
      await press(page, 'Unlock Nina Voss')
      await page
        .getByRole('row', { name: /Nina Voss/ })
        .getByText('Active')
        .waitFor()
      await signOut(page)
      await signIn(page, 'nina', chosen)
    },
  )
})

const rails = {
  technician: ['Bench', 'Bundles', 'Devices', 'Exports', 'Trusted keys', 'Station'],
  officer: ['Bench', 'Bundles', 'Devices', 'Exports', 'Audit log', 'Trusted keys', 'Station'],
  administrator: ['Bench', 'Bundles', 'Devices', 'Exports', 'Audit log', 'People', 'Trusted keys', 'Station'],
  auditor: ['Bench', 'Bundles', 'Devices', 'Exports', 'Audit log', 'Trusted keys'],
  developer: ['Bundles', 'Devices', 'Exports'],
} as const

describe('the frame', () => {
  it(
    'shows each role its screens and keeps how each person wants the page (ux 3, 10)',
    { timeout: 180_000 },
    async () => {
      const world = await makeWorld(tempFolder())
      const app = await start(world)
      const { page } = app
      const { admin } = await setUp(app.station, world)
      for (const role of ['auditor', 'developer'] as const)
        await admin.call('people.create', { login: role, name: `Kim ${role}`, password: chosen, roles: [role] })
      const people = { ...passwords, administrator: passwords.admin, auditor: chosen, developer: chosen }
      for (const [role, screens] of Object.entries(rails)) {
        await signIn(page, role === 'administrator' ? 'admin' : role, people[role as keyof typeof rails])
        const shown = await nav(page).locator('.rail-name').allTextContents()
        expect(shown, role).toEqual(screens)
        await signOut(page)
      }

      await signIn(page, 'auditor', chosen)
      for (const [name, theme] of [
        ['Dim hall', 'dark'],
        ['High contrast', 'contrast'],
        ['Bright hall', 'light'],
        ['Dim hall', 'dark'],
      ] as const) {
        await openMenu(page)
        await page.getByRole('menuitem', { name }).click()
        await page.locator(`html[data-theme="${theme}"]`).waitFor()
      }
      await openMenu(page)
      await page.getByRole('menuitem', { name: 'Large controls' }).click()
      await openMenu(page)
      await page.getByRole('menuitem', { name: 'Deutsch' }).click()
      await heading(page, 'Protokoll').waitFor()
      await signOut(page)
      await page.locator('html[data-theme="light"][data-size="normal"][lang="en"]').waitFor()
      await signIn(page, 'developer', chosen)
      await page.locator('html[data-theme="light"][data-size="normal"][lang="en"]').waitFor()
      await app.close()

      // Another start, another page: what the person chose is at the station.
      const again = await start(world)
      await signIn(again.page, 'auditor', chosen)
      await again.page.locator('html[data-theme="dark"][data-size="large"][lang="de"]').waitFor()
      await heading(again.page, 'Protokoll').waitFor()
    },
  )
})
