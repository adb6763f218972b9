// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { tempFolder } from '../support/temp-folder.ts'
import { openApp, type App, type AppOptions } from './open-app.ts'

/** The app with a fresh station and a page with nothing on it: what is tested is what holds it. */
export const openEmptyApp = (options: Partial<AppOptions> = {}): Promise<App> =>
  openApp({
    data: join(tempFolder(), 'station'),
    drives: [],
    ports: [],
    passphrase: 'a passphrase for tests',
    pageFolder: join(import.meta.dirname, 'page'),
    ...options,
  })

/** What a page got: its ports, which of them were closed, the codes with which stations were lost. */
type Seen = { ports: MessagePort[]; closed: number[]; lost: string[] }
declare global {
  var seen: Seen
}

/** Keeps what comes to a page from now on in `globalThis.seen`; the page's own port came before. */
export const watchPorts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    globalThis.seen = { ports: [], closed: [], lost: [] }
    addEventListener('message', (event: MessageEvent<{ kind?: string; code?: string }>) => {
      if (event.data.kind === 'station-lost') seen.lost.push(event.data.code ?? '')
      const [port] = event.ports
      if (event.data.kind !== 'station-port' || port === undefined) return
      const index = seen.ports.push(port) - 1
      port.addEventListener('close', () => seen.closed.push(index))
      port.start()
    })
  })

/** Asks for a port as the page would, and gives its place in `seen.ports` when it is there. */
export const askForPort = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const before = seen.ports.length
    postMessage({ kind: 'station-port-please' }, origin)
    while (seen.ports.length === before) await new Promise((resolve) => setTimeout(resolve, 10))
    return before
  })

/** Makes a call without parameters through a port of the page; gives the station's reply. */
export const callThrough = (page: Page, port: number, name: string): Promise<unknown> =>
  page.evaluate(
    ([index, call]) =>
      new Promise<unknown>((resolve) => {
        const own = seen.ports[index]
        own?.addEventListener('message', ({ data }: MessageEvent<unknown>) => resolve(data), { once: true })
        own?.postMessage({ verb: 'call', id: 1, name: call, params: {} })
      }),
    [port, name] as const,
  )
