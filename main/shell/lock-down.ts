// SPDX-License-Identifier: Apache-2.0
/** Electron's security checklist, item by item, with the answers of `rules.ts`. */
import type { Session, WebContents } from 'electron'
import { join } from 'node:path'
import type { Electron } from './electron.ts'
import { mayNavigate, mayRequest } from './rules.ts'
import { switches } from './switches.ts'

/** Before Chromium starts: sandbox for every page, switches, the app's scheme, crash dumps that stay here. */
export const lockProcess = ({ app, crashReporter, protocol }: Electron): void => {
  app.enableSandbox()
  for (const [name, value] of switches) {
    if (value === undefined) app.commandLine.appendSwitch(name)
    else app.commandLine.appendSwitch(name, value)
  }
  // Neither bypassCSP nor corsEnabled nor allowServiceWorkers.
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  app.setPath('crashDumps', join(app.getPath('userData'), 'crashes'))
  crashReporter.start({ uploadToServer: false })
}

/** Electron grants every permission by default: here none is, and no request leaves but the page's own. */
export const lockSession = (own: Session): void => {
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  own.setDevicePermissionHandler(() => false)
  own.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (request, answer) =>
    answer({ cancel: !mayRequest(request) }),
  )
  // Chromium would fetch dictionaries.
  own.setSpellCheckerEnabled(false)
  own.on('will-download', (event) => event.preventDefault())
}

/** Every web contents there will ever be: no second window, no webview, no way to another page. */
export const lockContents = (contents: WebContents): void => {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!mayNavigate(event)) event.preventDefault()
  })
  // The app's protocol never redirects.
  contents.on('will-redirect', (event) => event.preventDefault())
}
