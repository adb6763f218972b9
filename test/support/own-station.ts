// SPDX-License-Identifier: Apache-2.0
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { StationGround, StationOptions } from '../../main/station/parts.ts'
import type { Clock } from '../../main/station/platform/clock.ts'
import { systemClock } from '../../main/station/platform/clock.ts'
import type { Log } from '../../main/station/platform/log.ts'
import { createStation, type Station } from '../../main/station/station.ts'
import { contract, type Contract } from '../../shared/contract/contract.ts'
import { hostContract } from '../../shared/host/host.ts'
import { createClient, type Client } from '../../shared/rpc/client.ts'
import { portPair } from '../../shared/rpc/port.ts'
import { serve } from '../../shared/rpc/server.ts'

/** A host whose key store hides nothing: what is wrapped can be read. */
const plainHost = () => {
  const [near, far] = portPair(structuredClone)
  serve(
    hostContract,
    {
      'host.keyStore': () => ({ backend: 'plain' }),
      'host.wrap': ({ secret }) => ({ wrapped: secret }),
      'host.unwrap': ({ wrapped }) => ({ secret: wrapped }),
      'host.idle': () => ({ ms: null }),
      'host.keepAwake': () => ({ held: false }),
      'host.print': () => ({ printed: true, reason: '' }),
      'host.pdf': () => ({ pdf: '' }),
      'host.incidents': () => Promise.resolve(),
    },
    far,
    {
      gate: () => undefined,
      limits: { inFlight: 16, perSecond: 1000, weight: 65_536 },
      now: () => 0,
      onFault: () => undefined,
    },
  )
  return createClient(hostContract, near)
}

/** What a station in this process is opened with; its drive is `STICK` in the folder. */
export const ownOptions = (folder: string): StationOptions => {
  mkdirSync(join(folder, 'STICK'), { recursive: true })
  return { data: join(folder, 'data'), drives: [join(folder, 'STICK')], ports: [], resources: 'resources' }
}

/** What it stands on, and what its diagnostic log was told. */
export const ownGround = (clock: Clock = systemClock): StationGround & { faults: string[] } => {
  const faults: string[] = []
  const log: Log = { info: () => undefined, error: (event) => void faults.push(event) }
  return { clock, log, host: plainHost(), faults }
}

/** A station in this process; it is closed with the test. */
export const ownStation = async (folder: string, clock?: Clock) => {
  const ground = ownGround(clock)
  const station = await createStation(ownOptions(folder), ground)
  onTestFinished(() => station.close())
  return { station, faults: ground.faults, connect: () => connectTo(station) }
}

/** A new port of a station. */
export const connectTo = (station: Station): Client<Contract> => {
  const [near, far] = portPair(structuredClone)
  station.serve(far)
  return createClient(contract, near)
}

/** The first two people. */
export const firstPeople = {
  administrator: { login: 'admin', name: 'Ada Castellanos', password: 'Lantern-7-orbit-cedar' },
  officer: { login: 'officer', name: 'Priya Singh', password: 'Quiet-Harbor-19-moss' },
}

/** Signs one of the first people in. */
export const signInAs = async (station: Station, who: keyof typeof firstPeople): Promise<Client<Contract>> => {
  const client = connectTo(station)
  const { login, password } = firstPeople[who]
  await client.call('session.signIn', { login, password })
  return client
}
