// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { sameDevice, type DeviceIdentity } from '../devices/banner.ts'
import { FlashError } from '../devices/flash-error.ts'
import type { DeviceProfile } from '../devices/profile.ts'
import { findDevice } from '../devices/registry.ts'
import type { PortIdentity } from '../devices/transport.ts'
import type { ReadHandle } from '../store/open.ts'
import { startApplication } from './boot-banner.ts'
import type { LoaderFacts } from './drivers/driver.ts'
import type { LoaderSession } from './loader-session.ts'
import { isThatOne, type LeftBehind } from './left-behind.ts'
import type { FlashPlan } from './plan.ts'

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
  /** So many units from the first one on were read back, and stand as the journal says. */
  readonly standing: number
}

/** A device that says exactly what it said last time. */
const isKnown = (db: ReadHandle, { model, serial, hardware, version }: DeviceIdentity): boolean => {
  const device = findDevice(db, model, serial)
  return device !== undefined && device.hardware === (hardware ?? null) && device.version === version
}

/**
 * What an interrupted job left counts for the same USB serial number where the device holds it, else when a person confirms
 * it: an adapter keeps its number when the device behind it is exchanged. Errors: FlashError wrong-device, `device.unknown`;
 * undefined where a person has read another label: whoever that is has to say so itself.
 */
const fromJournal = (
  { port, hint }: Pick<Question, 'port' | 'hint'>,
  { job, model, serial, hardware, versionBefore, units }: LeftBehind,
  isHeld: boolean,
): Omit<Identified, 'facts'> | undefined => {
  const meant = hint === undefined || sameDevice(hint, { model, serial })
  if (port.usbSerial !== undefined && !meant)
    throw new FlashError('wrong-device', {}, { wanted: hint.serial, found: serial, model })
  if (!(port.usbSerial !== undefined && isHeld) && hint?.confirmed !== true)
    throw new AirlockError('device.unknown', { model, serial, job, confirm: true })
  const standing = isHeld ? units : 0
  return meant ? { model, serial, hardware, version: versionBefore, how: 'journal', standing } : undefined
}

type Question = {
  readonly db: ReadHandle
  readonly port: PortIdentity
  readonly profile: DeviceProfile
  readonly plan: FlashPlan
  /** Who is expected there, or whose label a person has read. */
  readonly hint: DeviceHint | undefined
  /** What a job has left in the device that should be there. */
  readonly left: LeftBehind | undefined
  readonly signal: AbortSignal
}

/**
 * Finds out who is at the port, and leaves it in its boot loader. An application that an interrupted job has left half
 * written is not started for that: what it would do is unknown. A device that does not hold what that job wrote is
 * another one, and is asked.
 * Errors: FlashError wrong-device (not the one that was meant), `device.unknown` (says nothing, nobody confirmed it).
 */
export const identify = async (session: LoaderSession, question: Question): Promise<Identified> => {
  const { db, profile, hint, left, signal } = question
  const facts = await session.enter()
  const isHeld = left === undefined ? false : await isThatOne(session, question.plan, left)
  if (left !== undefined && isHeld !== false) {
    const known = fromJournal(question, left, isHeld === true)
    if (known !== undefined) return { ...known, facts }
  }
  const { identity } = await startApplication(session, profile, signal, (said) => isKnown(db, said))
  await session.reenter()
  const expected =
    hint ?? (left === undefined ? undefined : { model: left.model, serial: left.serial, confirmed: false })
  if (identity !== undefined) {
    const { model, serial, version, hardware = null } = identity
    if (expected !== undefined && !sameDevice(expected, identity))
      throw new FlashError('wrong-device', {}, { wanted: expected.serial, found: serial, model })
    return { model, serial, hardware, version, how: 'banner', facts, standing: 0 }
  }
  if (hint?.confirmed !== true)
    throw new AirlockError('device.unknown', {
      ...(expected === undefined ? {} : { model: expected.model, serial: expected.serial }),
      confirm: true,
    })
  const { model, serial, hardware = null } = hint
  return { model, serial, hardware, version: null, how: 'person', facts, standing: 0 }
}
