// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { buildParts } from '../../tools/build.ts'
import { createHeadlessHost } from '../../main/cli/station/headless-host.ts'
import { keepStation } from '../../main/shell/station-keeper.ts'
import { contract } from '../../shared/contract/contract.ts'
import { createClient } from '../../shared/rpc/client.ts'
import { StandInUtility } from '../shell/station-child.ts'
import { tempFolder } from '../support/temp-folder.ts'

const out = join(import.meta.dirname, '../../out')
const importsOf = (file: string): string[] =>
  [...readFileSync(join(out, file), 'utf8').matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name]) => name ?? '')

describe('the build', () => {
  it('makes one program a process, which parses and asks for nothing but Node, Electron and native modules', async () => {
    await buildParts(['preload', 'shell', 'station', 'resources'])
    for (const file of ['main/shell/main.js', 'main/station/main.js', 'preload/preload.js'])
      execFileSync(process.execPath, ['--check', join(out, file)], { stdio: 'pipe' })
    const packages = (file: string): string[] => importsOf(file).filter((name) => !name.startsWith('node:'))
    expect(packages('main/shell/main.js')).toEqual(['electron'])
    expect(packages('main/station/main.js').sort()).toEqual(['better-sqlite3', 'serialport'])
    const preload = readFileSync(join(out, 'preload/preload.js'), 'utf8')
    expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron'])
  })

  it('makes a station that starts on plain Node, with its data beside it, and answers', async () => {
    await buildParts(['station', 'resources'])
    const words = ['--data', join(tempFolder(), 'station')]
    const utility = new StandInUtility(join(out, 'main/station/main.js'), words)
    const keeper = keepStation({
      start: () => ({
        send: (frame) => utility.postMessage(frame),
        onFrame: (listener) => void utility.on('message', listener),
        onEnd: (listener) => void utility.once('exit', listener),
        onExit: (listener) => void utility.once('exit', listener),
        end: () => void utility.kill(),
      }),
      host: createHeadlessHost('a passphrase for tests'),
      now: () => performance.now(),
      after: () => undefined,
      onStarted: () => undefined,
      onLost: () => undefined,
    })
    onTestFinished(() => keeper.stop())
    const port = keeper.connect()
    if (port === undefined) throw new Error('the station did not start')
    const status = await createClient(contract, port).call('station.status', {})
    expect(status).toMatchObject({ state: 'setup', audit: { code: null } })
  })
})
