// SPDX-License-Identifier: Apache-2.0
import { chromium, type Browser } from 'playwright-core'
import { switches } from '../../main/shell/switches.ts'

/** Debian's Chromium. */
export const chromiumPath = '/usr/bin/chromium'

/** The shell's own switches as words of a command line. */
const shellSwitches = switches.map(([name, value]) => (value === undefined ? `--${name}` : `--${name}=${value}`))

/** Chromium's own sandbox does not start for root, as in a container. */
export const mayUseSandbox = process.getuid?.() !== 0

/** A container has neither a graphics card nor much shared memory. */
const container = ['--disable-gpu', '--disable-dev-shm-usage']

/** Electron tells a page that the other end of a port is gone; Chromium can, when it is asked to. */
const likeElectron = ['--enable-blink-features=MessagePortCloseEvent']

/** Every word that Chromium is started with. */
export const chromiumWords = [...container, ...likeElectron, ...shellSwitches]

let shared: Promise<Browser> | undefined

/** One Chromium for all the tests of a process, started with the shell's switches. */
export const sharedBrowser = (): Promise<Browser> => {
  shared ??= chromium.launch({ executablePath: chromiumPath, args: chromiumWords, chromiumSandbox: mayUseSandbox })
  return shared
}
