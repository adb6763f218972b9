// SPDX-License-Identifier: Apache-2.0
/** A process that tries each way to a network and says what came of it: words are the ports of a server and of one for names, and `banned`. */
import { createSocket } from 'node:dgram'
import dns, { lookup } from 'node:dns'
import { lookup as lookupLater, Resolver } from 'node:dns/promises'
import type { EventEmitter } from 'node:events'
import { get } from 'node:http'
import { connect, createServer } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { banNetwork } from '../../main/station/platform/network-ban.ts'
import { silentLog } from '../../main/station/platform/log.ts'

const [port = '', namesPort = '', banned] = process.argv.slice(2)
if (banned === 'banned') banNetwork(silentLog)

const target = { host: '127.0.0.1', port: Number(port) }
const happens = (emitter: EventEmitter, event: string): Promise<unknown> =>
  new Promise((resolve, reject) => emitter.once(event, resolve).once('error', reject))
const opens = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('refused'))
  })

const attempts: Record<string, () => Promise<unknown>> = {
  connect: () => happens(connect(target), 'connect'),
  listen: () => happens(createServer().listen(0), 'listening'),
  datagram: () => happens(createSocket('udp4').bind(), 'listening'),
  name: () =>
    new Promise<void>((resolve, reject) => lookup('127.0.0.1', (error) => (error ? reject(error) : resolve()))),
  nameLater: () => lookupLater('127.0.0.1'),
  mail: () =>
    new Promise<void>((resolve, reject) => {
      dns.setServers([`127.0.0.1:${namesPort}`])
      dns.resolveMx('a.test', (error) => (error ? reject(error) : resolve()))
    }),
  ownResolver: () => {
    const resolver = new Resolver()
    resolver.setServers([`127.0.0.1:${namesPort}`])
    return resolver.resolve4('a.test')
  },
  http: () => happens(get({ ...target, agent: false }), 'response'),
  tls: () => happens(connectTls({ ...target, rejectUnauthorized: false }), 'connect'),
  fetch: () => fetch(`http://127.0.0.1:${port}/`),
  webSocket: () => opens(new WebSocket(`ws://127.0.0.1:${port}/`)),
}

const results: Record<string, 'through' | 'refused'> = {}
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    await attempt()
    results[name] = 'through'
  } catch {
    results[name] = 'refused'
  }
}
process.stdout.write(JSON.stringify(results))
process.exit(0)
