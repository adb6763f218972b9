// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { sameDevice, type DeviceIdentity } from '../devices/banner.ts'
import { FlashError } from '../devices/flash-error.ts'
import type { DeviceProfile } from '../devices/profile.ts'
import { findDevice, getDevice } from '../devices/registry.ts'
import type { PortIdentity } from '../devices/transport.ts'
import type { ReadHandle } from '../store/open.ts'
import { startApplication } from './boot-banner.ts'
import type { LoaderFacts } from './drivers/driver.ts'
import type { LoaderSession } from './loader-session.ts'
import { lastWriteAt, nextStep } from './record.ts'

/** Which device is meant. `confirmed`: a person has read its label, which counts where the device cannot say it itself. */
export type DeviceHint = {
  readonly model: string
  readonly serial: string
  readonly hardware?: string
  readonly confirmed: boolean
}

/** Who the device is, and how that is known. */
export type Identified = {
  readonly model: string
  readonly serial: string
  readonly hardware: string | null
  /** What runs, or ran before the interrupted job; null when nobody knows. */
  readonly version: string | null
  readonly how: 'banner' | 'journal' | 'person'
  readonly facts: LoaderFacts
}

/** A device that says exactly what it said last time. */
const isKnown = (db: ReadHandle, { model, serial, hardware, version }: DeviceIdentity): boolean => {
  const device = findDevice(db, model, serial)
  return device !== undefined && device.hardware === (hardware ?? null) && device.version === version
}

/** What an interrupted job wrote into its journal counts for the same USB serial number, else when a person confirms it. */
const fromJournal = (
  db: ReadHandle,
  port: PortIdentity,
  hint: DeviceHint | undefined,
): Omit<Identified, 'facts'> | undefined => {
  const record = lastWriteAt(db, port)
  if (record === undefined || record.device === null || nextStep(record) !== 'continue') return undefined
  const { model, serial, hardware } = getDevice(db, record.device)
  const meant = hint === undefined || sameDevice(hint, { model, serial })
  if (port.usbSerial !== undefined && !meant)
    throw new FlashError('wrong-device', {}, { wanted: hint.serial, found: serial })
  if (port.usbSerial === undefined && hint?.confirmed !== true)
    throw new AirlockError('device.unknown', { model, serial, job: record.id, confirm: true })
  // Whoever has read another label has put another device into this place.
  if (!meant) return undefined
  return { model, serial, hardware, version: record.versionBefore, how: 'journal' }
}

/**
 * Finds out who is at the port, and leaves it in its boot loader. An application that an interrupted job has left half
 * written is not started for that: what it would do is unknown.
 * Errors: FlashError wrong-device (not the one that was meant), `device.unknown` (says nothing, nobody confirmed it).
 */
export const identify = async (
  session: LoaderSession,
  {
    db,
    port,
    profile,
    hint,
    signal,
  }: {
    readonly db: ReadHandle
    readonly port: PortIdentity
    readonly profile: DeviceProfile
    readonly hint: DeviceHint | undefined
    readonly signal: AbortSignal
  },
): Promise<Identified> => {
  const facts = await session.enter()
  const known = fromJournal(db, port, hint)
  if (known !== undefined) return { ...known, facts }
  const { identity } = await startApplication(session, profile, signal, (said) => isKnown(db, said))
  await session.reenter()
  if (identity !== undefined) {
    const { model, serial, version, hardware = null } = identity
    if (hint !== undefined && !sameDevice(hint, identity))
      throw new FlashError('wrong-device', {}, { wanted: hint.serial, found: serial })
    return { model, serial, hardware, version, how: 'banner', facts }
  }
  if (hint?.confirmed !== true) throw new AirlockError('device.unknown', { confirm: true })
  return {
    model: hint.model,
    serial: hint.serial,
    hardware: hint.hardware ?? null,
    version: null,
    how: 'person',
    facts,
  }
}
