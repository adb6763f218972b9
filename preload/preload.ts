// SPDX-License-Identifier: Apache-2.0
/**
 * Hands the page its port to the station, says when the station is gone, and passes on two words of the page: the wish for
 * another port, and the language that it speaks. Nothing else: no Electron object, no path and no event reaches the page.
 */
import { ipcRenderer } from 'electron'

ipcRenderer.on('station-port', (event) => {
  const [port] = event.ports
  if (port !== undefined) window.postMessage({ kind: 'station-port' }, window.origin, [port])
})

ipcRenderer.on('station-lost', (_event, code: unknown) => {
  window.postMessage({ kind: 'station-lost', code: String(code) }, window.origin)
})

const isWord = (data: unknown): data is { kind: unknown; language?: unknown } =>
  typeof data === 'object' && data !== null && 'kind' in data

window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
  if (source !== window || !isWord(data)) return
  if (data.kind === 'station-port-please') ipcRenderer.send('station-port-please')
  if (data.kind === 'page-language') ipcRenderer.send('page-language', String(data.language).slice(0, 16))
})
