// SPDX-License-Identifier: Apache-2.0
/**
 * Electron as the shell knows it, made of Chromium and Node: the same calls, the same events, in the same order. The
 * scheme `app://airlock` is an intercepted https origin here, for Chromium refuses schemes that it does not know: what
 * Electron does with a scheme's privileges is therefore not exercised, and neither are its own windows, dialogs, menus.
 */
import { EventEmitter } from 'node:events'
import type { BrowserContext, Page, Request, Route } from 'playwright-core'
import type { Electron } from '../../main/shell/electron.ts'
import { StandInPort } from './message-channel.ts'
import { overlayLine, type Overlay } from './overlay.ts'
import type { PreloadWorld } from './preload-world.ts'
import { StandInUtility } from './station-child.ts'

const webOrigin = 'https://airlock.invalid'
const appOrigin = 'app://airlock'
const toApp = (url: string): string => (url.startsWith(`${webOrigin}/`) ? appOrigin + url.slice(webOrigin.length) : url)
const toWeb = (url: string): string => (url.startsWith(`${appOrigin}/`) ? webOrigin + url.slice(appOrigin.length) : url)

/** A request that reached the gate, and what the gate said. */
export type SeenRequest = { url: string; allowed: boolean }

/** What the shell did, for tests to look at. */
export type Observed = {
  /** Calls in order, with what was said. */
  readonly calls: readonly (readonly [name: string, ...words: unknown[]])[]
  readonly requests: readonly SeenRequest[]
  /** Navigations that the shell prevented. */
  readonly prevented: readonly string[]
  readonly violations: readonly { directive: string; blocked: string }[]
  readonly stations: readonly StandInUtility[]
  /** What the page is told in the station's place. */
  readonly overlay: Overlay
  /** The session's handlers, to be asked as Electron would. */
  readonly handlers: ReadonlyMap<string, (...words: never[]) => unknown>
  /** The page was loaded for the first time. */
  readonly loaded: Promise<void>
  /** The app ended. */
  readonly exited: Promise<number>
  /** The button that a person presses in the next dialog. */
  answer: number
  /** Whether the printer takes what it is given. */
  printer: boolean
  /** What was printed or made into a PDF, as PDF. */
  readonly prints: readonly Buffer[]
  readonly app: EventEmitter & { quit(): void }
  readonly window: () => EventEmitter
}

type Ground = {
  readonly context: BrowserContext
  readonly page: Page
  readonly world: PreloadWorld
  readonly userData: string
}

/** An event of Electron's that a listener may prevent. */
const preventable = (details: object) => {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => void (event.defaultPrevented = true),
  }
  return event
}

const settled = <T>() => {
  let settle: (value: T) => void = () => undefined
  const promise = new Promise<T>((resolve) => (settle = resolve))
  return { promise, settle }
}

/** An Electron with one page, for one run of the shell. */
export const createElectron = async (ground: Ground): Promise<{ electron: Electron; observed: Observed }> => {
  const { context, page, world, userData } = ground
  const calls: [string, ...unknown[]][] = []
  const requests: SeenRequest[] = []
  const prevented: string[] = []
  const violations: { directive: string; blocked: string }[] = []
  const stations: StandInUtility[] = []
  const prints: Buffer[] = []
  const handlers = new Map<string, (...words: never[]) => unknown>()
  const schemes = new Map<string, (request: { url: string; method: string }) => Promise<Response> | Response>()
  const loaded = settled<undefined>()
  const exited = settled<number>()
  /** Navigations that the shell itself began: Electron does not ask about those. */
  const begun = new Set<string>()
  const noted =
    (name: string) =>
    (...words: unknown[]): void =>
      void calls.push([name, ...words])
  const kept =
    (name: string) =>
    (...words: unknown[]): void => {
      noted(name)()
      const handler = words.at(-1)
      if (typeof handler === 'function') handlers.set(name, handler as (...words: never[]) => unknown)
    }

  let quitting = false
  const app = Object.assign(new EventEmitter(), {
    enableSandbox: noted('enableSandbox'),
    commandLine: { appendSwitch: noted('appendSwitch') },
    setPath: noted('setPath'),
    getPath: () => userData,
    getLocale: () => 'en-GB',
    requestSingleInstanceLock: () => (noted('requestSingleInstanceLock')(), true),
    whenReady: () => (noted('whenReady')(), Promise.resolve()),
    quit() {
      const event = preventable({})
      app.emit('before-quit', event)
      if (!event.defaultPrevented) app.exit(0)
    },
    exit(code: number) {
      if (quitting) return
      quitting = true
      exited.settle(code)
    },
  })
  const session = {
    setPermissionRequestHandler: kept('permissionRequest'),
    setPermissionCheckHandler: kept('permissionCheck'),
    setDevicePermissionHandler: kept('devicePermission'),
    setSpellCheckerEnabled: noted('setSpellCheckerEnabled'),
    webRequest: { onBeforeRequest: kept('beforeRequest') },
    on: (name: string, listener: (...words: never[]) => unknown) => void handlers.set(name, listener),
  }
  const contents = Object.assign(new EventEmitter(), {
    id: 1,
    session,
    ipc: new EventEmitter(),
    setWindowOpenHandler: kept('windowOpen'),
    setWebRTCIPHandlingPolicy: noted('setWebRTCIPHandlingPolicy'),
    send: (channel: string, message: unknown) => world.order({ kind: 'ipc', channel, message }),
    postMessage: (channel: string, message: unknown, [port]: StandInPort[]) => givePort(channel, message, port),
    // Chromium's own print-out, which a test can read; nobody stands at a printer here.
    print(options: unknown, answer: (printed: boolean, reason: string) => void) {
      noted('print')(options)
      void paper().then(() => answer(observed.printer, observed.printer ? '' : 'no printer'))
    },
    printToPDF: async () => await paper(),
    // A page of Playwright that crashed stays so: what the shell asks for is all that can be seen of it.
    reload: () => (noted('reload')(), void page.reload().catch(() => undefined)),
    forcefullyCrashRenderer: () => world.crash(),
  })
  const paper = async (): Promise<Buffer> => {
    const pdf = await page.pdf({ preferCSSPageSize: true })
    prints.push(pdf)
    return pdf
  }
  let windowMade: EventEmitter | undefined
  const made = (window: EventEmitter): void => {
    windowMade = window
    app.emit('web-contents-created', {}, contents)
  }
  class BrowserWindow extends EventEmitter {
    readonly webContents = contents
    constructor(options: unknown) {
      super()
      noted('BrowserWindow')(options)
      made(this)
    }
    async loadURL(url: string): Promise<void> {
      begun.add(url)
      await page.goto(toWeb(url))
      this.emit('ready-to-show')
      loaded.settle(undefined)
    }
    show(): void {
      noted('show')()
    }
    focus(): void {
      noted('focus')()
    }
    isMinimized(): boolean {
      return false
    }
    isDestroyed(): boolean {
      return page.isClosed()
    }
  }

  // Ports that were handed to the page live on in the preload's world, by number.
  const overlay: Overlay = new Map()
  const inPage = new Map<number, StandInPort>()
  const lines = new Map<number, ReturnType<typeof overlayLine>>()
  let lastPort = 0
  const givePort = (channel: string, message: unknown, port: StandInPort | undefined): void => {
    if (port === undefined) return
    const id = ++lastPort
    const line = overlayLine(overlay)
    inPage.set(id, port)
    lines.set(id, line)
    world.order({ kind: 'ipc', channel, message, port: id })
    port.on('message', ({ data }: { data: unknown }) =>
      world.order({ kind: 'message', port: id, data: line.toPage(data) }),
    )
    port.on('close', () => {
      inPage.delete(id)
      world.order({ kind: 'close', port: id })
    })
    port.start()
  }
  world.onWord((word) => {
    if (word.kind === 'send')
      contents.ipc.emit(word.channel, { senderFrame: { origin: appOrigin, parent: null } }, word.word)
    else if (word.kind === 'message') {
      const answer = lines.get(word.port)?.toStation(word.data)
      if (answer === undefined) inPage.get(word.port)?.postMessage(word.data)
      else world.order({ kind: 'message', port: word.port, data: answer })
    } else if (word.kind === 'violation') violations.push({ directive: word.directive, blocked: word.blocked })
    else {
      inPage.get(word.port)?.close()
      inPage.delete(word.port)
    }
  })
  world.onGone(() => {
    for (const port of inPage.values()) port.close()
    inPage.clear()
  })

  /** Whether the shell lets a navigation happen; asked by Electron before any request is made. */
  const navigates = (request: Request): boolean => {
    const url = toApp(request.url())
    const isMainFrame = request.frame() === page.mainFrame()
    if (!begun.delete(url)) {
      const event = preventable({ url, isMainFrame })
      if (isMainFrame) contents.emit('will-navigate', event)
      contents.emit('will-frame-navigate', event)
      if (event.defaultPrevented) {
        prevented.push(url)
        return false
      }
    }
    contents.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false })
    return true
  }
  const gate = (request: Request): boolean => {
    let allowed = false
    const ask = handlers.get('beforeRequest') as
      | ((details: object, answer: (answer: { cancel?: boolean }) => void) => void)
      | undefined
    const resourceType = request.resourceType() === 'document' ? 'mainFrame' : request.resourceType()
    ask?.({ url: toApp(request.url()), resourceType }, ({ cancel }) => (allowed = cancel !== true))
    requests.push({ url: toApp(request.url()), allowed })
    return allowed
  }
  const answer = async (route: Route): Promise<void> => {
    const request = route.request()
    // ERR_ABORTED leaves the page where it is, as Electron does with a navigation that was prevented.
    if (request.isNavigationRequest() && !navigates(request)) return await route.abort('aborted')
    if (!gate(request)) return await route.abort('blockedbyclient')
    const url = toApp(request.url())
    const handler = schemes.get(new URL(url).protocol.slice(0, -1))
    const response = await handler?.({ url, method: request.method() })
    if (response === undefined) return await route.abort('failed')
    const headers = Object.fromEntries(response.headers)
    await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) })
  }
  // A page that closes while it loads needs no answer any more.
  await context.route('**/*', (route) => answer(route).catch(() => undefined))
  context.on('page', (popup) => {
    if (popup === page) return
    const decide = handlers.get('windowOpen') as ((details: { url: string }) => { action: string }) | undefined
    // Electron would not have opened it: here it is closed as soon as it is there.
    if (decide?.({ url: popup.url() }).action !== 'allow') void popup.close().catch(() => undefined)
  })
  page.on('load', () => contents.emit('did-finish-load'))
  page.on('crash', () => contents.emit('render-process-gone', {}, { reason: 'crashed' }))
  page.on('close', () => windowMade?.emit('closed'))

  const observed: Observed = {
    calls,
    requests,
    prevented,
    violations,
    stations,
    overlay,
    handlers,
    loaded: loaded.promise,
    exited: exited.promise,
    answer: 0,
    printer: true,
    prints,
    app,
    window: () => windowMade ?? new EventEmitter(),
  }
  const electron = {
    app,
    BrowserWindow,
    crashReporter: { start: noted('crashReporter') },
    dialog: {
      async showMessageBox(_window: unknown, options: unknown) {
        noted('dialog')(options)
        return { response: observed.answer, checkboxChecked: false }
      },
    },
    Menu: { setApplicationMenu: noted('setApplicationMenu'), buildFromTemplate: (template: unknown) => template },
    MessageChannelMain: class {
      constructor() {
        return StandInPort.pair()
      }
    },
    protocol: {
      registerSchemesAsPrivileged: noted('registerSchemesAsPrivileged'),
      handle(scheme: string, handler: (request: { url: string; method: string }) => Promise<Response> | Response) {
        noted('handle')(scheme)
        schemes.set(scheme, handler)
      },
    },
    session: { defaultSession: session },
    utilityProcess: {
      fork(program: string, words: string[], { env }: { env: NodeJS.ProcessEnv }) {
        const utility = new StandInUtility(program, words, env)
        stations.push(utility)
        return utility
      },
    },
  }
  // The stand-in has what the shell calls, and no more: the shell's own types say what that is.
  return { electron: electron as unknown as Electron, observed }
}
