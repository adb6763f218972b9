// SPDX-License-Identifier: Apache-2.0
import { onTestFinished } from 'vitest'
import type { Page } from 'playwright-core'
import type { StationProcess } from '../../main/cli/station/start-station.ts'
import { sharedBrowser } from './chromium.ts'
import type { Observed } from './electron.ts'
import { runShell, type RunOptions } from './run-shell.ts'
import { connectBeside } from './station-child.ts'

/** The app, open: its page, its station, what its shell did. */
export type App = {
  readonly page: Page
  /** The station that runs now; another one after a restart. */
  readonly station: StationProcess
  readonly observed: Observed
  /** Leaves as a person would, and closes the page; settles when the station is gone. */
  close(): Promise<void>
}

export type AppOptions = RunOptions & {
  readonly locale?: string
  readonly colorScheme?: 'light' | 'dark'
  readonly forcedColors?: 'active' | 'none'
  readonly viewport?: { width: number; height: number }
}

/** Opens the app in the tests' Chromium; whoever opens it closes it. */
export const launchApp = async (options: AppOptions): Promise<App> => {
  const { locale = 'en-GB', colorScheme = 'light', forcedColors = 'none' } = options
  const viewport = options.viewport ?? { width: 1366, height: 768 }
  const browser = await sharedBrowser()
  const context = await browser.newContext({ locale, colorScheme, forcedColors, viewport, serviceWorkers: 'block' })
  const page = await context.newPage()
  const observed = await runShell(context, page, options)

  let closed: Promise<void> | undefined
  const leave = async (): Promise<void> => {
    observed.answer = 1
    observed.app.quit()
    await observed.exited
    await context.close()
  }
  const close = (): Promise<void> => (closed ??= leave())
  const lines = new Map<object, StationProcess>()
  return {
    page,
    observed,
    close,
    get station() {
      const utility = observed.stations.at(-1)
      if (utility === undefined) throw new Error('no station was started')
      const known = lines.get(utility) ?? connectBeside(utility)
      lines.set(utility, known)
      return known
    },
  }
}

/** Opens the app; it closes with the test. */
export const openApp = async (options: AppOptions): Promise<App> => {
  const app = await launchApp(options)
  onTestFinished(() => app.close())
  return app
}
