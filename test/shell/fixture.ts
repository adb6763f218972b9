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

/**
 * What runs in the page is text here: a page's globals are not those of a test. `seen` keeps what comes to the page from
 * now on: its ports, the places of those that were closed, the codes with which stations were lost.
 */
const watching = `
  globalThis.seen = { ports: [], closed: [], lost: [] }
  addEventListener('message', ({ data, ports: [port] }) => {
    if (data.kind === 'station-lost') seen.lost.push(data.code)
    if (data.kind !== 'station-port') return
    const place = seen.ports.push(port) - 1
    port.addEventListener('close', () => seen.closed.push(place))
    port.start()
  })`

/** Starts watching; the page's own port came before. */
export const watchPorts = (page: Page): Promise<void> => page.evaluate(watching)

/** What the page saw since `watchPorts`. */
export const seenBy = (page: Page): Promise<{ closed: number[]; lost: string[] }> =>
  page.evaluate('({ closed: seen.closed, lost: seen.lost })')

/** Asks for a port as the page would, and gives its place in `seen.ports` when it is there. */
export const askForPort = (page: Page): Promise<number> =>
  page.evaluate(`(async () => {
    const before = seen.ports.length
    postMessage({ kind: 'station-port-please' }, origin)
    while (seen.ports.length === before) await new Promise(resolve => setTimeout(resolve, 10))
    return before
  })()`)

/** Makes a call without parameters through a port of the page; gives the station's reply. */
export const callThrough = (page: Page, place: number, name: string): Promise<unknown> =>
  page.evaluate(`new Promise(resolve => {
    const port = seen.ports[${place}]
    port.addEventListener('message', ({ data }) => resolve(data), { once: true })
    port.postMessage({ verb: 'call', id: 1, name: ${JSON.stringify(name)}, params: {} })
  })`)
