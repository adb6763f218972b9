// SPDX-License-Identifier: Apache-2.0
/** A site that works with registered drives only, through the window. */
import { expect, it, onTestFinished } from 'vitest'
import { openApp } from '../shell/open-app.ts'
import { makeBundle, makeWorld, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { handsOf } from './hands.ts'
import { expectGoodPage, picture } from './look.ts'

it('an administrator registers a drive and has the others refused; the sheet says which is which, and an ended one is refused again', async () => {
  const world = await makeWorld(tempFolder())
  const drives = [world.stick]
  const app = await openApp({ data: world.data, drives, ports: [], passphrase: 'a passphrase for tests' })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(20_000)
  await setUp(app.station, world)
  await makeBundle(world, { name: 'pump' })
  const { page } = app
  const hands = handsOf(page, 'en')
  await hands.signIn('admin')
  await hands.open('station')
  await hands.press('drives.open')
  await page.getByText('No drive was registered yet.').waitFor()
  await page.getByLabel('New rule').selectOption('refused')
  await page.getByText('No drive is registered: with this rule').waitFor()
  await page.getByText('Type a reason. It is kept in the log.').waitFor()
  await hands.fill('drives.reason', 'audit finding 12')
  await hands.press('drives.setRule')
  const rule = page.getByRole('region', { name: 'Drives that are not registered' })
  await rule.getByText('Are refused').first().waitFor()
  await page.locator('.drive-chip button').first().click()
  const sheet = page.getByRole('region', { name: 'Drive', exact: true })
  await sheet.getByText('Not registered', { exact: true }).waitFor()
  await sheet.getByText('This drive is not allowed here: it is not registered.').waitFor()
  expect(await sheet.getByRole('button', { name: 'Import', exact: true }).count()).toBe(0)
  await expectGoodPage(page, 'drive-not-registered')
  await page.keyboard.press('Escape')

  await page.getByText('Type a name and an owner.').waitFor()
  await hands.fill('drives.label', 'NF 7')
  await hands.fill('drives.owner', 'Anna Keller')
  await hands.press('drives.register')
  const list = page.getByRole('region', { name: 'Registered', exact: true })
  await list.getByRole('heading', { name: 'NF 7' }).waitFor()
  await list.getByText('Anna Keller').waitFor()
  await page.getByText('Plug in the drive that is to be registered.').waitFor()
  await expectGoodPage(page, 'drives-registered')
  await page.locator('.drive-chip button').first().click()
  await sheet.getByText('Registered as NF 7, owner Anna Keller').waitFor()
  await sheet.getByText('1 bundle found. 1 verified').waitFor()
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'End: NF 7' }).click()
  const dialog = page.locator('.dialog')
  await dialog.getByLabel('Reason').fill('lost in hall 3')
  await expectGoodPage(page, 'drives-end')
  await dialog.getByRole('button', { name: 'End the registration' }).click()
  await list.getByText('lost in hall 3').waitFor()
  await page.locator('.drive-chip button').first().click()
  await sheet.getByText('This drive is not allowed here: it is not registered.').waitFor()
  await page.keyboard.press('Escape')
  await hands.signOut()

  await hands.signIn('technician')
  await hands.open('station')
  await hands.press('drives.open')
  await page.getByText('An administrator registers drives.').waitFor()
  expect(await page.getByRole('button', { name: /^End:/ }).count()).toBe(0)
}, 180_000)
