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
  let held = false
  const tell = (): void => {
    const on = flashing.active() > 0
    if (on === held) return
    held = on
    host.call('host.keepAwake', { on }).catch((error: unknown) => log.error('host.keep-awake', error))
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
