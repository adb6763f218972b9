// SPDX-License-Identifier: Apache-2.0
/** The port that the preload hands over; the screens will speak to the station through it. */
export const stationPort = (): Promise<MessagePort> =>
  new Promise((resolve) => {
    window.addEventListener('message', (event: MessageEvent<{ kind?: string } | null>) => {
      const [port] = event.ports
      if (event.source === window && event.data?.kind === 'station-port' && port !== undefined) resolve(port)
    })
  })
