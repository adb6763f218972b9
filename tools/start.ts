// SPDX-License-Identifier: Apache-2.0
/**
 * Opens the app on this machine, for development: in Electron where its binary is there or can be fetched, otherwise in
 * Chromium through the same shell (`test/shell`). Says which.
 */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { askBeforeUnload } from '../test/shell/ask-before-unload.ts'
import { chromiumPath, chromiumWords, mayUseSandbox } from '../test/shell/chromium.ts'
import { runShell } from '../test/shell/run-shell.ts'
import { buildParts } from './build.ts'

const usage = `usage: npm start -- [--data FOLDER] [--drive FOLDER]… [--port PATH]… [--chromium] [--headless]
  --data      the station's data (default: airlock/station in the user's data folder)
  --drive     a folder that counts as a drive
  --port      a serial port that no list shows
  --chromium  in Chromium even where Electron is
  --headless  without a window: to see that everything starts`

const say = (text: string): void => void process.stdout.write(`start: ${text}\n`)

/** How long the fetch of Electron's binary may take, ms; a machine without that way out notices sooner. */
const fetchWithin = 120_000

const root = join(import.meta.dirname, '..')
const electronPath = join(root, 'node_modules/electron/dist/electron')

/** Electron's binary, fetched if need be and possible. */
const findElectron = (): boolean => {
  if (existsSync(electronPath)) return true
  say("Electron's binary is not here; trying to fetch it")
  const words = [join(root, 'node_modules/electron/install.js')]
  const { status, error } = spawnSync(process.execPath, words, { timeout: fetchWithin, encoding: 'utf8' })
  if (status === 0 && existsSync(electronPath)) return true
  say(`it could not be fetched (${error === undefined ? 'the download failed' : 'it took too long'})`)
  return false
}

type Words = { data: string; drives: string[]; ports: string[]; headless: boolean }

const runElectron = ({ data, drives, ports }: Words): Promise<number> => {
  say('opening in Electron')
  const more = [...drives.flatMap((drive) => ['--drive', drive]), ...ports.flatMap((port) => ['--port', port])]
  const child = spawn(electronPath, ['.', '--data', data, ...more], { cwd: root, stdio: 'inherit' })
  return new Promise((settle) => child.once('exit', (code) => settle(code ?? 1)))
}

const passphraseFile = (data: string): string => `${data}.passphrase`

/** Whether a passphrase opens this data: Electron's key store, which did not close it, cannot. */
const hasPassphrase = (data: string): boolean =>
  existsSync(passphraseFile(data)) || (process.env['AIRLOCK_PASSPHRASE'] ?? '') !== ''

/** Opens the station's keys in development: the product asks the desktop's key store instead. */
const passphraseFor = (data: string): string => {
  const given = process.env['AIRLOCK_PASSPHRASE']
  if (given !== undefined && given !== '') return given
  const file = passphraseFile(data)
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  }
  say(`WARNING, development only: the station's keys are opened by ${file}, which lies beside them`)
  return readFileSync(file, 'utf8').trim()
}

/** A window without tabs and address, that asks for no permission and shows no bar about the words it was started with. */
const appWindow = [
  '--app=data:text/html,<title>Airlock</title>',
  '--window-size=1366,768',
  '--deny-permission-prompts',
  '--test-type',
]

const runChromium = async ({ headless, ...words }: Words): Promise<number> => {
  if (!headless && process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined) {
    process.stderr.write('start: there is no display to open a window on (--headless does without)\n')
    return 1
  }
  const profile = mkdtempSync(join(tmpdir(), 'airlock-chromium-'))
  say('opening in Chromium, through the same shell as in Electron')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless,
    chromiumSandbox: mayUseSandbox,
    args: [...chromiumWords, ...appWindow],
    ignoreDefaultArgs: ['--enable-automation'],
    viewport: null,
    serviceWorkers: 'block',
    // The app ends its station in good order before its window goes.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  // The question is Chromium's own; a listener leaves it to the person.
  page.on('dialog', () => undefined)
  const onWriting = askBeforeUnload(page)
  const observed = await runShell(context, page, { ...words, passphrase: passphraseFor(words.data), onWriting })
  say(`open; the station's data is in ${words.data}`)
  // Chromium has asked before its window closed: what a person would be asked in Electron counts as answered.
  observed.answer = 1
  page.once('close', () => observed.app.quit())
  // A browser that was killed says so here.
  context.once('close', () => observed.app.quit())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => observed.app.quit())
  const code = await observed.exited
  await context.close()
  rmSync(profile, { recursive: true, force: true })
  say('closed')
  return code
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    drive: { type: 'string', multiple: true, default: [] },
    port: { type: 'string', multiple: true, default: [] },
    chromium: { type: 'boolean', default: false },
    headless: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) process.stdout.write(`${usage}\n`)
else {
  const share = process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share')
  const words = {
    data: resolve(values.data ?? join(share, 'airlock/station')),
    drives: values.drive.map((drive) => resolve(drive)),
    ports: values.port,
    headless: values.headless,
  }
  const byPassphrase = hasPassphrase(words.data)
  if (byPassphrase && !words.headless) say("this data is opened by a passphrase, which Electron's key store is not")
  const inElectron = !words.headless && !values.chromium && !byPassphrase && findElectron()
  await buildParts(inElectron ? undefined : ['page', 'preload', 'station', 'resources'])
  process.exitCode = await (inElectron ? runElectron(words) : runChromium(words))
}
