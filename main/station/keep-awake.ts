// SPDX-License-Identifier: Apache-2.0
import type { HostContract } from '../../shared/host/host.ts'
import type { Client } from '../../shared/rpc/client.ts'
import type { Flashing } from './flashing/flashing.ts'
import type { Log } from './platform/log.ts'

/**
 * Flashing whose host knows of it: while at least one port is being worked on, the machine is kept from sleeping and the
 * app does not close without a question. A host that cannot is logged, and no reason not to flash.
 */
export const keepAwakeWhile = (flashing: Flashing, host: Client<HostContract>, log: Log): Flashing => {
  let told = 0
  const tell = (): void => {
    const devices = flashing.active()
    if (devices === told) return
    told = devices
    host.call('host.keepAwake', { devices }).catch((error: unknown) => log.error('host.keep-awake', error))
  }
  return {
    ...flashing,
    async start(request, actor, context) {
      const flashed = flashing.start(request, actor, context)
      tell()
      try {
        return await flashed
      } finally {
        tell()
      }
    },
  }
}
