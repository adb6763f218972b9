// SPDX-License-Identifier: Apache-2.0
import { findDevice, getDevice } from '../devices/registry.ts'
import type { PortIdentity } from '../devices/transport.ts'
import type { ReadHandle } from '../store/open.ts'
import type { DeviceHint } from './identify.ts'
import type { LoaderSession } from './loader-session.ts'
import type { FlashPlan } from './plan.ts'
import { lastWriteAt, lastWriteTo, nextStep, type FlashRecord } from './record.ts'

/** A device that a job has left half written, and which of its units should stand as the image says. */
export type LeftBehind = {
  readonly job: string
  readonly model: string
  readonly serial: string
  readonly hardware: string | null
  readonly versionBefore: string | null
  readonly imageSha256: string | null
  /** So many units from the first one on were written. */
  readonly units: number
}

/** What a job has left, by its record; undefined where it left nothing half written. */
export const leftBy = (db: ReadHandle, record: FlashRecord): LeftBehind | undefined => {
  if (record.device === null || nextStep(record) !== 'continue') return undefined
  const { model, serial, hardware } = getDevice(db, record.device)
  const { id: job, versionBefore, imageSha256, state, units, unitsDone } = record
  return {
    job,
    model,
    serial,
    hardware,
    versionBefore,
    imageSha256,
    units: state === 'verify' ? (units ?? 0) : unitsDone,
  }
}

/** What a job has left in the device whose label a person has read, wherever that was; else what the last one left at this place. */
export const leftAt = (db: ReadHandle, port: PortIdentity, hint?: DeviceHint): LeftBehind | undefined => {
  const named = hint?.confirmed === true ? findDevice(db, hint.model, hint.serial) : undefined
  const own = named === undefined ? undefined : lastWriteTo(db, named.id)
  const left = own === undefined ? undefined : leftBy(db, own)
  if (left !== undefined) return left
  const record = lastWriteAt(db, port)
  return record === undefined ? undefined : leftBy(db, record)
}

/** A line that flips a bit spoils a byte of a page; other firmware differs in more. */
const spoilt = 2

const isSpoilt = (data: Uint8Array, got: Uint8Array): boolean =>
  data.reduce((wrong, octet, index) => (octet === got[index] ? wrong : wrong + 1), 0) > spoilt

/**
 * Whether the device at hand can be the one that was left: what had been written stands there. All of it is read, which
 * changes nothing: two versions of one firmware may differ in a single page. Undefined where nobody can tell.
 */
export const isThatOne = async (
  session: LoaderSession,
  { units, sha256 }: FlashPlan,
  left: LeftBehind,
): Promise<boolean | undefined> => {
  if (left.imageSha256 !== sha256 || left.units === 0) return undefined
  for (const { address, data } of units.slice(0, left.units)) {
    const got = await session.step(address, (t) => session.driver.read(t, address, data.length))
    if (isSpoilt(data, got)) return false
  }
  return true
}
