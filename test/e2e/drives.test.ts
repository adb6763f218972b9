// SPDX-License-Identifier: Apache-2.0
/** Drives that are really plugged in and pulled out, as people see them. */
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openApp } from '../shell/open-app.ts'
import { makeStick, mayMount, mediaFolder, plugIn, pullOut } from '../support/mounts.ts'
import { makeBundle, makeWorld, passwords, setUp } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

const stickName = 'NF-TRANSFER-07'

const signIn = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await page.getByLabel('User name').fill('technician')
  await page.getByLabel('Password', { exact: true }).fill(passwords.technician)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}

/** A technician at the bench of a site that is set up; the stick is not plugged in. */
const atTheBench = async () => {
  const world = await makeWorld(tempFolder())
  const media = mediaFolder()
  const place = plugIn(world.stick, media, stickName)
  const app = await openApp({
    data: world.data,
    drives: [],
    media: [media],
    ports: [],
    passphrase: 'a passphrase for tests',
  })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(20_000)
  await setUp(app.station, world)
  pullOut(place)
  await signIn(app.page)
  await app.page.getByText('No drive').waitFor()
  const sheet = app.page.getByRole('region', { name: 'Drive', exact: true })
  return { world, media, place, page: app.page, sheet, plug: () => plugIn(world.stick, media, stickName) }
}

const leftIn = (data: string): string[] =>
  ['contents', 'staging'].flatMap((folder) => readdirSync(join(data, 'vault', folder)))

/** Mounting wants root on Linux, and a container that allows it: elsewhere these cannot be shown. */
describe.skipIf(!mayMount)('a drive', { timeout: 180_000 }, () => {
  it('shows within two seconds beside the bench, with one line for each bundle; imported, it is let go of (ux 11, 12)', async () => {
    const { world, page, sheet, plug } = await atTheBench()
    const good = await makeBundle(world, { name: 'dosing-2.0.0' })
    const bytes = readFileSync(good)
    bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1
    writeFileSync(join(world.stick, 'changed.airfw'), bytes)
    const before = Date.now()
    plug()
    await sheet.getByRole('heading', { name: stickName }).waitFor()
    await page.locator('.drive-chip', { hasText: stickName }).waitFor()
    expect(Date.now() - before).toBeLessThan(2000)
    const [bench, over] = [await page.locator('.main').boundingBox(), await sheet.boundingBox()]
    expect(over?.x).toBeGreaterThanOrEqual((bench?.x ?? 0) + (bench?.width ?? Infinity))
    await sheet.getByText('2 bundles found. 1 verified, 1 refused.').waitFor()
    const lines = await sheet
      .getByRole('listitem')
      .filter({ has: page.locator('.status') })
      .all()
    const words = await Promise.all(lines.map((line) => line.locator('.status, p.small').allTextContents()))
    expect(words).toEqual([
      ['Refused', 'It was changed after it was signed.'],
      ['Verified', 'dosing-controller 2.0.0, for dosing-controller'],
    ])
    await expectGoodPage(page, 'drive-sheet')
    expect(await page.getByText('You can remove the drive').count()).toBe(0)
    await sheet.getByRole('button', { name: 'Import', exact: true }).last().click()
    await sheet.getByText('Imported. You can remove the drive.').waitFor()
    await expectGoodPage(page, 'drive-imported')
    await page
      .locator('.topbar')
      .getByRole('button', { name: `Eject ${stickName}` })
      .click()
    await sheet.getByText(`You can remove ${stickName}.`).waitFor()
    await page.locator('.drive-chip', { hasText: 'No drive' }).waitFor()
    await expectGoodPage(page, 'drive-ejected')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    // What is here already is said at once when the drive comes again.
    rmSync(join(world.stick, 'changed.airfw'))
    plug()
    await sheet.getByText('1 bundle found. 0 verified, 1 already here.').waitFor()
  })

  it('pulled while it is copied leaves nothing and says so; plugged in again it goes on by itself (ux 15, 16)', async () => {
    const { world, page, place, sheet, plug } = await atTheBench()
    await makeBundle(world, { name: 'big', payload: randomBytes(256_000_000) })
    plug()
    await sheet.getByText('1 bundle found. 1 verified').waitFor()
    await sheet.getByRole('button', { name: 'Import', exact: true }).last().click()
    await sheet.getByText(/^Checking and copying/).waitFor()
    pullOut(place)
    await sheet.getByText(`${stickName} was removed too soon.`).waitFor()
    await sheet.getByText('Nothing from it was kept.').waitFor()
    await expectGoodPage(page, 'drive-pulled')
    await expect.poll(() => leftIn(world.data)).toEqual([])
    plug()
    await sheet.getByText('Imported. You can remove the drive.').waitFor({ timeout: 40_000 })
    expect(leftIn(world.data)).toHaveLength(1)
  })

  it('beside another one leads to a choice with name, size and free space (ux 18)', async () => {
    const { media, page, sheet, plug } = await atTheBench()
    plug()
    await sheet.getByRole('heading', { name: stickName }).waitFor()
    plugIn(makeStick('1m'), media, 'KARTE', { readOnly: true })
    await page.locator('.drive-chip', { hasText: '2 drives' }).waitFor()
    const choice = sheet.getByLabel('Drive', { exact: true })
    const offered = await choice.locator('option').allTextContents()
    expect(offered).toContainEqual(expect.stringMatching(/^KARTE: 1\.0\sMB, 1\.0\sMB free$/))
    expect(offered).toContainEqual(expect.stringMatching(/^NF-TRANSFER-07: .+B, .+B free$/))
    await choice.selectOption({ label: offered.find((label) => label.startsWith('KARTE')) ?? '' })
    await sheet.getByText('There is nothing for Airlock on this drive.').waitFor()
    await sheet.getByText(/Write-protected/).waitFor()
    await expectGoodPage(page, 'drive-two')
  })
})
