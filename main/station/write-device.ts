// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Actor, AuditLog } from './audit/entry.ts'
import type { Target } from './campaigns/run-rows.ts'
import type { Written } from './campaigns/scheduler.ts'
import type { DeviceProfile } from './devices/profile.ts'
import type { PortLease, PortOwners } from './devices/port-owner.ts'
import type { PortLister } from './devices/ports.ts'
import { findDevice, leavePlace, sawDevice, type Device } from './devices/registry.ts'
import type { PortIdentity } from './devices/transport.ts'
import type { Flashing } from './flashing/flashing.ts'
import type { Flashed, FlashRequest } from './flashing/job.ts'
import { isHalfWrittenAt } from './flashing/record.ts'
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
 * A device has said in what is heard of it who it is. One that is known here is at this port, with this version; where it
 * is a stranger, whoever was known to be there is not any more.
 */
const noteHeard = (
  { store, clock, log }: Pick<Parts, 'store' | 'clock' | 'log'>,
  port: PortIdentity,
  { model, serial, hardware, firmware }: Identity,
): void => {
  if (model === undefined || serial === undefined) return
  try {
    const known = findDevice(store.read, model, serial)
    if (known === undefined) return leavePlace(store, port)
    const version = firmware ?? known.version
    if (version === known.version && known.port.path === port.path && known.port.plug === port.plug) return
    const identity = { model, serial, version, ...(hardware === undefined ? {} : { hardware }) }
    store.transact((tx) => sawDevice(tx, clock, { identity, profile: known.profile, port }))
  } catch (error) {
    // What a device says is recorded in any case.
    log.error('device.heard', error, { port: port.path })
  }
}

/** Gives an open port to telemetry. Errors: those of the stores; the port is free then: no act without its entry. */
const hear = async (
  parts: Parts,
  lease: PortLease,
  facts: Omit<Parameters<PortCaptures['start']>[1], 'onIdentity'>,
  { actor, job, seen }: { actor: Actor; job?: string | undefined; seen?: Uint8Array },
): Promise<void> => {
  const { port } = lease
  await parts.captures.start(lease, { ...facts, onIdentity: (identity) => noteHeard(parts, port, identity) }, seen)
  try {
    noteListening(parts, 'telemetry.start', port.path, actor, job)
  } catch (error) {
    await parts.captures.stop(port.path)
    throw error
  }
}

/**
 * Listens to a port, which restarts what is there. Errors: `telemetry.half-written` for a device that must not start,
 * those of the port and of the log; the port is free then.
 */
export const listen = async (parts: Parts, port: PortIdentity, actor: Actor, job?: string): Promise<void> => {
  const { path } = port
  if (parts.captures.isOpen(path)) return
  if (isHalfWrittenAt(parts.store.read, port)) throw new AirlockError('telemetry.half-written', { port: path })
  const baud = applicationBaud(parts)
  await hear(parts, await parts.owners.take(port, baud, 'telemetry'), { baud }, { actor, job })
}

/** After a job that has left the device as it was, or whole, the station listens again. */
const listenAgain = async (parts: Parts, path: string, actor: Actor, job: string): Promise<void> => {
  const port = (await parts.ports()).find((one) => one.path === path)
  if (port !== undefined && !isHalfWrittenAt(parts.store.read, port)) await listen(parts, port, actor, job)
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
  const { id: job } = context
  /** What became of the device is what counts: trouble with listening to it is told apart. */
  const unheard = (error: unknown): void => parts.log.error('capture.again', error, { port: path })
  // Whoever listens on the port lets go of it; the flash hands it back, open, with all that the device has said.
  const listened = parts.captures.isOpen(path)
  await parts.captures.stop(path).catch(unheard)
  const flashed = await parts.flashing.start(request, actor, context).catch(async (error: unknown) => {
    if (listened) await listenAgain(parts, path, actor, job).catch(unheard)
    throw error
  })
  const { device, record, lease, seen } = flashed
  const facts = {
    baud: applicationBaud(parts, device.profile),
    device: deviceFacts(device),
    firmware: { version: record.version },
    expect: 'update',
  } as const
  await hear(parts, lease.handOver('telemetry'), facts, { actor, job, seen }).catch(unheard)
  return { written: record.written ?? 0, result: flashResult(flashed) }
}
