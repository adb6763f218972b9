// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { createHeadlessHost } from '../../main/cli/station/headless-host.ts'
import { startShell } from '../../main/shell/start-shell.ts'
import { createElectron, type Observed } from './electron.ts'
import { builtPreload, installPreload } from './preload-world.ts'

const root = join(import.meta.dirname, '../..')

/** What a run of the app needs: a folder for data, what counts as drives and ports, the passphrase of its keys. */
export type RunOptions = {
  readonly data: string
  readonly drives: readonly string[]
  readonly media?: readonly string[]
  readonly ports: readonly string[]
  readonly passphrase: string
  /** The page's folder; the built page of the app where none is given. */
  readonly pageFolder?: string
  /** Told how many devices are being written, whenever that changes. */
  readonly onWriting?: (devices: number) => void
  /** The station's program; the built one where none is given. */
  readonly stationProgram?: string
}

/** Runs the shell of the app over a page of Chromium; settles when its page is loaded. */
export const runShell = async (context: BrowserContext, page: Page, options: RunOptions): Promise<Observed> => {
  const cdp = await context.newCDPSession(page)
  const world = await installPreload(page, cdp, builtPreload)
  const { electron, observed } = await createElectron({ context, page, world, userData: options.data })
  const drives = options.drives.flatMap((drive) => ['--drive', drive])
  const media = (options.media ?? []).flatMap((folder) => ['--media', folder])
  const ports = options.ports.flatMap((port) => ['--port', port])
  const host = createHeadlessHost(options.passphrase)
  startShell(electron, {
    stationProgram: options.stationProgram ?? join(root, 'out/main/station/main.js'),
    stationWords: ['--data', options.data, ...drives, ...media, ...ports],
    preload: builtPreload,
    pageFolder: options.pageFolder ?? join(root, 'out/renderer'),
    host: {
      ...host,
      'host.keepAwake': (params, caller, signal) => {
        options.onWriting?.(params.devices)
        return host['host.keepAwake'](params, caller, signal)
      },
    },
  })
  await observed.loaded
  return observed
}
