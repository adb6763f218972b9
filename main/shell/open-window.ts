// SPDX-License-Identifier: Apache-2.0
import type { BrowserWindow } from 'electron'
import type { ErrorCode } from '../../shared/error-codes.ts'
import type { Port } from '../../shared/rpc/port.ts'
import type { Electron } from './electron.ts'
import { tiePorts } from './page-port.ts'
import { createPortBroker } from './port-broker.ts'
import { maySpeak } from './rules.ts'
import { windowOptions } from './window-options.ts'

/** The window with its page, as the rest of the shell sees it. */
export type Page = {
  readonly window: BrowserWindow
  stationStarted(): void
  stationLost(code: ErrorCode): void
  focus(): void
}

/** A page that was lost this often is not loaded again by itself. */
const mostReloads = 3

/** The one window. Each load of its page gets one port of its own; a load that ends takes its port with it. */
export const openWindow = (electron: Electron, preload: string, connect: () => Port | undefined): Page => {
  const { BrowserWindow, MessageChannelMain } = electron
  const window = new BrowserWindow(windowOptions(preload))
  const contents = window.webContents
  const broker = createPortBroker(connect, (port) => {
    const { port1, port2 } = new MessageChannelMain()
    tiePorts(port, port1)
    contents.postMessage('station-port', null, [port2])
  })
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) broker.left()
  })
  contents.on('did-finish-load', () => broker.loaded())
  // Read at once: a frame may be gone later.
  contents.ipc.on('station-port-please', ({ senderFrame }) => {
    if (maySpeak(senderFrame)) broker.asked()
  })
  let reloads = 0
  contents.on('render-process-gone', (_event, { reason }) => {
    broker.left()
    // The station goes on whatever the window does; a page that cannot stay is left for a person to close.
    if (reason !== 'clean-exit' && reloads++ < mostReloads) contents.reload()
  })
  window.on('closed', () => broker.left())
  window.once('ready-to-show', () => window.show())
  return {
    window,
    stationStarted: () => broker.started(),
    stationLost: (code) => contents.send('station-lost', code),
    focus() {
      if (window.isMinimized()) window.restore()
      window.focus()
    },
  }
}
