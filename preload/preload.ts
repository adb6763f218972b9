// SPDX-License-Identifier: Apache-2.0
/** Hands the page its one port to the station, and nothing else: no Electron object, no path, no event. */
import { ipcRenderer } from 'electron'

ipcRenderer.on('station', (event) => {
  const [port] = event.ports
  if (port !== undefined) window.postMessage({ kind: 'station-port' }, window.origin, [port])
})
