// SPDX-License-Identifier: Apache-2.0
/** What goes wrong around the page: a station that does not open, a page that is lost, what a page was refused. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openEmptyApp } from '../shell/fixture.ts'
import { openApp } from '../shell/open-app.ts'
import { makeWorld, setUp, signIn, startWorld } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage } from './look.ts'

const passphrase = 'a passphrase for tests'
const builtPage = join(import.meta.dirname, '../../out/renderer')

/** The data of a site that is set up, and nobody runs. */
const makeSite = async () => {
  const world = await makeWorld(tempFolder())
  const station = await startWorld(world)
  await setUp(station, world)
  await station.stop()
  return { world, options: { data: world.data, drives: [world.stick], ports: [], passphrase } }
}

describe('a station that does not open', () => {
  it('says that its data was made by a newer Airlock, and changes nothing', { timeout: 120_000 }, async () => {
    const { world, options } = await makeSite()
    const db = new Database(join(world.data, 'station.db'))
    db.pragma('user_version = 9999')
    db.close()
    const { page } = await openApp(options)
    await page.getByText('The data of this station was made by a newer Airlock.').waitFor({ timeout: 30_000 })
    await page.getByText('Start the newer Airlock.').waitFor()
    await expectGoodPage(page, 'door-newer')
    // It tries again and again, and the page stays as it is: the sentence is not taken away in between.
    await page.getByText('AL-', { exact: false }).waitFor({ state: 'attached' })
    const db2 = new Database(join(world.data, 'station.db'), { readonly: true })
    expect(db2.pragma('user_version', { simple: true })).toBe(9999)
    db2.close()
  })

  it('says that another window has the data, and opens when that one is closed', { timeout: 120_000 }, async () => {
    const { options } = await makeSite()
    const first = await openApp(options)
    await first.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    const { page } = await openApp({ ...options, locale: 'de-DE' })
    await page.getByText('Airlock läuft schon auf diesen Daten.').waitFor({ timeout: 30_000 })
    await page.getByText('AL-7107').waitFor({ state: 'attached' })
    await expectGoodPage(page, 'door-second-window')
    await first.close()
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor({ timeout: 60_000 })
  })

  it('says that the key store does not open its keys', { timeout: 120_000 }, async () => {
    const { options } = await makeSite()
    const { page } = await openApp({ ...options, passphrase: 'another passphrase' })
    await page.getByRole('alert').waitFor({ timeout: 30_000 })
    expect(await page.getByRole('alert').textContent()).toContain('audit.key')
  })
})

describe('the log', () => {
  it('has what a page was refused, and a page that was lost', { timeout: 120_000 }, async () => {
    const { options } = await makeSite()
    const { page, station, observed } = await openEmptyApp({ ...options, pageFolder: builtPage })
    const officer = await signIn(station, 'officer')
    const found = async (action: string) => (await officer.call('audit.find', { action, limit: 10 })).entries
    await page.evaluate(`void (location.href = 'https://elsewhere.invalid/')`)
    await expect
      .poll(() => found('window.refused'))
      .toMatchObject([{ outcome: 'refused', object: { id: 'navigation' }, role: 'station' }])
    const seq = (await found('window.refused'))[0]?.seq ?? 0
    expect((await officer.call('audit.entry', { seq })).text).toContain('https://elsewhere.invalid/')
    const cdp = await page.context().newCDPSession(page)
    // A page that crashed does not answer.
    void cdp.send('Page.crash').catch(() => undefined)
    await expect.poll(() => found('window.lost')).toMatchObject([{ object: { id: 'page' } }])
    // It is loaded again at once, and the station goes on.
    await expect.poll(() => observed.calls.filter(([name]) => name === 'reload').length).toBe(1)
    expect(observed.stations).toHaveLength(1)
  })
})
