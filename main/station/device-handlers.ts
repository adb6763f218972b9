// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { deviceCalls } from '../../shared/contract/device-calls.ts'
import type { FirmwareManifest } from '../../shared/formats/firmware.ts'
import type { ParamsOut } from '../../shared/rpc/contract-table.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import type { Actor } from './audit/entry.ts'
import { getBundle } from './bundles/rows.ts'
import { personOf, type Caller } from './caller.ts'
import { socketOf } from './devices/ports.ts'
import { listDevices } from './devices/registry.ts'
import { portAt } from './port-handlers.ts'
import type { Parts } from './parts.ts'
import { listen, meant, noteListening, writeDevice } from './write-device.ts'

type DeviceHandlers = Pick<Handlers<Contract, Caller>, keyof typeof deviceCalls>

type Target = ParamsOut<Contract, 'flashing.start'>['targets'][number]

/** Whoever says which device it is answers for that. */
export const noteLabel = (
  { audit }: Parts,
  { port, label }: Target,
  manifest: FirmwareManifest,
  actor: Actor,
): void => {
  if (label === undefined) return
  const { model, serial, hardware = null } = label
  const { product, version } = manifest
  const after = { model, serial, hardware, port, product, version }
  audit.note({ actor, action: 'device.confirm', object: { type: 'device', id: serial }, outcome: 'ok', after })
}

/** The ports that a job is for, from its start on, and those in the line of a run: they are opened only later. */
const portsInWork = ({ jobs, runs }: Parts): ReadonlySet<string> =>
  new Set([...runs.ports(), ...jobs.running().flatMap(({ kind, subject }) => (kind === 'flashing' ? [subject] : []))])

/** Each port once, and none that is being worked on. Errors: `job.busy`. */
export const requireFree = (parts: Parts, ports: readonly string[]): void => {
  const taken = portsInWork(parts)
  const busy = ports.find((port, n) => taken.has(port) || ports.indexOf(port) !== n)
  if (busy !== undefined) throw new AirlockError('job.busy', { port: busy })
}

/** Devices, flashing, telemetry. */
export const deviceHandlers = (parts: Parts): DeviceHandlers => ({
  'devices.list': () => ({
    devices: listDevices(parts.store.read).map(({ id, serial, model, hardware, version, lastSeen }) => ({
      id,
      serial,
      model,
      hardware,
      version,
      lastSeen,
    })),
  }),
  'flashing.start': async ({ bundle, targets }, caller) => {
    const { actor } = personOf(caller)
    const { manifest } = getBundle(parts.store.read, bundle)
    const wanted = await Promise.all(
      targets.map(async (target) => {
        const port = await portAt(parts, target.port)
        return { target, subject: socketOf(port), portPath: port.path }
      }),
    )
    requireFree(
      parts,
      wanted.map(({ subject }) => subject),
    )
    for (const target of targets) noteLabel(parts, target, manifest, actor)
    const jobs = wanted.map(({ target, subject, portPath }) => ({
      port: target.port,
      jobId: parts.jobs.start({ kind: 'flashing', subject, actor }, (context) =>
        writeDevice(parts, { bundle, portPath, ...meant(target) }, actor, context).then(({ result }) => result),
      ),
    }))
    return { jobs }
  },
  'telemetry.start': async ({ port }, caller) => {
    await listen(parts, await portAt(parts, port), personOf(caller).actor)
    return {}
  },
  'telemetry.stop': async ({ port }, caller) => {
    const { actor } = personOf(caller)
    const { path } = await portAt(parts, port)
    if (!parts.captures.isOpen(path)) return {}
    await parts.captures.stop(path)
    noteListening(parts, 'telemetry.stop', path, actor)
    return {}
  },
  'telemetry.counts': (period) => {
    parts.telemetry.flush()
    const { points, events, sessions, crashes, lines } = parts.telemetry.counts(period)
    return { points, events, sessions, crashes, lines }
  },
})
