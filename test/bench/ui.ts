// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { startStation } from '../../main/cli/station/start-station.ts'
import { buildParts } from '../../tools/build.ts'
import { sharedBrowser } from '../shell/chromium.ts'
import { launchApp, type App, type AppOptions } from '../shell/open-app.ts'
import { benchFolder, seconds } from '../support/bench-log.ts'
import { median, takeTurns, type Row } from '../support/bench-turns.ts'
import {
  furnish,
  makeBusyWorld,
  mostUpdates,
  openBench,
  runningStation,
  seeBench,
  writeAll,
} from '../support/busy-bench.ts'
import { framesPerSecond, seenFrames, watchFrames } from '../support/frames.ts'
import { lengthenLog } from '../support/long-log.ts'
import { makeWorld, passwords, setUp, type World } from '../support/station.ts'

const passphrase = 'a passphrase for measurements'
const entries = 100_000
const rounds = 5

const optionsOf = (world: World, more: Partial<AppOptions> = {}): AppOptions => ({
  data: world.data,
  drives: [world.stick],
  ports: [],
  passphrase,
  ...more,
})

/** Work with the app open; it is closed whatever comes of it. */
const withApp = async <T>(options: AppOptions, work: (app: App) => Promise<T>): Promise<T> => {
  const app = await launchApp(options)
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

/** The share of frames that came within 20 ms: 50 a second. */
const inTime = (gaps: readonly number[]): number => gaps.filter((gap) => gap <= 20).length / gaps.length
const longest = (gaps: readonly number[]): number => Math.max(...gaps)

/** Seconds that the page's main thread was at work while something was looked at. */
const workOf = async <T>(cdp: CDPSession, look: () => Promise<T>): Promise<{ seen: T; work: number }> => {
  const total = async (): Promise<number> => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  }
  const before = await total()
  const seen = await look()
  return { seen, work: (await total()) - before }
}

/** 48 devices that a station with a scripted writer writes at once, against the same page at rest. */
const busyBench = async (folder: string): Promise<Row[]> => {
  const world = await makeBusyWorld(folder)
  return withApp(
    optionsOf(world, { ports: world.ports, stationProgram: runningStation }),
    async ({ page, station }) => {
      await furnish(station, world)
      await openBench(page)
      const cdp = await page.context().newCDPSession(page)
      await cdp.send('Performance.enable')
      const still = await workOf(cdp, () => seeBench(page, 8))
      await writeAll(page)
      const busy = await workOf(cdp, () => seeBench(page, 12))
      const rate = framesPerSecond(busy.seen)
      return [
        { what: '48 running: frames a second, the page at rest', value: framesPerSecond(still.seen), unit: '' },
        { what: '48 running: frames a second', value: rate, unit: '(at least 50 asked)' },
        { what: '48 running: of the page at rest', value: rate / framesPerSecond(still.seen), unit: '' },
        { what: '48 running: frames within 20 ms, at rest', value: inTime(still.seen.gaps), unit: '' },
        { what: '48 running: frames within 20 ms', value: inTime(busy.seen.gaps), unit: '' },
        { what: '48 running: longest frame, at rest', value: longest(still.seen.gaps), unit: 'ms' },
        { what: '48 running: longest frame', value: longest(busy.seen.gaps), unit: 'ms' },
        {
          what: '48 running: updates a second of the busiest tile',
          value: mostUpdates(busy.seen) / busy.seen.seconds,
          unit: '(at most 5 asked)',
        },
        { what: '48 running: frames a second with a change', value: busy.seen.commits / busy.seen.seconds, unit: '' },
        { what: '48 running: main thread at work', value: (100 * busy.work) / busy.seen.seconds, unit: '%' },
        { what: '48 running: main thread at work, at rest', value: (100 * still.work) / still.seen.seconds, unit: '%' },
      ]
    },
  )
}

/** The site of the measurements that need one: set up by a station without a window. */
const makeSite = async (folder: string): Promise<World> => {
  const world = await makeWorld(folder)
  const station = await startStation(optionsOf(world))
  await setUp(station, world)
  await station.stop()
  return world
}

/** Frames while a hand does something for three seconds. */
const during = async (page: Page, work: () => Promise<unknown>) => {
  await watchFrames(page)
  const end = Date.now() + 3000
  while (Date.now() < end) await work()
  return seenFrames(page)
}

/** A log of 100 000 entries: opened, scrolled, filtered. */
const longLog = async (world: World): Promise<Row[]> => {
  await lengthenLog(world.data, passphrase, entries)
  return withApp(optionsOf(world), async ({ page }) => {
    await page.getByLabel('User name').fill('officer')
    await page.getByLabel('Password', { exact: true }).fill(passwords.officer)
    await page.getByRole('button', { name: 'Sign in' }).click()
    const list = page.getByRole('grid', { name: 'Audit log' })
    const row = list.getByRole('row').nth(1)
    const open = page.getByRole('navigation').getByRole('button', { name: 'Audit log' })
    // Signing in takes its time, and is none of the log's.
    await open.waitFor()
    const opened = await seconds(async () => {
      await open.click()
      await row.getByRole('gridcell').nth(5).waitFor()
    })
    const view = await list.boundingBox()
    await page.mouse.move((view?.x ?? 0) + 200, (view?.y ?? 0) + 200)
    const still = await during(page, () => page.evaluate('1'))
    const turned = await during(page, () => page.mouse.wheel(0, 600))
    await list.focus()
    const walked = await during(page, () => page.keyboard.press('PageDown'))
    const filtered = await seconds(async () => {
      await page.getByLabel('Result').selectOption('failed')
      await page.locator('.virtual[aria-rowcount="1001"]').waitFor()
      await row.getByRole('gridcell', { name: 'Failed' }).waitFor()
    })
    return [
      { what: 'log of 100 000: from the press to its rows', value: 1000 * opened, unit: 'ms (1000 asked)' },
      { what: 'log of 100 000: frames a second, at rest', value: framesPerSecond(still), unit: '' },
      { what: 'log of 100 000: frames a second, wheel', value: framesPerSecond(turned), unit: '(at least 50 asked)' },
      {
        what: 'log of 100 000: frames a second, page down',
        value: framesPerSecond(walked),
        unit: '(at least 50 asked)',
      },
      { what: 'log of 100 000: frames without rows', value: turned.empty + walked.empty, unit: '(0 asked)' },
      { what: 'log of 100 000: from the choice to filtered rows', value: 1000 * filtered, unit: 'ms (200 asked)' },
    ]
  })
}

/** From the start of station and page to a sign-in that takes a name, against a page with nothing on it. */
const start = async (world: World): Promise<Row[]> => {
  const usable = async (): Promise<number> => {
    const began = process.hrtime.bigint()
    return withApp(optionsOf(world), async ({ page }) => {
      await page.getByLabel('User name').fill('officer')
      return Number(process.hrtime.bigint() - began) / 1e9
    })
  }
  const shown: number[] = []
  const empty: number[] = []
  await takeTurns(rounds, {
    app: { run: async () => shown.push(await usable()) },
    empty: {
      run: async () => {
        const began = process.hrtime.bigint()
        const pageFolder = join(import.meta.dirname, '../shell/page')
        await withApp(optionsOf(world, { pageFolder }), async () => {
          empty.push(Number(process.hrtime.bigint() - began) / 1e9)
        })
      },
    },
  })
  const [first = 0, ...later] = shown
  return [
    { what: 'start to usable sign-in, the first time', value: 1000 * first, unit: 'ms (3000 asked)' },
    { what: 'start to usable sign-in, later', value: 1000 * median(later), unit: 'ms (1500 asked)' },
    { what: 'an empty page in the same shell, loaded', value: 1000 * median(empty), unit: 'ms' },
  ]
}

/** What a person feels: starting, a full bench at work, a long log. Chromium draws without a graphics card here. */
export const run = async (): Promise<{ name: string; rows: Row[] }> => {
  await buildParts(['preload', 'page', 'station', 'resources'])
  const folders = [benchFolder(), benchFolder()] as const
  try {
    const site = await makeSite(folders[0])
    const rows = [...(await start(site)), ...(await longLog(site)), ...(await busyBench(folders[1]))]
    return { name: 'ui: starting, a log of 100 000 entries, 48 devices that are written at once', rows }
  } finally {
    await (await sharedBrowser()).close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  }
}
