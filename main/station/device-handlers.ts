// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { deviceCalls } from '../../shared/contract/device-calls.ts'
import type { ParamsOut } from '../../shared/rpc/contract-table.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import type { Actor } from './audit/entry.ts'
import { personOf, type Caller } from './caller.ts'
import { listDevices, type Device } from './devices/registry.ts'
import type { Flashed, FlashRequest } from './flashing/job.ts'
import type { JobContext } from './jobs/job.ts'
import type { Parts } from './parts.ts'

type DeviceHandlers = Pick<Handlers<Contract, Caller>, keyof typeof deviceCalls>

const ownerOf = ({ owners, captures }: Parts, path: string): 'free' | 'flashing' | 'telemetry' => {
  if (captures.isOpen(path)) return 'telemetry'
  return owners.ownerOf(path) === undefined ? 'free' : 'flashing'
}

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

const flash = async (
  parts: Parts,
  bundle: string,
  target: Target,
  actor: Actor,
  context: JobContext,
): Promise<unknown> => {
  // Whoever listens on the port lets go of it; the flash hands it back, open, with all that the device has said.
  await parts.captures.stop(target.port)
  const request = { bundle, portPath: target.port, ...hintOf(target) }
  const flashed = await parts.flashing.start(request, actor, context)
  const { device, record, lease, seen } = flashed
  parts.captures.start(
    lease.handOver('telemetry'),
    {
      baud: applicationBaud(parts, device.profile),
      device: deviceFacts(device),
      firmware: { version: record.version },
      expect: 'update',
    },
    seen,
  )
  return flashResult(flashed)
}

const listen = async (parts: Parts, path: string): Promise<void> => {
  if (parts.captures.isOpen(path)) return
  const port = (await parts.ports()).find((found) => found.path === path)
  if (port === undefined) throw new AirlockError('port.unknown', { port: path })
  const baud = applicationBaud(parts)
  parts.captures.start(await parts.owners.take(port, baud, 'telemetry'), { baud })
}

/** Ports, devices, flashing, telemetry. */
export const deviceHandlers = (parts: Parts): DeviceHandlers => ({
  'ports.list': async () => {
    const ports = await parts.ports()
    return {
      ports: ports.map(({ path, usbSerial }) => ({ id: path, label: usbSerial ?? path, owner: ownerOf(parts, path) })),
    }
  },
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
  'flashing.start': ({ bundle, targets }, caller) => {
    const { actor } = personOf(caller)
    const ports = targets.map(({ port }) => port)
    const busy = ports.find((port, n) => ownerOf(parts, port) === 'flashing' || ports.indexOf(port) !== n)
    if (busy !== undefined) throw new AirlockError('job.busy', { port: busy })
    const jobs = targets.map((target) => ({
      port: target.port,
      jobId: parts.jobs.start({ kind: 'flashing', subject: target.port, actor }, (context) =>
        flash(parts, bundle, target, actor, context),
      ),
    }))
    return { jobs }
  },
  'telemetry.start': async ({ port }, caller) => {
    await listen(parts, port)
    const object = { type: 'port', id: port }
    parts.audit.note({ actor: personOf(caller).actor, action: 'telemetry.start', object, outcome: 'ok' })
    return {}
  },
  'telemetry.stop': async ({ port }, caller) => {
    await parts.captures.stop(port)
    const object = { type: 'port', id: port }
    parts.audit.note({ actor: personOf(caller).actor, action: 'telemetry.stop', object, outcome: 'ok' })
    return {}
  },
  'telemetry.counts': (period) => {
    parts.telemetry.flush()
    const { points, events, sessions, crashes, lines } = parts.telemetry.counts(period)
    return { points, events, sessions, crashes, lines }
  },
})
