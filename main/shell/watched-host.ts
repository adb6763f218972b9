// SPDX-License-Identifier: Apache-2.0
import type { HostContract } from '../../shared/host/host.ts'
import type { Handlers } from '../../shared/rpc/server.ts'

/** A host that knows whether its station asked it to keep the machine awake, which it does while a device is written. */
export const watchHost = (host: Handlers<HostContract, undefined>) => {
  let writing = false
  const watched: Handlers<HostContract, undefined> = {
    ...host,
    'host.keepAwake': (params, caller, signal) => {
      writing = params.on
      return host['host.keepAwake'](params, caller, signal)
    },
  }
  return {
    host: watched,
    writing: () => writing,
    /** The station is gone, and with it whatever it was writing. */
    lost: () => void (writing = false),
  }
}
