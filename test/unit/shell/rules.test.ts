// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { mayNavigate, mayRequest, maySpeak } from '../../../main/shell/rules.ts'
import { windowOptions } from '../../../main/shell/window-options.ts'

describe('the rules of the shell', () => {
  it('let requests to the page through, and images that the page carries in itself', () => {
    expect(mayRequest({ url: 'app://airlock/assets/a.js', resourceType: 'script' })).toBe(true)
    expect(mayRequest({ url: 'data:image/svg+xml,<svg/>', resourceType: 'image' })).toBe(true)
    for (const url of [
      'data:text/html,x',
      'blob:app://airlock/1',
      'https://airlock/',
      'app://airlock',
      'devtools://x/',
    ])
      expect([url, mayRequest({ url, resourceType: 'mainFrame' })]).toEqual([url, false])
    expect(mayRequest({ url: 'data:image/png,x', resourceType: 'mainFrame' })).toBe(false)
  })

  it('let the page load itself again, and go nowhere else', () => {
    expect(mayNavigate({ url: 'app://airlock/index.html', isMainFrame: true })).toBe(true)
    expect(mayNavigate({ url: 'app://airlock/index.html', isMainFrame: false })).toBe(false)
    expect(mayNavigate({ url: 'app://airlock/other.html', isMainFrame: true })).toBe(false)
  })

  it('hear the top frame of the page, no frame inside it, no other page, and no frame that is gone', () => {
    expect(maySpeak({ origin: 'app://airlock', parent: null })).toBe(true)
    expect(maySpeak({ origin: 'app://airlock', parent: {} })).toBe(false)
    expect(maySpeak({ origin: 'https://airlock', parent: null })).toBe(false)
    expect(maySpeak(null)).toBe(false)
  })

  it('make a window that nobody can change', () => {
    const options = windowOptions('/preload.js')
    expect(options.webPreferences).toEqual({
      preload: '/preload.js',
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
    })
    expect(Object.isFrozen(options) && Object.isFrozen(options.webPreferences)).toBe(true)
  })
})
