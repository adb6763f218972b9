// SPDX-License-Identifier: Apache-2.0
import type { BrowserWindowConstructorOptions } from 'electron'

/** The one set of window options (Electron's checklist 1–4, 6, 8–10): no Node in the page, isolated, sandboxed. */
export const windowOptions = (preload: string): BrowserWindowConstructorOptions =>
  Object.freeze({
    width: 1440,
    height: 900,
    minWidth: 640,
    show: false,
    webPreferences: Object.freeze({
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    }),
  })
