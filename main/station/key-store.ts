// SPDX-License-Identifier: Apache-2.0
import { hostContract, type HostContract } from '../../shared/host/host.ts'
import { createClient, type Client } from '../../shared/rpc/client.ts'
import type { Port } from '../../shared/rpc/port.ts'
import type { KeyWrap } from './platform/wrapped-key.ts'

/** The host behind its line: the shell of the app, or a command. */
export const connectHost = (port: Port): Client<HostContract> => createClient(hostContract, port)

/** The host's key store for the station's own keys. Errors: `audit.key` where the host has none that counts. */
export const hostKeyStore = async (host: Client<HostContract>): Promise<KeyWrap> => {
  const { backend } = await host.call('host.keyStore', {})
  return {
    backend,
    async wrap(secret) {
      const { wrapped } = await host.call('host.wrap', { secret: Buffer.from(secret).toString('base64') })
      return Buffer.from(wrapped)
    },
    async unwrap(wrapped) {
      const { secret } = await host.call('host.unwrap', { wrapped: Buffer.from(wrapped).toString() })
      return Buffer.from(secret, 'base64')
    },
  }
}
