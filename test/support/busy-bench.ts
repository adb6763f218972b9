// SPDX-License-Identifier: Apache-2.0
/** A bench of at least 48 devices that are written, all at once, and what is seen of it in the page. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { StationProcess } from '../../main/cli/station/start-station.ts'
import { importFile, makeBundle, makeWorld, passwords, setUp, type World } from './station.ts'

export const devices = 48

/** Its station: real but for the writing. */
export const runningStation = join(import.meta.dirname, 'running-station.ts')

/** A place for the data of a site, with something at each of 48 ports. */
export const makeBusyWorld = async (folder: string): Promise<World & { ports: string[] }> => {
  const ports = Array.from({ length: devices }, (_, n) => join(folder, `port${String(n + 1).padStart(2, '0')}`))
  for (const port of ports) writeFileSync(port, '')
  return { ...(await makeWorld(folder)), ports }
}

/** Sets the site up, and imports what the devices are to get. */
export const furnish = async (station: StationProcess, world: World): Promise<void> => {
  const { technician } = await setUp(station, world)
  await makeBundle(world, { name: 'dosing-2.0.0' })
  await importFile(technician, 'dosing-2.0.0.airfw')
}

/** This machine may have ports of its own: they are devices too. */
const update = (page: Page) => page.getByRole('button', { name: /^Update \d+ devices$/ })

/** Signs a technician in, who sees 48 places in the compact view, ready for the run. */
export const openBench = async (page: Page): Promise<void> => {
  await page.getByLabel('User name').fill('technician')
  await page.getByLabel('Password', { exact: true }).fill(passwords.technician)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page
    .locator('.small-tile')
    .nth(devices - 1)
    .waitFor()
  await update(page).waitFor()
}

/** Starts the run; all devices are being written when it settles. */
export const writeAll = async (page: Page): Promise<void> => {
  await update(page).click()
  await page
    .locator('.small-tile', { hasText: 'Writing' })
    .nth(devices - 1)
    .waitFor({ timeout: 60_000 })
}

/** What was seen of the bench for a while. */
export type SeenBench = {
  readonly seconds: number
  /** Milliseconds between one frame and the next. */
  readonly gaps: readonly number[]
  /** Frames in which each tile was drawn anew, by its port. */
  readonly updates: Readonly<Record<string, number>>
  /** Frames in which anything of the page was drawn anew. */
  readonly commits: number
  /** Frames in which a tile was missing. */
  readonly lost: number
}

/** Looks at every frame for some seconds. Text, because a page's globals are not those of a test. */
export const seeBench = (page: Page, seconds: number): Promise<SeenBench> =>
  page.evaluate(`new Promise((resolve) => {
    const seen = { gaps: [], updates: {}, commits: 0, lost: 0 }
    const tiles = document.querySelectorAll('.small-tile').length
    let [first, last, touched] = [undefined, undefined, undefined]
    const observer = new MutationObserver((changes) => {
      touched ??= new Set()
      for (const { target } of changes) {
        const node = target.nodeType === 1 ? target : target.parentElement
        const port = node?.closest('[data-port]')?.dataset.port
        if (port !== undefined) touched.add(port)
      }
    })
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    const look = (now) => {
      first ??= now
      if (last !== undefined) seen.gaps.push(now - last)
      last = now
      if (touched !== undefined) seen.commits += 1
      for (const port of touched ?? []) seen.updates[port] = (seen.updates[port] ?? 0) + 1
      touched = undefined
      if (document.querySelectorAll('.small-tile').length < tiles) seen.lost += 1
      if (now - first < ${seconds * 1000}) return requestAnimationFrame(look)
      observer.disconnect()
      resolve({ ...seen, seconds: (now - first) / 1000 })
    }
    requestAnimationFrame(look)
  })`)

export const mostUpdates = ({ updates }: SeenBench): number => Math.max(0, ...Object.values(updates))
