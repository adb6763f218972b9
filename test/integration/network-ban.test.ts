// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'

const program = join(import.meta.dirname, '../support/network-attempts.ts')

/** A server that answers HTTP and WebSocket, and counts who came. */
const openServer = async () => {
  const seen = { connections: 0 }
  const server = createServer((_request, response) => response.end())
  server.on('connection', () => (seen.connections += 1))
  server.on('upgrade', ({ headers }, socket) => {
    const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
    const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${guid}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, seen }
}

const attempt = async (port: number, ...words: string[]): Promise<Record<string, string>> => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(port), ...words])
  return JSON.parse(stdout) as Record<string, string>
}

describe('a process under the network ban', () => {
  it('reaches nobody, by none of the ways that are open without the ban', async () => {
    const { port, seen } = await openServer()
    const free = await attempt(port)
    expect(new Set(Object.values(free))).toEqual(new Set(['through']))
    const before = seen.connections
    expect(before).toBeGreaterThan(4)
    const banned = await attempt(port, 'banned')
    expect(Object.keys(banned)).toEqual(Object.keys(free))
    expect(banned).toEqual(Object.fromEntries(Object.keys(free).map((name) => [name, 'refused'])))
    expect(seen.connections).toBe(before)
  })
})
