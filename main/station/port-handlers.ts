// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { portCalls } from '../../shared/contract/port-calls.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { stationActor } from './audit/entry.ts'
import { personOf, type Caller } from './caller.ts'
import { socketOf, type PortLister } from './devices/ports.ts'
import type { PortIdentity } from './devices/transport.ts'
import type { Parts } from './parts.ts'

type PortHandlers = Pick<Handlers<Contract, Caller>, keyof typeof portCalls>
type PortMap = Result<Contract, 'ports.list'>

const ownerOf = ({ owners, captures }: Parts, path: string): 'free' | 'flashing' | 'telemetry' => {
  if (captures.isOpen(path)) return 'telemetry'
  return owners.ownerOf(path) === undefined ? 'free' : 'flashing'
}

/** The port that is at a place now, which may also be named by its path. Errors: `port.unknown`. */
export const portAt = async (parts: { readonly ports: PortLister }, id: string): Promise<PortIdentity> => {
  const ports = await parts.ports()
  const port = ports.find((one) => socketOf(one) === id) ?? ports.find(({ path }) => path === id)
  if (port === undefined) throw new AirlockError('port.unknown', { port: id })
  return port
}

const portMap = (parts: Parts, ports: readonly PortIdentity[]): PortMap => {
  const here = new Map(ports.map((port) => [socketOf(port), port]))
  const map: PortMap = { ports: [], absent: [] }
  for (const { place: id, number, name } of parts.portNumbers.see(stationActor, [...here.keys()])) {
    const port = here.get(id)
    if (port === undefined) map.absent.push({ id, number, name })
    else map.ports.push({ id, number, name, label: port.usbSerial ?? port.path, owner: ownerOf(parts, port.path) })
  }
  return map
}

/** The ports of the bench. */
export const portHandlers = (parts: Parts): PortHandlers => ({
  'ports.list': async () => portMap(parts, await parts.ports()),
  'ports.watch': async (_nothing, _caller, emit, signal) => {
    let last = ''
    await parts.portWatch.follow(async () => {
      const ports = await parts.ports()
      const map = portMap(parts, ports)
      // A plug that was pulled and is in again leaves the map as it was: who is there has to be asked again.
      const text = JSON.stringify([map, ports.map(({ plug }) => plug)])
      if (text !== last) emit(map)
      last = text
    }, signal)
  },
  'ports.number': async ({ id: place, number, name }, caller) => {
    parts.portNumbers.set(personOf(caller).actor, { place, number, name })
    return portMap(parts, await parts.ports())
  },
})
