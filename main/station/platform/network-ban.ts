// SPDX-License-Identifier: Apache-2.0
/** The one file that names the network's modules: to take them away. */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { AirlockError } from '../../../shared/errors.ts'
import type { Log } from './log.ts'

/**
 * From now on nothing in this process connects, listens, sends a datagram or asks for a name: whoever tries gets
 * `internal`, and the diagnostic log has the place. HTTP, TLS, `fetch` and WebSocket stand on these.
 */
export const banNetwork = (log: Log): void => {
  const refuse = (what: string) => (): never => {
    const error = new AirlockError('internal', { network: what })
    log.error('network.refused', error, { what })
    throw error
  }
  net.Socket.prototype.connect = refuse('connect')
  net.Server.prototype.listen = refuse('listen')
  dgram.createSocket = refuse('datagram')
  dgram.Socket.prototype.bind = refuse('datagram')
  dgram.Socket.prototype.send = refuse('datagram')
  // A resolver of one's own has sockets that are none of Node's.
  for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype])
    for (const name of Object.getOwnPropertyNames(holder))
      if (/^(?:lookup|resolve|reverse)/.test(name)) Reflect.set(holder, name, refuse('name'))
  syncBuiltinESMExports()
}
