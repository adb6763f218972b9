// SPDX-License-Identifier: Apache-2.0
import type { HostContract } from '../../shared/host/host.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import type { Incidents } from './incidents.ts'

/** What a host answers by itself; incidents are the shell's own. */
export type DesktopHost = Omit<Handlers<HostContract, undefined>, 'host.incidents'>

/** A host that knows how many devices its station writes, and that hands on what the shell saw. */
export const watchHost = (host: DesktopHost, incidents: Incidents) => {
  let writing = 0
  const watched: Handlers<HostContract, undefined> = {
    ...host,
    'host.keepAwake': (params, caller, signal) => {
      writing = params.devices
      return host['host.keepAwake'](params, caller, signal)
    },
    'host.incidents': (_nothing, _caller, emit, signal) => incidents.tell(emit, signal),
  }
  return {
    host: watched,
    writing: () => writing,
    /** The station is gone, and with it whatever it was writing: nothing keeps the machine awake any more. */
    lost() {
      if (writing > 0) void host['host.keepAwake']({ devices: 0 }, undefined, new AbortController().signal)
      writing = 0
    },
  }
}
