// SPDX-License-Identifier: Apache-2.0
import type { MessagePortMain } from 'electron'
import type { Port } from '../../shared/rpc/port.ts'

/** Ties a port of the station to the shell's end of the page's port: when one closes, so does the other. */
export const tiePorts = (station: Port, page: MessagePortMain): void => {
  station.onMessage((message) => page.postMessage(message))
  station.onClose(() => page.close())
  page.on('message', ({ data }) => station.post(data))
  page.on('close', () => station.close())
  page.start()
}
