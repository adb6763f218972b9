// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../shared/errors.ts'
import type { Actor, AuditLog } from './audit/entry.ts'
import type { Target } from './campaigns/run-rows.ts'
import type { Written } from './campaigns/scheduler.ts'
import type { DeviceProfile } from './devices/profile.ts'
import type { Device } from './devices/registry.ts'
import type { Flashing } from './flashing/flashing.ts'
import type { Flashed, FlashRequest } from './flashing/job.ts'
import type { JobContext } from './jobs/job.ts'
import type { PortCaptures } from './port-captures.ts'

type Parts = {
  readonly audit: AuditLog
  readonly captures: PortCaptures
  readonly flashing: Flashing
  readonly profiles: readonly DeviceProfile[]
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

/** Writes the device at a port, proves it, and goes on listening to it. Errors: those of `flashDevice`. */
export const writeDevice = async (
  parts: Parts,
  request: FlashRequest,
  actor: Actor,
  context: JobContext,
): Promise<Written> => {
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
  return { written: record.written ?? 0, result: flashResult(flashed) }
}
