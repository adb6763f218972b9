// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const sources = ['main/shell', 'preload'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ file: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })),
)
const filesWith = (pattern: RegExp): string[] =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

describe('the sources of the shell', () => {
  it('make windows in one place, with the one set of options', () => {
    expect(filesWith(/new (BrowserWindow|WebContentsView|BaseWindow|BrowserView)\b/)).toEqual([
      'main/shell/open-window.ts',
    ])
    expect(sources.find(({ file }) => file.endsWith('open-window.ts'))?.text).toContain(
      'new BrowserWindow(windowOptions(preload))',
    )
  })

  it.each([
    ['open nothing outside the app', /openExternal|openPath|showItemInFolder|\bshell\b\s*[,}]/],
    ['run no text in the page', /executeJavaScript|insertCSS|insertText/],
    ['load nothing but the page', /loadFile|\.loadURL\((?!pageUrl\))/],
    ['open no developer tools', /openDevTools|toggleDevTools|remote-debugging/],
    ['weaken no scheme', /bypassCSP|corsEnabled: true|allowServiceWorkers: true|interceptFileProtocol/],
    ['hand out nothing by a bridge', /contextBridge|exposeInMainWorld/],
    ['upload no crash', /uploadToServer: true|submitURL/],
    ['switch no guard off', /(sandbox|contextIsolation|webSecurity): false|no-sandbox|disable-web-security|setProxy/],
  ])('%s', (_promise, pattern) => {
    // Comments may name what is not done.
    const faults = sources.filter(({ text }) => pattern.test(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '')))
    expect(faults.map(({ file }) => file)).toEqual([])
  })

  it('import Electron in two files only, and elsewhere its types', () => {
    expect(filesWith(/^import (?!type).*from 'electron'$/m).sort()).toEqual([
      'main/shell/main.ts',
      'preload/preload.ts',
    ])
  })
})
