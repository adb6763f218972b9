// SPDX-License-Identifier: Apache-2.0
/**
 * Hands the page its port to the station, says when the station is gone, and passes on the wish for another port.
 * Nothing else: no Electron object, no path and no event reaches the page.
 */
import { ipcRenderer } from 'electron'

ipcRenderer.on('station-port', (event) => {
  const [port] = event.ports
  if (port !== undefined) window.postMessage({ kind: 'station-port' }, window.origin, [port])
})

ipcRenderer.on('station-lost', (_event, code: unknown) => {
  window.postMessage({ kind: 'station-lost', code: String(code) }, window.origin)
})

const asksForPort = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'station-port-please'

window.addEventListener('message', (event) => {
  if (event.source === window && asksForPort(event.data)) ipcRenderer.send('station-port-please')
})
