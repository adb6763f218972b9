// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { switches } from '../../main/shell/switches.ts'
import { windowOptions } from '../../main/shell/window-options.ts'
import { sharedBrowser } from '../shell/chromium.ts'
import { askForPort, callThrough, openEmptyApp, seenBy, watchPorts } from '../shell/fixture.ts'
import { builtPreload } from '../shell/preload-world.ts'
import type { StandInUtility } from '../shell/station-child.ts'

const builtPage = join(import.meta.dirname, '../../out/renderer')

/** Ports below this number are the page's; above are the tests' own. */
const pagePorts = 1_000_000
const portsOf = (station: StandInUtility | undefined, kind: 'open' | 'close'): number[] =>
  (station?.said ?? []).flatMap((frame) =>
    'kind' in frame && frame.kind === kind && 'port' in frame && Number(frame.port) < pagePorts
      ? [Number(frame.port)]
      : [],
  )

describe('the shell', () => {
  it('shows the page, which asks for nothing outside and breaks no rule of its policy', async () => {
    const { page, observed } = await openEmptyApp()
    expect(await page.locator('h1').textContent()).toBe('Airlock')
    expect(await page.locator('html').getAttribute('data-script')).toBe('ran')
    expect(observed.requests).toEqual(
      ['index.html', 'page.css', 'page.js'].map((name) => ({ url: `app://airlock/${name}`, allowed: true })),
    )
    expect(observed.violations).toEqual([])
  })

  it('holds for the page of the app as it was built', async () => {
    const { page, observed } = await openEmptyApp({ pageFolder: builtPage })
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(observed.requests.filter(({ url, allowed }) => !allowed || !url.startsWith('app://airlock/'))).toEqual([])
    expect(observed.requests.length).toBeGreaterThan(2)
    expect(observed.violations).toEqual([])
    expect(await page.locator('meta[name=csp-nonce]').getAttribute('content')).toMatch(/^[A-Za-z0-9+/]{24}$/)
  })

  it('locks the process down before anything else, and the session and the window before the page', async () => {
    const { observed } = await openEmptyApp()
    const names = observed.calls.map(([name]) => name).filter((name) => name !== 'appendSwitch')
    expect(names).toEqual([
      'enableSandbox',
      'registerSchemesAsPrivileged',
      'setPath',
      'crashReporter',
      'requestSingleInstanceLock',
      'whenReady',
      'handle',
      'handle',
      'permissionRequest',
      'permissionCheck',
      'devicePermission',
      'beforeRequest',
      'setSpellCheckerEnabled',
      'setApplicationMenu',
      'BrowserWindow',
      'windowOpen',
      'setWebRTCIPHandlingPolicy',
      'show',
    ])
    const switched = observed.calls.filter(([name]) => name === 'appendSwitch').map(([, ...words]) => words)
    expect(switched).toEqual(switches)
    const options = observed.calls.find(([name]) => name === 'BrowserWindow')?.[1]
    expect(options).toEqual(windowOptions(builtPreload))
  })

  it('refuses every permission, every device and every download', async () => {
    const { observed } = await openEmptyApp()
    const { handlers } = observed
    const names = ['media', 'geolocation', 'notifications', 'midi', 'pointerLock', 'fullscreen', 'openExternal', 'usb']
    const more = [
      'clipboard-read',
      'clipboard-write',
      'serial',
      'hid',
      'display-capture',
      'storage-access',
      'window-management',
      'unknown',
    ]
    type Request = (contents: null, name: string, answer: (granted: boolean) => void) => void
    for (const name of [...names, ...more]) {
      const answers: boolean[] = []
      const ask = handlers.get('permissionRequest') as unknown as Request
      ask(null, name, (granted) => answers.push(granted))
      expect([name, ...answers]).toEqual([name, false])
      expect((handlers.get('permissionCheck') as unknown as (...words: unknown[]) => boolean)(null, name, '')).toBe(
        false,
      )
    }
    expect(
      (handlers.get('devicePermission') as unknown as (details: object) => boolean)({ deviceType: 'serial' }),
    ).toBe(false)
    let prevented = false
    const download = handlers.get('will-download') as unknown as (event: { preventDefault(): void }) => void
    download({ preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
  })

  it('leaves nothing of its own in the page: the port comes as a message', async () => {
    const { page } = await openEmptyApp()
    const plain = await (await sharedBrowser()).newContext()
    await plain.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
    const other = await plain.newPage()
    await other.goto('https://airlock.invalid/index.html')
    const names = (own: Page): Promise<string[]> => own.evaluate('Reflect.ownKeys(globalThis).map(String)')
    const known = new Set(await names(other))
    expect((await names(page)).filter((name) => !known.has(name))).toEqual([])
    expect(await page.evaluate(`typeof require + typeof process + typeof electron`)).toBe('undefined'.repeat(3))
    await plain.close()
  })

  it('hands the page a port on which the station answers', async () => {
    const { page } = await openEmptyApp()
    await watchPorts(page)
    const port = await askForPort(page)
    expect(await callThrough(page, port, 'station.status')).toMatchObject({
      kind: 'result',
      result: { state: 'setup' },
    })
  })

  it('closes the port before when a page asks for another', async () => {
    const { page, observed } = await openEmptyApp()
    await watchPorts(page)
    const first = await askForPort(page)
    const second = await askForPort(page)
    await expect.poll(() => seenBy(page).then(({ closed }) => closed)).toContain(first)
    expect(await callThrough(page, second, 'station.status')).toMatchObject({ kind: 'result' })
    expect(portsOf(observed.stations[0], 'open')).toEqual([1, 2, 3])
    await expect.poll(() => portsOf(observed.stations[0], 'close')).toEqual([1, 2])
  })

  it('gives a page that was loaded again a port of its own, and closes the one before', async () => {
    const { page, observed } = await openEmptyApp()
    await page.evaluate('location.reload()')
    await expect.poll(() => portsOf(observed.stations[0], 'open')).toEqual([1, 2])
    await expect.poll(() => portsOf(observed.stations[0], 'close')).toEqual([1])
    await watchPorts(page)
    expect(await callThrough(page, await askForPort(page), 'station.status')).toMatchObject({ kind: 'result' })
  })

  it('tells the page when its station is gone, starts another, and connects the page that asks', async () => {
    const { page, observed, station } = await openEmptyApp()
    await watchPorts(page)
    const port = await askForPort(page)
    await callThrough(page, port, 'station.status')
    process.kill(station.pid, 'SIGKILL')
    await expect.poll(() => seenBy(page).then(({ closed }) => closed)).toContain(port)
    await expect.poll(() => seenBy(page).then(({ lost }) => lost)).toEqual(['station.lost'])
    const next = await askForPort(page)
    expect(await callThrough(page, next, 'station.status')).toMatchObject({
      kind: 'result',
      result: { state: 'setup' },
    })
    expect(observed.stations).toHaveLength(2)
  })

  it('comes forward when it is started again, and opens no second window', async () => {
    const { observed } = await openEmptyApp()
    observed.app.emit('second-instance', {}, ['airlock', '--data', '/elsewhere'])
    const names = observed.calls.map(([name]) => name)
    expect(names.filter((name) => name === 'BrowserWindow')).toHaveLength(1)
    expect(names.at(-1)).toBe('focus')
  })

  it('ends its station in good order before it ends itself', async () => {
    const app = await openEmptyApp()
    const { exited } = app.station
    await app.station.connect().call('station.status', {})
    await app.close()
    expect(await exited).toBe(0)
    expect(await app.observed.exited).toBe(0)
  })
})
