// SPDX-License-Identifier: Apache-2.0
import Database from 'better-sqlite3'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { openApp, type App } from '../shell/open-app.ts'
import { importFile, makeBundle, makeWorld, passwords, setUp, type World } from '../support/station.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { picture } from './look.ts'

/** Devices straight into a station's register: thousands cannot be plugged in. */
const register = (world: World, devices: number): void => {
  const store = new Database(join(world.data, 'station.db'))
  const insert = store.prepare(
    `INSERT INTO device (id, model, serial, hardware, version, profile, port, first_seen, last_seen)
     VALUES (?, 'dosing-controller', ?, 'c', '2.0.0', 'dosing-controller', '{"path":"/dev/ttyUSB0"}', 0, ?)`,
  )
  store.transaction(() => {
    for (let n = 0; n < devices; n += 1)
      insert.run(crypto.randomUUID(), `G4-${String(n).padStart(6, '0')}-7Q`, 1_760_000_000_000 + n)
  })()
  store.close()
}

type Site = {
  readonly app: App
  readonly page: Page
  readonly people: Awaited<ReturnType<typeof setUp>>
  readonly world: World
}

/** The app of a site that is set up: three people, one bundle in the library, as many known devices as asked for. */
export const openSite = async ({
  devices = 0,
  ports = [],
}: {
  devices?: number
  ports?: readonly string[]
}): Promise<Site> => {
  const world = await makeWorld(tempFolder())
  const app = await openApp({ data: world.data, drives: [world.stick], ports, passphrase: 'a passphrase for tests' })
  onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(app.page, 'failure') : undefined))
  app.page.setDefaultTimeout(15_000)
  const people = await setUp(app.station, world)
  await makeBundle(world, { name: 'pump' })
  await importFile(people.technician, 'pump.airfw')
  register(world, devices)
  return { app, page: app.page, people, world }
}

/** The page's one h1. */
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Signs in through the page. */
export const signIn = async (page: Page, login: keyof typeof passwords): Promise<void> => {
  await heading(page, 'Sign in').waitFor()
  await page.getByLabel('User name').fill(login)
  await page.getByLabel('Password', { exact: true }).fill(passwords[login])
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Screens' }).waitFor()
}
