// SPDX-License-Identifier: Apache-2.0
/** The guides, run as they stand: the team's, the operator's on an emulated board, and the team's again. */
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startBoard } from '../emulators/avr/board.ts'
import { buildAvr } from '../emulators/avr/build.ts'
import { tempFolder } from '../support/temp-folder.ts'

const root = join(import.meta.dirname, '../..')

/** The blocks of a guide with this tag behind `sh`, in order, as one script. */
const scriptOf = (guide: string, ...tags: string[]): string =>
  [...readFileSync(join(root, 'docs/guides', guide), 'utf8').matchAll(/^```sh ?([a-z-]*)\n(.*?)^```$/gms)]
    .filter(([, tag]) => tags.includes(tag ?? ''))
    .map(([, , block]) => block)
    .join('\n')

/** Runs a script in bash; whoever asks for a word of the paper gets it. */
const bash = async (cwd: string, script: string, env: Record<string, string>, paper: readonly string[] = []) => {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', script], { cwd, env: { ...process.env, ...env } })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
    const place = /word (\d+) of the paper: $/.exec(err)?.[1]
    if (place !== undefined) child.stdin.write(`${paper[Number(place) - 1]}\n`)
  })
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (status !== 0) throw new Error(`${status}\n${out}\n${err}`)
  return out
}

it('every command of the guides does what they say', { timeout: 600_000 }, async () => {
  const folder = tempFolder()
  for (const name of ['STICK', 'build', 'bin']) mkdirSync(join(folder, name))
  const { firmware } = await buildAvr()
  copyFileSync(firmware['2.0.0'].bin, join(folder, 'build/firmware.bin'))
  copyFileSync(join(root, 'resources/policies/default-sanitization.json'), join(folder, 'default-sanitization.json'))
  for (const name of ['ci.sh', 'station-session.sh'])
    copyFileSync(join(root, 'docs/examples', name), join(folder, name))
  writeFileSync(join(folder, 'bin/airlock'), `#!/bin/sh\nexec "${process.execPath}" "${root}/main/cli/main.ts" "$@"\n`)
  chmodSync(join(folder, 'bin/airlock'), 0o755)
  writeFileSync(join(folder, 'at-the-team.sh'), scriptOf('firmware-team.md', 'at-the-team'))
  const bench = await startBoard({ firmware: '1.0.0', serial: 'DC-1' })
  onTestFinished(() => bench.stop())
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, PORT: bench.pty }

  const made = await bash(folder, scriptOf('firmware-team.md', ''), env)
  const paper = /^words {2}(.*)$/m.exec(made)?.[1]?.split(' ') ?? []
  expect(paper).toHaveLength(12)
  expect(made).toContain('policy version 2')

  const device = await startBoard({ firmware: '1.0.0', serial: 'DC-2' })
  onTestFinished(() => device.stop())
  const done = await bash(folder, scriptOf('operator.md', '', 'the-team'), { ...env, PORT: device.pty }, paper)
  expect(done).toContain('"state": "setup"')
  expect(done).toContain('"inForce": true')
  expect(done).toContain('"recallVersion": 1')
  expect(done).toContain('"to": "2.0.0"')
  expect(done).toContain('"verified": true')
  expect(done).toMatch(/"state": "written"/)

  await bash(folder, scriptOf('firmware-team.md', 'after-the-site'), env)
  expect(existsSync(join(folder, 'fleet-report.html'))).toBe(true)
  expect(readdirSync(join(folder, 'STICK')).some((name) => name.endsWith('.airtlm'))).toBe(true)
})
