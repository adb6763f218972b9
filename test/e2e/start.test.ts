// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tempFolder } from '../support/temp-folder.ts'

const script = join(import.meta.dirname, '../../tools/start.ts')

/** Starts the app without a window, as `npm start -- --headless` does; gives what it says, and ends it. */
const runStart = (data: string) => {
  const env = { ...process.env }
  delete env['AIRLOCK_PASSPHRASE']
  const child = spawn(process.execPath, [script, '--headless', '--data', data], { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { said: () => said, ended, interrupt: () => child.kill('SIGINT') }
}

describe('npm start', () => {
  it('opens the app, says in what and where its data is, and ends in good order', { timeout: 180_000 }, async () => {
    const data = join(tempFolder(), 'station')
    const first = runStart(data)
    await expect.poll(first.said, { timeout: 120_000 }).toContain('start: open;')
    expect(first.said()).toContain('opening in Chromium')
    expect(first.said()).toContain('WARNING, development only')
    await expect.poll(() => existsSync(join(data, 'station.db')), { timeout: 20_000 }).toBe(true)
    first.interrupt()
    expect(await first.ended).toBe(0)
    expect(first.said()).toContain('start: closed')
    expect(statSync(`${data}.passphrase`).mode & 0o777).toBe(0o600)
    expect(readFileSync(`${data}.passphrase`, 'utf8').trim()).toHaveLength(32)
  })
})
