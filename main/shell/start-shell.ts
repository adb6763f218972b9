// SPDX-License-Identifier: Apache-2.0
/** The shell from its first call to its last: read this first. */
import { setTimeout } from 'node:timers'
import { pageUrl, respond } from './app-protocol.ts'
import type { Electron } from './electron.ts'
import { createIncidents, type Incidents } from './incidents.ts'
import { createLeave } from './leave.ts'
import { lockContents, lockProcess, lockSession } from './lock-down.ts'
import { openWindow, type Page } from './open-window.ts'
import { paperOf } from './paper.ts'
import { keepStation } from './station-keeper.ts'
import { languageOf, leaveWhileWriting } from './text.ts'
import { startUtilityStation } from './utility-station.ts'
import { watchHost, type DesktopHost } from './watched-host.ts'

/** Where the parts of the app lie, what the station is told, what the shell does for it. */
export type ShellOptions = {
  readonly stationProgram: string
  readonly stationWords: readonly string[]
  readonly preload: string
  readonly pageFolder: string
  readonly host: Omit<DesktopHost, 'host.print' | 'host.pdf'>
}

// A wait is no reason to stay when everything else has ended.
const after = (ms: number, then: () => void): void => void setTimeout(then, ms).unref()
const now = (): number => performance.now()

/** Locks the process down, then, alone on this account, opens the one window with the station behind it. */
export const startShell = (electron: Electron, options: ShellOptions): void => {
  const { app } = electron
  lockProcess(electron)
  if (!app.requestSingleInstanceLock()) return app.quit()
  const incidents = createIncidents(now, after)
  app.on('web-contents-created', (_event, contents) => lockContents(contents, incidents))
  app.on('child-process-gone', (_event, { type, reason }) => {
    // A station that ends says so itself, at its next start.
    if (type !== 'Utility') incidents.note('lost', `${type} process`, reason)
  })
  void app.whenReady().then(() => run(electron, options, incidents))
}

const run = (electron: Electron, options: ShellOptions, incidents: Incidents): void => {
  const { stationProgram, stationWords, preload, pageFolder, host } = options
  const { app, Menu, protocol, session } = electron
  protocol.handle('app', (request) => respond(pageFolder, request))
  // A page has no business with files: what it asks there is refused before it is looked for.
  protocol.handle('file', () => new Response('Not found', { status: 404 }))
  lockSession(session.defaultSession, incidents)
  Menu.setApplicationMenu(process.platform === 'darwin' ? macMenu(electron) : null)

  let page: Page | undefined
  const watched = watchHost({ ...host, ...paperOf(() => page?.window) }, incidents)
  const station = keepStation({
    start: () => startUtilityStation(electron, stationProgram, stationWords),
    host: watched.host,
    now,
    after,
    onStarted: () => page?.stationStarted(),
    onLost(code) {
      watched.lost()
      page?.stationLost(code)
    },
  })
  const leave = createLeave({
    writing: watched.writing,
    confirm: async (devices) => page !== undefined && (await confirmLeaving(electron, page, devices)),
    forced: (devices) => incidents.note('forced', devices === 1 ? '1 device' : `${devices} devices`),
    stop: station.stop,
    exit: () => app.exit(0),
  })
  page = openWindow(electron, { preload, connect: station.connect, incidents, now, after })
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

const confirmLeaving = async ({ app, dialog }: Electron, page: Page, devices: number): Promise<boolean> => {
  const language = page.language() ?? languageOf(app.getLocale())
  const { message, detail, buttons } = leaveWhileWriting[language](devices)
  // The line between page and station runs through this process: it must not stand still while somebody thinks.
  const { response } = await dialog.showMessageBox(page.window, {
    type: 'warning',
    message,
    detail,
    buttons: [...buttons],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

/** macOS needs a menu for copy and paste; neither reload nor developer tools are in it. */
const macMenu = ({ Menu }: Electron) => Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }])
