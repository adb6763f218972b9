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
import { listDevices, type Device } from './devices/registry.ts'
import type { PortIdentity } from './devices/transport.ts'
import type { Flashed, FlashRequest } from './flashing/job.ts'
import type { JobContext } from './jobs/job.ts'
import type { Parts } from './parts.ts'
import { portAt } from './port-handlers.ts'

type DeviceHandlers = Pick<Handlers<Contract, Caller>, keyof typeof deviceCalls>

const applicationBaud = ({ profiles }: Parts, profile?: string) => {
  const found = profile === undefined ? profiles[0] : profiles.find(({ id }) => id === profile)
  if (found === undefined) throw new AirlockError('device.profile')
  return found.application.baud
}

/** Telemetry knows a device by its serial number: what its banner says, before the station has flashed it too. */
const deviceFacts = ({ serial, model, hardware }: Device) => ({
  id: serial,
  serial,
  model,
  ...(hardware === null ? {} : { hardware }),
})

/** What a finished job says, without the port that it hands on. */
const flashResult = ({ record, device }: Flashed) => ({
  device: device.serial,
  from: record.versionBefore,
  to: record.version,
  imageSha256: record.imageSha256,
  readBackSha256: record.readBack,
  seconds: ((record.endedAt ?? record.startedAt) - record.startedAt) / 1000,
  recoveries: record.recoveries.length,
  skippedUnits: record.skipped ?? 0,
})

type Target = ParamsOut<Contract, 'flashing.start'>['targets'][number]

const hintOf = ({ label }: Target): Pick<FlashRequest, 'device'> => {
  if (label === undefined) return {}
  const { model, serial, hardware } = label
  return { device: { model, serial, confirmed: true, ...(hardware === undefined ? {} : { hardware }) } }
}

const flash = async (parts: Parts, request: FlashRequest, actor: Actor, context: JobContext): Promise<unknown> => {
  const { portPath: path } = request
  // Whoever listens on the port lets go of it; the flash hands it back, open, with all that the device has said.
  await parts.captures.stop(path)
  const flashed = await parts.flashing.start(request, actor, context)
  const { device, record, lease, seen } = flashed
  await parts.captures.start(
    lease.handOver('telemetry'),
    {
      baud: applicationBaud(parts, device.profile),
      device: deviceFacts(device),
      firmware: { version: record.version },
      expect: 'update',
    },
    seen,
  )
  noteListening(parts, 'telemetry.start', path, actor, context.id)
  return flashResult(flashed)
}

const noteListening = (
  { audit }: Parts,
  action: 'telemetry.start' | 'telemetry.stop',
  path: string,
  actor: Actor,
  corr?: string,
): void => {
  const object = { type: 'port', id: path }
  audit.note({ actor, action, object, outcome: 'ok', ...(corr === undefined ? {} : { corr }) })
}

/** Whoever says which device it is answers for that. */
const noteLabel = ({ audit }: Parts, { port, label }: Target, manifest: FirmwareManifest, actor: Actor): void => {
  if (label === undefined) return
  const { model, serial, hardware = null } = label
  const { product, version } = manifest
  const after = { model, serial, hardware, port, product, version }
  audit.note({ actor, action: 'device.confirm', object: { type: 'device', id: serial }, outcome: 'ok', after })
}

const listen = async (parts: Parts, port: PortIdentity, actor: Actor): Promise<void> => {
  const { path } = port
  if (parts.captures.isOpen(path)) return
  const baud = applicationBaud(parts)
  await parts.captures.start(await parts.owners.take(port, baud, 'telemetry'), { baud })
  try {
    noteListening(parts, 'telemetry.start', path, actor)
  } catch (error) {
    // No act without its entry.
    await parts.captures.stop(path)
    throw error
  }
}

/** The ports that a job is for, from its start on: it opens its port only later. */
const portsInWork = ({ jobs }: Parts): ReadonlySet<string> =>
  new Set(jobs.running().flatMap(({ kind, subject }) => (kind === 'flashing' ? [subject] : [])))

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
    const places = wanted.map(({ subject }) => subject)
    const taken = portsInWork(parts)
    const busy = places.find((place, n) => taken.has(place) || places.indexOf(place) !== n)
    if (busy !== undefined) throw new AirlockError('job.busy', { port: busy })
    for (const target of targets) noteLabel(parts, target, manifest, actor)
    const jobs = wanted.map(({ target, subject, portPath }) => ({
      port: target.port,
      jobId: parts.jobs.start({ kind: 'flashing', subject, actor }, (context) =>
        flash(parts, { bundle, portPath, ...hintOf(target) }, actor, context),
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
