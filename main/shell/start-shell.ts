// SPDX-License-Identifier: Apache-2.0
/** The shell from its first call to its last: read this first. */
import type { BrowserWindow } from 'electron'
import { setTimeout } from 'node:timers'
import type { HostContract } from '../../shared/host/host.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { pageUrl, respond } from './app-protocol.ts'
import type { Electron } from './electron.ts'
import { createLeave } from './leave.ts'
import { lockContents, lockProcess, lockSession } from './lock-down.ts'
import { openWindow, type Page } from './open-window.ts'
import { paperOf } from './paper.ts'
import { keepStation } from './station-keeper.ts'
import { text } from './text.ts'
import { startUtilityStation } from './utility-station.ts'
import { watchHost } from './watched-host.ts'

/** Where the parts of the app lie, what the station is told, what the shell does for it. */
export type ShellOptions = {
  readonly stationProgram: string
  readonly stationWords: readonly string[]
  readonly preload: string
  readonly pageFolder: string
  readonly host: Omit<Handlers<HostContract, undefined>, 'host.print' | 'host.pdf'>
}

/** Locks the process down, then, alone on this account, opens the one window with the station behind it. */
export const startShell = (electron: Electron, options: ShellOptions): void => {
  const { app } = electron
  lockProcess(electron)
  if (!app.requestSingleInstanceLock()) return app.quit()
  app.on('web-contents-created', (_event, contents) => lockContents(contents))
  void app.whenReady().then(() => run(electron, options))
}

const run = (electron: Electron, { stationProgram, stationWords, preload, pageFolder, host }: ShellOptions): void => {
  const { app, Menu, protocol, session } = electron
  protocol.handle('app', (request) => respond(pageFolder, request))
  // A page has no business with files: what it asks there is refused before it is looked for.
  protocol.handle('file', () => new Response('Not found', { status: 404 }))
  lockSession(session.defaultSession)
  Menu.setApplicationMenu(process.platform === 'darwin' ? macMenu(electron) : null)

  let page: Page | undefined
  const watched = watchHost({ ...host, ...paperOf(() => page?.window) })
  const station = keepStation({
    start: () => startUtilityStation(electron, stationProgram, stationWords),
    host: watched.host,
    now: () => performance.now(),
    // A wait is no reason to stay when everything else has ended.
    after: (ms, then) => void setTimeout(then, ms).unref(),
    onStarted: () => page?.stationStarted(),
    onLost(code) {
      watched.lost()
      page?.stationLost(code)
    },
  })
  const leave = createLeave({
    writing: watched.writing,
    confirm: () => page !== undefined && confirmLeaving(electron, page.window),
    stop: station.stop,
    exit: () => app.exit(0),
  })
  page = openWindow(electron, preload, station.connect)
  page.window.on('close', (event) => {
    if (leave.leaving()) return
    event.preventDefault()
    void leave.asked()
  })
  app.on('before-quit', (event) => {
    event.preventDefault()
    void leave.asked()
  })
  // What the second start was told is not listened to: it only brings the first one forward.
  app.on('second-instance', () => page?.focus())
  void page.window.loadURL(pageUrl)
}

const confirmLeaving = ({ dialog }: Electron, window: BrowserWindow): boolean => {
  const { message, detail, buttons } = text.leaveWhileWriting
  const answer = dialog.showMessageBoxSync(window, {
    type: 'warning',
    message,
    detail,
    buttons: [...buttons],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return answer === 1
}

/** macOS needs a menu for copy and paste; neither reload nor developer tools are in it. */
const macMenu = ({ Menu }: Electron) => Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }])
