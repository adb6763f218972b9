// SPDX-License-Identifier: Apache-2.0
/** Electron's main process: one locked-down window, the app:// protocol, and the station as a utility process. */
import { app, BrowserWindow, MessageChannelMain, protocol, session, utilityProcess } from 'electron'
import { join } from 'node:path'
import { hostContract } from '../../shared/host/host.ts'
import { multiplex, type Channel } from '../../shared/rpc/envelope.ts'
import type { Port } from '../../shared/rpc/port.ts'
import { serve } from '../../shared/rpc/server.ts'
import { appOrigin, respond } from './app-protocol.ts'
import { electronHost } from './electron-host.ts'
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

/** The station in a process of its own; its host line is answered here. */
const startStation = () => {
  const child = utilityProcess.fork(join(folder, 'main/station/main.js'), [
    '--data',
    join(app.getPath('userData'), 'station'),
  ])
  const channel: Channel = {
    send: (frame) => child.postMessage(frame),
    onFrame: (listener) => void child.on('message', listener),
    onEnd: (listener) => void child.once('exit', listener),
  }
  const line = multiplex(channel, (port) => port.close())
  serve(hostContract, electronHost, line.host, {
    gate: () => undefined,
    limits: { inFlight: 16, perSecond: 100 },
    now: () => performance.now(),
    onFault: () => undefined,
  })
  return line
}

const openWindow = (): void => {
  const station = startStation()
  const window = new BrowserWindow(windowOptions(join(folder, 'preload/preload.js')))
  let own: Port | undefined
  // One port per load of the page: the port of a page that reloads is closed at once.
  window.webContents.on('did-finish-load', () => {
    own?.close()
    own = station.open()
    const { port1, port2 } = new MessageChannelMain()
    const port = own
    port.onMessage((message) => port1.postMessage(message))
    port1.on('message', ({ data }) => port.post(data))
    port1.start()
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
