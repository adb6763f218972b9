// SPDX-License-Identifier: Apache-2.0
/** A station that has a port in hand from its first moment, as far as its host can tell. */
import { hostContract } from '../../shared/host/host.ts'
import { createClient } from '../../shared/rpc/client.ts'
import { multiplex } from '../../shared/rpc/envelope.ts'

const line = multiplex(
  {
    send: (frame) => void process.send?.(frame),
    onFrame: (listener) => void process.on('message', listener),
    onEnd: (listener) => void process.on('disconnect', listener),
  },
  (port) => port.close(),
)
process.on('SIGTERM', () => process.exit(0))
await createClient(hostContract, line.host).call('host.keepAwake', { devices: 4 })
