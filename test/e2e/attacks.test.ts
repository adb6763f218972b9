// SPDX-License-Identifier: Apache-2.0
import { createSocket } from 'node:dgram'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chromiumPath, mayUseSandbox } from '../shell/chromium.ts'
import { openEmptyApp } from '../shell/fixture.ts'
import { tempFolder } from '../support/temp-folder.ts'

const hostilePage = join(import.meta.dirname, 'hostile-page')

/** A server on the loopback that the attacks try to reach, over HTTP, WebSocket and UDP; it keeps what arrived. */
const openTarget = async () => {
  const arrived = new Set<string>()
  const pages = tempFolder()
  const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }
  const server = createServer(({ url = '' }, response) => {
    const type = types[extname(url)]
    if (!url.startsWith('/page/') || type === undefined) {
      arrived.add(url.slice(1))
      return response.writeHead(404).end()
    }
    return response.setHeader('content-type', type).end(readFileSync(join(pages, url.slice(6))))
  })
  server.on('connection', () => arrived.add('connection'))
  server.on('upgrade', ({ url = '' }, socket) => {
    arrived.add(url.slice(1))
    socket.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const udp = createSocket('udp4', () => arrived.add('stun'))
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    udp.close()
  })
  cpSync(hostilePage, pages, { recursive: true })
  const script = join(pages, 'attacks.js')
  const origin = `http://127.0.0.1:${port}`
  const text = readFileSync(script, 'utf8').replace('__SERVER__', origin)
  writeFileSync(script, text.replace('__UDP__', `127.0.0.1:${udp.address().port}`))
  return { arrived, pages, origin }
}

type Kind = 'code' | 'requests' | 'exits'

/** The attacks that the page knows, by kind. */
const attacksOf = (page: Page): Promise<Record<Kind, string[]>> => page.evaluate('attacks')
const start = (page: Page, ...detail: [Kind, string]): Promise<void> =>
  page.evaluate(`void document.dispatchEvent(new CustomEvent('attack', { detail: ${JSON.stringify(detail)} }))`)
const resultOf = (page: Page, name: string): Promise<string | undefined> => page.evaluate(`results.${name}`)

/** One attack after the other, each to its end. */
const attack = async (page: Page, kind: Kind): Promise<Record<string, string | undefined>> => {
  const results: Record<string, string | undefined> = {}
  for (const name of (await attacksOf(page))[kind]) {
    await start(page, kind, name)
    await expect.poll(() => resultOf(page, name)).toBeDefined()
    results[name] = await resultOf(page, name)
  }
  return results
}

/** Long enough for whatever is still on its way. */
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500))
const marks = (page: Page): Promise<string> => page.evaluate('document.documentElement.className')

describe('a page that was taken over', () => {
  it('runs no code from text', async () => {
    const { pages, arrived } = await openTarget()
    const { page, observed } = await openEmptyApp({ pageFolder: pages })
    expect(await attack(page, 'code')).toMatchInlineSnapshot(`
      {
        "blobWorker": "TypeError",
        "eval": "EvalError",
        "frameDocument": "TypeError",
        "function": "EvalError",
        "handler": "TypeError",
        "importData": "TypeError",
        "innerHtml": "TypeError",
        "policy": "TypeError",
        "scriptSource": "TypeError",
        "scriptText": "TypeError",
        "timeout": "TypeError",
        "write": "TypeError",
      }
    `)
    await quiet()
    expect(await marks(page)).toBe('')
    expect(await page.evaluate(`getComputedStyle(document.documentElement).getPropertyValue('--inline-style')`)).toBe(
      '',
    )
    expect([...arrived]).toEqual([])
    expect(new Set(observed.violations.map(({ directive }) => directive))).toMatchInlineSnapshot(`
      Set {
        "script-src-elem",
        "style-src-elem",
        "script-src-attr",
        "style-src-attr",
        "require-trusted-types-for",
        "trusted-types",
      }
    `)
  })

  it('reaches no server', async () => {
    const { pages, arrived } = await openTarget()
    const { page, observed } = await openEmptyApp({ pageFolder: pages })
    expect(await attack(page, 'requests')).toMatchInlineSnapshot(`
      {
        "beacon": "done",
        "events": "done",
        "fetch": "TypeError",
        "font": "NetworkError",
        "frame": "done",
        "image": "done",
        "media": "done",
        "moduleImport": "TypeError",
        "object": "TypeError",
        "ping": "done",
        "prefetch": "done",
        "script": "TypeError",
        "socket": "done",
        "stun": "done",
        "style": "done",
        "worker": "TypeError",
        "xhr": "Error",
      }
    `)
    await quiet()
    expect([...arrived]).toEqual([])
    const through = observed.requests.filter(({ allowed }) => allowed).map(({ url }) => url)
    expect(through).toEqual(['app://airlock/index.html', 'app://airlock/attacks.js'])
  })

  it('stays where it is, and opens no window', async () => {
    const { pages, arrived, origin } = await openTarget()
    const { page, observed } = await openEmptyApp({ pageFolder: pages })
    await attack(page, 'exits')
    await quiet()
    expect([page.url(), await marks(page)]).toEqual(['https://airlock.invalid/index.html', ''])
    expect(page.context().pages()).toHaveLength(1)
    expect([...arrived]).toEqual([])
    expect(observed.prevented).toEqual(
      expect.arrayContaining([
        ...['location', 'replace', 'refresh', 'link'].map((name) => `${origin}/${name}`),
        'app://airlock/attacks.js',
      ]),
    )
  })

  it('would do all of that in a browser without the guards', async () => {
    const { arrived, origin } = await openTarget()
    const browser = await chromium.launch({ executablePath: chromiumPath, chromiumSandbox: mayUseSandbox })
    onTestFinished(() => browser.close())
    const context = await browser.newContext()
    const load = async (): Promise<Page> => {
      const page = await context.newPage()
      await page.goto(`${origin}/page/index.html`)
      return page
    }
    const first = await load()
    const { code, requests, exits } = await attacksOf(first)
    for (const name of code.filter((other) => other !== 'write')) await start(first, 'code', name)
    for (const name of requests) await start(first, 'requests', name)
    // Of the attacks of a page without guards each leaves its mark, sooner or later.
    await expect.poll(async () => (await marks(first)).split(' ').length).toBeGreaterThanOrEqual(14)
    expect((await marks(first)).split(' ').sort()).toMatchInlineSnapshot(`
      [
        "data-script",
        "eval",
        "frameDocument",
        "function",
        "handler",
        "importData",
        "inline-error",
        "inline-handler",
        "inline-script",
        "innerHtml",
        "policy",
        "scriptSource",
        "scriptText",
        "timeout",
      ]
    `)
    // Each of these puts another document in the page's place.
    const written = await load()
    await start(written, 'code', 'write')
    await expect.poll(() => marks(written)).toBe('write')
    for (const name of exits) await start(await load(), 'exits', name)
    const elsewhere = exits.filter((name) => !['ownOther', 'file', 'data', 'script'].includes(name))
    await expect.poll(() => [...requests, ...elsewhere].filter((name) => !arrived.has(name))).toEqual([])
  })
})
