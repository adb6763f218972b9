// SPDX-License-Identifier: Apache-2.0
import type { BrowserWindowConstructorOptions } from 'electron'

/**
 * The one set of window options (Electron's checklist 1–4, 6, 8–11): no Node in the page, isolated, sandboxed, nothing
 * experimental. Every option that matters is written down, whatever the default of this Electron is.
 */
export const windowOptions = (preload: string): BrowserWindowConstructorOptions =>
  Object.freeze({
    title: 'Airlock',
    width: 1366,
    height: 768,
    minWidth: 640,
    minHeight: 480,
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
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    }),
  })
