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
  const seen = { reloads: 0, shown: 0, told: [] as unknown[], restored: 0 }
  const contents = Object.assign(new EventEmitter(), {
    ipc: new EventEmitter(),
    postMessage: (_channel: string, _message: unknown, ports: StandInPort[]) => void given.push(...ports),
    send: (...words: unknown[]) => void seen.told.push(words),
    reload: () => void (seen.reloads += 1),
  })
  class BrowserWindow extends EventEmitter {
    readonly webContents = contents
    show = (): void => void (seen.shown += 1)
    isMinimized = (): boolean => true
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
  const page = openWindow({ BrowserWindow, MessageChannelMain } as unknown as Electron, '/preload.js', connect)
  return { page, contents, given, seen, ends, closed: () => closed }
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

  it('loads a page again that crashed, a few times, and takes its port', async () => {
    const { contents, seen, closed } = makeWindow()
    for (let round = 0; round < 5; round += 1) {
      contents.emit('did-finish-load')
      contents.emit('render-process-gone', {}, { reason: 'crashed' })
    }
    expect(seen.reloads).toBe(3)
    await expect.poll(closed).toBe(5)
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
