// SPDX-License-Identifier: Apache-2.0
import type { BrowserWindow } from 'electron'
import type { ErrorCode } from '../../shared/error-codes.ts'
import type { Port } from '../../shared/rpc/port.ts'
import type { Electron } from './electron.ts'
import type { Incidents } from './incidents.ts'
import { tiePorts } from './page-port.ts'
import { createPortBroker } from './port-broker.ts'
import { maySpeak } from './rules.ts'
import { waitBefore } from './station-keeper.ts'
import { languageOf, type Language } from './text.ts'
import { windowOptions } from './window-options.ts'

/** The window with its page, as the rest of the shell sees it. */
export type Page = {
  readonly window: BrowserWindow
  stationStarted(): void
  stationLost(code: ErrorCode): void
  focus(): void
  /** The language that the page speaks, once it has said so. */
  language(): Language | undefined
}

/** What a window stands on. */
export type WindowGround = {
  readonly preload: string
  readonly connect: () => Port | undefined
  readonly incidents: Incidents
  readonly now: () => number
  readonly after: (ms: number, then: () => void) => void
}

const limits = {
  /** How long a page may hang, ms, before its process is ended and it is loaded again. */
  patience: 15_000,
  /** A page that stood this long, ms, is not one that cannot stay. */
  steady: 600_000,
}

/** The one window. Each load of its page gets one port of its own; a load that ends takes its port with it. */
export const openWindow = (electron: Electron, ground: WindowGround): Page => {
  const { preload, connect } = ground
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
  let language: Language | undefined
  contents.ipc.on('page-language', ({ senderFrame }, tag: unknown) => {
    if (maySpeak(senderFrame)) language = languageOf(String(tag))
  })
  keepPage(window, ground, () => broker.left())
  window.on('closed', () => broker.left())
  window.once('ready-to-show', () => window.show())
  return {
    window,
    stationStarted: () => broker.started(),
    stationLost: (code) => contents.send('station-lost', code),
    language: () => language,
    focus() {
      if (window.isMinimized()) window.restore()
      window.focus()
    },
  }
}

/**
 * Loads the page again whose process ended or hangs, the first time at once, then with waits that grow: the station goes
 * on whatever the window does. Each time is told to the station.
 */
const keepPage = (window: BrowserWindow, { incidents, now, after }: WindowGround, left: () => void): void => {
  const contents = window.webContents
  let losses = 0
  let last = -Infinity
  let hangs = false
  contents.on('render-process-gone', (_event, { reason }) => {
    left()
    hangs = false
    if (reason === 'clean-exit') return
    incidents.note('lost', 'page', reason)
    losses = now() - last < limits.steady ? losses + 1 : 0
    last = now()
    if (losses === 0) contents.reload()
    else
      after(waitBefore(losses), () => {
        if (!window.isDestroyed()) contents.reload()
      })
  })
  window.on('responsive', () => void (hangs = false))
  window.on('unresponsive', () => {
    hangs = true
    after(limits.patience, () => {
      if (!hangs || window.isDestroyed()) return
      incidents.note('lost', 'page', 'unresponsive')
      contents.forcefullyCrashRenderer()
    })
  })
}
