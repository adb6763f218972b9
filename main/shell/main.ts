// SPDX-License-Identifier: Apache-2.0
/** Electron's main process: one locked-down window, the app:// protocol, and the station as a utility process. */
import { app, BrowserWindow, MessageChannelMain, protocol, session, utilityProcess } from 'electron'
import { join } from 'node:path'
import { appOrigin, respond } from './app-protocol.ts'
import { windowOptions } from './window-options.ts'

const folder = join(import.meta.dirname, '..', '..')

app.enableSandbox()
app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
app.commandLine.appendSwitch('disable-background-networking')
app.commandLine.appendSwitch('webrtc-ip-handling-policy', 'disable_non_proxied_udp')
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])

const lockDown = (): void => {
  const own = session.defaultSession
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, ({ url }, answer) =>
    answer({ cancel: !url.startsWith(`${appOrigin}/`) }),
  )
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
  })
}

const openWindow = (): void => {
  const station = utilityProcess.fork(join(folder, 'main/station/main.js'), [
    '--data',
    join(app.getPath('userData'), 'station'),
  ])
  const window = new BrowserWindow(windowOptions(join(folder, 'preload/preload.js')))
  // One port per load of the page: a reloaded page gets a new one, and the old one closes with its frame.
  window.webContents.on('did-finish-load', () => {
    const { port1, port2 } = new MessageChannelMain()
    station.postMessage({ kind: 'port' }, [port1])
    window.webContents.postMessage('station', null, [port2])
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(`${appOrigin}/index.html`)
}

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(() => {
    protocol.handle('app', ({ url }) => respond(join(folder, 'renderer'), url))
    lockDown()
    openWindow()
  })
  app.on('window-all-closed', () => app.quit())
} else app.quit()
