// SPDX-License-Identifier: Apache-2.0
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tempFolder } from '../support/temp-folder.ts'

const root = join(import.meta.dirname, '../..')
/** A container may forbid one process to follow another one. */
const mayFollow = spawnSync('strace', ['-f', 'true']).status === 0

/** Runs a program to its end; gives every call of it and its children that gives an address of the internet. */
const internetCalls = async (...words: string[]): Promise<string[]> => {
  const file = join(tempFolder(), 'calls')
  const watch = ['-f', '--seccomp-bpf', '-e', 'trace=connect,bind,sendto,sendmsg,sendmmsg', '-o', file]
  await promisify(execFile)('strace', [...watch, process.execPath, ...words], { cwd: root, maxBuffer: 2 ** 26 })
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => /AF_INET6?/.test(line))
}

describe('the system calls of a station and its commands', () => {
  it.runIf(mayFollow)('show who asks for a network address', async () => {
    const server = createServer((_request, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const asks = `await fetch('http://127.0.0.1:${port}/')`
    expect((await internetCalls('--input-type=module', '-e', asks)).join('\n')).toContain(`htons(${port})`)
  })

  it.runIf(mayFollow)(
    'ask for none through the whole loop: import, update, telemetry, export, archive, report, check of the log',
    { timeout: 300_000 },
    async () => {
      const out = join(tempFolder(), 'demo')
      expect(await internetCalls('tools/demo/main.ts', '--out', out, '--seconds', '3')).toEqual([])
      const demo = JSON.parse(readFileSync(join(out, 'demo.json'), 'utf8')) as { bundles: unknown[] }
      expect(demo.bundles.length).toBeGreaterThan(0)
    },
  )
})
