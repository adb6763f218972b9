// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Actor, AuditLog } from './audit/entry.ts'
import type { Target } from './campaigns/run-rows.ts'
import type { Written } from './campaigns/scheduler.ts'
import type { DeviceProfile } from './devices/profile.ts'
import type { PortOwners } from './devices/port-owner.ts'
import type { PortLister } from './devices/ports.ts'
import { findDevice, sawDevice, type Device } from './devices/registry.ts'
import type { PortIdentity } from './devices/transport.ts'
import type { Flashing } from './flashing/flashing.ts'
import type { Flashed, FlashRequest } from './flashing/job.ts'
import { lastWriteAt, nextStep } from './flashing/record.ts'
import type { JobContext } from './jobs/job.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import type { PortCaptures } from './port-captures.ts'
import type { Store } from './store/open.ts'
import type { Identity } from './telemetry/output.ts'

type Parts = {
  readonly audit: AuditLog
  readonly captures: PortCaptures
  readonly clock: Clock
  readonly flashing: Flashing
  readonly log: Log
  readonly owners: PortOwners
  readonly ports: PortLister
  readonly profiles: readonly DeviceProfile[]
  readonly store: Store
}

/** Speed of a device's application; that of the first profile while nobody knows the device. Errors: `device.profile`. */
export const applicationBaud = ({ profiles }: Pick<Parts, 'profiles'>, profile?: string) => {
  const found = profile === undefined ? profiles[0] : profiles.find(({ id }) => id === profile)
  if (found === undefined) throw new AirlockError('device.profile')
  return found.application.baud
}

/** The entry of a port that begins or ends to be listened to. */
export const noteListening = (
  { audit }: Pick<Parts, 'audit'>,
  action: 'telemetry.start' | 'telemetry.stop',
  path: string,
  actor: Actor,
  corr?: string,
): void => {
  const object = { type: 'port', id: path }
  audit.note({ actor, action, object, outcome: 'ok', ...(corr === undefined ? {} : { corr }) })
}

/**
 * Whether the newest writing at a place has left a device there that is half written. Opening its port would restart it
 * with what stands in it; whether another device has come since, nobody can tell without that.
 */
const isHalfWritten = ({ store }: Pick<Parts, 'store'>, port: PortIdentity): boolean => {
  const last = lastWriteAt(store.read, port)
  return last !== undefined && nextStep(last) === 'continue'
}

/** A device that is known here has said in what is heard of it who it is: it is at this port, with this version. */
const noteHeard = (
  { store, clock, log }: Pick<Parts, 'store' | 'clock' | 'log'>,
  port: PortIdentity,
  { model, serial, hardware, firmware }: Identity,
): void => {
  if (model === undefined || serial === undefined) return
  try {
    const known = findDevice(store.read, model, serial)
    if (known === undefined) return
    const version = firmware ?? known.version
    if (version === known.version && known.port.path === port.path && known.port.plug === port.plug) return
    const identity = { model, serial, version, ...(hardware === undefined ? {} : { hardware }) }
    store.transact((tx) => sawDevice(tx, clock, { identity, profile: known.profile, port }))
  } catch (error) {
    // What a device says is recorded in any case.
    log.error('device.heard', error, { port: port.path })
  }
}

/**
 * Listens to a port, which restarts what is there. Errors: `telemetry.half-written` for a device that must not start,
 * those of the port and of the log; the port is free then.
 */
export const listen = async (parts: Parts, port: PortIdentity, actor: Actor, corr?: string): Promise<void> => {
  const { path } = port
  if (parts.captures.isOpen(path)) return
  if (isHalfWritten(parts, port)) throw new AirlockError('telemetry.half-written', { port: path })
  const baud = applicationBaud(parts)
  const onIdentity = (identity: Identity): void => noteHeard(parts, port, identity)
  await parts.captures.start(await parts.owners.take(port, baud, 'telemetry'), { baud, onIdentity })
  try {
    noteListening(parts, 'telemetry.start', path, actor, corr)
  } catch (error) {
    // No act without its entry.
    await parts.captures.stop(path)
    throw error
  }
}

/** After a job that has left the device as it was, or whole, the station listens again; nobody waits for that. */
const listenAgain = async (parts: Parts, path: string, actor: Actor, job: string): Promise<void> => {
  const port = (await parts.ports()).find((one) => one.path === path)
  if (port === undefined || isHalfWritten(parts, port)) return
  await listen(parts, port, actor, job).catch((error: unknown) =>
    parts.log.error('capture.again', error, { port: path }),
  )
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

/** Which device is meant, as flashing takes it: what a person has read on it, else the one that the bench showed. */
export const meant = ({ label, shown }: Pick<Target, 'label' | 'shown'>): Pick<FlashRequest, 'device'> => {
  if (label === undefined) return shown === undefined ? {} : { device: { ...shown, confirmed: false } }
  const { model, serial, hardware } = label
  return { device: { model, serial, confirmed: true, ...(hardware === undefined ? {} : { hardware }) } }
}

/**
 * Writes the device at a port, proves it, and goes on listening to it. Where it was listened to and the job has left no
 * half-written device, it is listened to again. Errors: those of `flashDevice`.
 */
export const writeDevice = async (
  parts: Parts,
  request: FlashRequest,
  actor: Actor,
  context: JobContext,
): Promise<Written> => {
  const { portPath: path } = request
  // Whoever listens on the port lets go of it; the flash hands it back, open, with all that the device has said.
  const listened = parts.captures.isOpen(path)
  await parts.captures.stop(path)
  const flashed = await parts.flashing.start(request, actor, context).catch(async (error: unknown) => {
    if (listened) await listenAgain(parts, path, actor, context.id)
    throw error
  })
  const { device, record, lease, seen } = flashed
  await parts.captures.start(
    lease.handOver('telemetry'),
    {
      baud: applicationBaud(parts, device.profile),
      device: deviceFacts(device),
      firmware: { version: record.version },
      expect: 'update',
      onIdentity: (identity) => noteHeard(parts, lease.port, identity),
    },
    seen,
  )
  noteListening(parts, 'telemetry.start', path, actor, context.id)
  return { written: record.written ?? 0, result: flashResult(flashed) }
}
