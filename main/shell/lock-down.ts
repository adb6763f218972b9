// SPDX-License-Identifier: Apache-2.0
/** Electron's security checklist, item by item, with the answers of `rules.ts`. */
import type { Session, WebContents } from 'electron'
import { join } from 'node:path'
import type { Electron } from './electron.ts'
import type { Incidents } from './incidents.ts'
import { mayHave, mayNavigate, mayRequest } from './rules.ts'
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

/** Electron grants every permission by default: here none is but copying, and no request leaves but the page's own. */
export const lockSession = (own: Session, incidents: Incidents): void => {
  own.setPermissionRequestHandler((_contents, permission, answer) => {
    if (!mayHave(permission)) incidents.note('refused', 'permission', permission)
    answer(mayHave(permission))
  })
  own.setPermissionCheckHandler((_contents, permission) => mayHave(permission))
  own.setDevicePermissionHandler(() => false)
  own.webRequest.onBeforeRequest({ urls: ['<all_urls>'] }, (request, answer) => {
    const cancel = !mayRequest(request)
    if (cancel) incidents.note('refused', 'request', request.url)
    answer({ cancel })
  })
  // Chromium would fetch dictionaries.
  own.setSpellCheckerEnabled(false)
  own.on('will-download', (event) => {
    incidents.note('refused', 'download')
    event.preventDefault()
  })
}

/** Every web contents there will ever be: no second window, no webview, no way to another page. */
export const lockContents = (contents: WebContents, incidents: Incidents): void => {
  const prevent = (event: { url: string; preventDefault(): void }): void => {
    incidents.note('refused', 'navigation', event.url)
    event.preventDefault()
  }
  contents.setWindowOpenHandler(({ url }) => {
    incidents.note('refused', 'window', url)
    return { action: 'deny' }
  })
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event)) prevent(event)
  })
  contents.on('will-frame-navigate', (event) => {
    if (mayNavigate(event)) return
    // The top frame's is told of above.
    if (event.isMainFrame) event.preventDefault()
    else prevent(event)
  })
  // The app's protocol never redirects.
  contents.on('will-redirect', prevent)
}
