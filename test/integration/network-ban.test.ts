// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
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

/** Answers every question for a name (RFC 1035, section 4) with one record of the kind that was asked for. */
const openNames = async () => {
  const socket = createSocket('udp4')
  const records = new Map([
    [1, [0, 4, 127, 0, 0, 1]],
    [15, [0, 4, 0, 10, 0xc0, 12]],
  ])
  const seen = { questions: 0 }
  socket.on('message', (asked, { port, address }) => {
    seen.questions += 1
    const end = asked.indexOf(0, 12) + 5
    const head = [...asked.subarray(0, 2), 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]
    const kind = asked.readUInt16BE(end - 4)
    const answer = [0xc0, 12, ...asked.subarray(end - 4, end), 0, 0, 0, 60, ...(records.get(kind) ?? [0, 0])]
    socket.send(Uint8Array.from([...head, ...asked.subarray(12, end), ...answer]), port, address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void socket.close())
  return { port: socket.address().port, seen }
}

const attempt = async (port: number, ...words: string[]): Promise<Record<string, string>> => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, String(port), ...words])
  return JSON.parse(stdout) as Record<string, string>
}

describe('a process under the network ban', () => {
  it('reaches nobody, by none of the ways that are open without the ban', async () => {
    const { port, seen } = await openServer()
    const names = await openNames()
    const free = await attempt(port, String(names.port))
    expect(new Set(Object.values(free))).toEqual(new Set(['through']))
    const before = [seen.connections, names.seen.questions]
    expect(before[0]).toBeGreaterThan(4)
    expect(before[1]).toBe(2)
    const banned = await attempt(port, String(names.port), 'banned')
    expect(Object.keys(banned)).toEqual(Object.keys(free))
    expect(banned).toEqual(Object.fromEntries(Object.keys(free).map((name) => [name, 'refused'])))
    expect([seen.connections, names.seen.questions]).toEqual(before)
  })
})
