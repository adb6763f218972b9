// SPDX-License-Identifier: Apache-2.0
import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { Electron } from '../../../main/shell/electron.ts'
import { openWindow } from '../../../main/shell/open-window.ts'
import { portPair, type Port } from '../../../shared/rpc/port.ts'
import { StandInPort } from '../../shell/message-channel.ts'

/** A window without a page: its events come from the test. */
const makeWindow = () => {
  const given: StandInPort[] = []
  const seen = { reloads: 0, crashes: 0, shown: 0, told: [] as unknown[], restored: 0 }
  const contents = Object.assign(new EventEmitter(), {
    ipc: new EventEmitter(),
    postMessage: (_channel: string, _message: unknown, ports: StandInPort[]) => void given.push(...ports),
    send: (...words: unknown[]) => void seen.told.push(words),
    reload: () => void (seen.reloads += 1),
    forcefullyCrashRenderer: () => void (seen.crashes += 1),
  })
  class BrowserWindow extends EventEmitter {
    readonly webContents = contents
    show = (): void => void (seen.shown += 1)
    isMinimized = (): boolean => true
    isDestroyed = (): boolean => false
    restore = (): void => void (seen.restored += 1)
    focus = (): void => undefined
  }
  const MessageChannelMain = class {
    constructor() {
      return StandInPort.pair()
    }
  }
  const ends: Port[] = []
  let closed = 0
  const connect = (): Port => {
    const [own, other] = portPair(structuredClone)
    other.onClose(() => (closed += 1))
    ends.push(other)
    return own
  }
  const clock = { now: 0 }
  const waits: { ms: number; next: () => void }[] = []
  const told: unknown[] = []
  const page = openWindow({ BrowserWindow, MessageChannelMain } as unknown as Electron, {
    preload: '/preload.js',
    connect,
    incidents: { note: (...words) => void told.push(words), tell: () => Promise.resolve() },
    now: () => clock.now,
    after: (ms, next) => void waits.push({ ms, next }),
  })
  return { page, contents, given, seen, ends, clock, waits, told, closed: () => closed }
}

describe('the window', () => {
  it('is shown when there is something to see', () => {
    const { page, seen } = makeWindow()
    expect(seen.shown).toBe(0)
    page.window.emit('ready-to-show')
    expect(seen.shown).toBe(1)
  })

  it('carries messages both ways between the page and the station', async () => {
    const { contents, given, ends } = makeWindow()
    contents.emit('did-finish-load')
    const [atPage, atStation] = [given[0], ends[0]]
    const heard: unknown[] = []
    atStation?.onMessage((message) => heard.push(message))
    atPage?.on('message', ({ data }: { data: unknown }) => heard.push(data))
    atPage?.start()
    atPage?.postMessage({ from: 'page' })
    atStation?.post({ from: 'station' })
    await expect.poll(() => heard).toHaveLength(2)
    expect(heard).toEqual(expect.arrayContaining([{ from: 'page' }, { from: 'station' }]))
  })

  it('closes the station port of a page that closes its own, or goes', async () => {
    const { contents, given, closed } = makeWindow()
    contents.emit('did-finish-load')
    given[0]?.close()
    await expect.poll(closed).toBe(1)
    contents.emit('did-finish-load')
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    await expect.poll(closed).toBe(2)
  })

  it('keeps the port when only a place in the page is navigated to', async () => {
    const { contents, closed } = makeWindow()
    contents.emit('did-finish-load')
    contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true })
    contents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false })
    await new Promise((resolve) => setImmediate(resolve))
    expect(closed()).toBe(0)
  })

  it('gives ports to the page that asks, and to nobody else', () => {
    const { contents, given } = makeWindow()
    const ask = (senderFrame: unknown): boolean => contents.ipc.emit('station-port-please', { senderFrame })
    ask(null)
    ask({ origin: 'app://airlock', parent: {} })
    ask({ origin: 'https://example.invalid', parent: null })
    expect(given).toHaveLength(0)
    ask({ origin: 'app://airlock', parent: null })
    expect(given).toHaveLength(1)
  })

  it('loads a page again that crashed, at once, then with waits that grow, and says so each time', async () => {
    const { contents, seen, closed, clock, waits, told } = makeWindow()
    const crash = (): void => {
      contents.emit('did-finish-load')
      contents.emit('render-process-gone', {}, { reason: 'crashed' })
    }
    crash()
    expect([seen.reloads, waits]).toEqual([1, []])
    for (let round = 0; round < 4; round += 1) crash()
    expect(waits.map(({ ms }) => ms)).toEqual([250, 500, 1000, 2000])
    expect(seen.reloads).toBe(1)
    for (const { next } of waits) next()
    expect(seen.reloads).toBe(5)
    await expect.poll(closed).toBe(5)
    expect(told).toEqual(Array.from({ length: 5 }, () => ['lost', 'page', 'crashed']))
    clock.now = 600_000
    crash()
    expect(seen.reloads).toBe(6)
  })

  it('ends a page that hangs for long, and only such a one', () => {
    const { page, seen, waits, told } = makeWindow()
    page.window.emit('unresponsive')
    page.window.emit('responsive')
    waits[0]?.next()
    expect([seen.crashes, told]).toEqual([0, []])
    page.window.emit('unresponsive')
    waits[1]?.next()
    expect([seen.crashes, told]).toEqual([1, [['lost', 'page', 'unresponsive']]])
  })

  it('knows the language of its page, from the page alone', () => {
    const { page, contents } = makeWindow()
    expect(page.language()).toBeUndefined()
    contents.ipc.emit('page-language', { senderFrame: { origin: 'https://example.invalid', parent: null } }, 'de')
    expect(page.language()).toBeUndefined()
    contents.ipc.emit('page-language', { senderFrame: { origin: 'app://airlock', parent: null } }, 'de')
    expect(page.language()).toBe('de')
    contents.ipc.emit('page-language', { senderFrame: { origin: 'app://airlock', parent: null } }, { odd: true })
    expect(page.language()).toBe('en')
  })

  it('leaves a page alone that ended by itself', () => {
    const { contents, seen } = makeWindow()
    contents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(seen.reloads).toBe(0)
  })

  it('tells the page of a lost station by its code, and comes forward when asked', () => {
    const { page, seen } = makeWindow()
    page.stationLost('station.already-running')
    page.focus()
    expect(seen.told).toEqual([['station-lost', 'station.already-running']])
    expect(seen.restored).toBe(1)
  })
})
