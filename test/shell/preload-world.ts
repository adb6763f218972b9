// SPDX-License-Identifier: Apache-2.0
/**
 * The preload's own world in a page: the built preload runs in an isolated world (as under Electron's context isolation),
 * with an `electron` made of a binding that only this world has.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { z } from 'zod'

const world = 'airlock-preload'

/** What the preload's world says. */
const wordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('send'), channel: z.string(), word: z.unknown().optional() }),
  z.object({ kind: z.literal('message'), port: z.number(), data: z.unknown() }),
  z.object({ kind: z.literal('close'), port: z.number() }),
  z.object({ kind: z.literal('violation'), directive: z.string(), blocked: z.string() }),
])
export type Word = z.infer<typeof wordSchema>

/** What is said to it: a message of the shell, perhaps with a new port; a message on a port; a port's end. */
export type Order =
  | { kind: 'ipc'; channel: string; message: unknown; port?: number }
  | { kind: 'message'; port: number; data: unknown }
  | { kind: 'close'; port: number }

export type PreloadWorld = {
  order(order: Order): void
  onWord(listener: (word: Word) => void): void
  /** The page's document is another one: whatever belonged to the one before is gone. */
  onGone(listener: () => void): void
  /** Ends the page's process, as a fault of its own would. */
  crash(): void
}

/** Runs in the preload's world, before any script of the page; only in the top frame, as Electron does. */
const standIn = `(preload => {
  if (window !== window.top) return
  const tell = word => airlockTell(JSON.stringify(word))
  const listeners = {}, ports = new Map()
  const electron = { ipcRenderer: {
    on: (channel, listener) => void (listeners[channel] ??= []).push(listener),
    send: (channel, word) => tell({ kind: 'send', channel, word }),
  } }
  const openPort = id => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => tell({ kind: 'message', port: id, data })
    port1.addEventListener('close', () => { if (ports.delete(id)) tell({ kind: 'close', port: id }) })
    ports.set(id, port1)
    return port2
  }
  globalThis.airlockOrder = text => {
    const order = JSON.parse(text)
    if (order.kind === 'message') ports.get(order.port)?.postMessage(order.data)
    else if (order.kind === 'close') { const port = ports.get(order.port); ports.delete(order.port); port?.close() }
    else {
      const event = { ports: order.port === undefined ? [] : [openPort(order.port)] }
      for (const listener of listeners[order.channel] ?? []) listener(event, order.message)
    }
  }
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    tell({ kind: 'violation', directive: effectiveDirective, blocked: blockedURI }))
  preload(name => { if (name === 'electron') return electron; throw new Error(name) })
})`

/** Puts the preload into every document that the page will show. */
export const installPreload = async (page: Page, cdp: CDPSession, preloadFile: string): Promise<PreloadWorld> => {
  const wordListeners: ((word: Word) => void)[] = []
  const goneListeners: (() => void)[] = []
  const mainFrame = (await cdp.send('Page.getFrameTree')).frameTree.frame.id
  let context: number | undefined
  let waiting: Order[] = []

  const send = (executionContextId: number, order: Order): void => {
    const words = { functionDeclaration: 'function (text) { airlockOrder(text) }', executionContextId }
    // A document that goes while it is spoken to does not answer; its ports are closed by its end.
    cdp
      .send('Runtime.callFunctionOn', { ...words, arguments: [{ value: JSON.stringify(order) }] })
      .catch(() => undefined)
  }
  cdp.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
    if (name !== world || (auxData as { frameId?: string } | undefined)?.frameId !== mainFrame) return
    context = id
    for (const order of waiting.splice(0)) send(id, order)
  })
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId !== context) return
    context = undefined
    waiting = []
    for (const listener of goneListeners) listener()
  })
  cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== 'airlockTell' || executionContextId !== context) return
    const word = wordSchema.parse(JSON.parse(payload))
    for (const listener of wordListeners) listener(word)
  })
  await cdp.send('Page.enable')
  await cdp.send('Runtime.addBinding', { name: 'airlockTell', executionContextName: world })
  await cdp.send('Runtime.enable')
  const preload = `function (require) {${readFileSync(preloadFile, 'utf8')}}`
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { worldName: world, source: `${standIn}(${preload})` })
  return {
    order: (order) => (context === undefined ? void waiting.push(order) : send(context, order)),
    onWord: (listener) => void wordListeners.push(listener),
    onGone: (listener) => void goneListeners.push(listener),
    crash: () => void cdp.send('Page.crash').catch(() => undefined),
  }
}

/** The built preload. */
export const builtPreload = join(import.meta.dirname, '../../out/preload/preload.js')
