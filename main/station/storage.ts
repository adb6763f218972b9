// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { z } from 'zod'
import { bytes, type Bytes } from '../../shared/units.ts'
import { stationActor, type AuditLog } from './audit/entry.ts'
import { limits } from './config.ts'
import type { DataPaths } from './data-folder.ts'
import { allocate, factsOf, remove, sizeBelow, volumeOf } from './platform/files.ts'
import { openPace } from './pace.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'
import { readSetting } from './store/settings.ts'
import type { ReadHandle } from './store/open.ts'

/**
 * `low`: all works, and somebody should make room. `full`: nothing that needs room begins, collecting stops, updating
 * works. `reserve`: the reserve was given to the log, no new work begins.
 */
export type StorageState = 'good' | 'low' | 'full' | 'reserve'

const thresholdsSchema = z.strictObject({ low: z.int().min(1), full: z.int().min(1) })
/** Free bytes below which storage counts as low and as full. */
export type Thresholds = z.infer<typeof thresholdsSchema>

/** What a person with a small disk gets who has set nothing. */
export const defaultThresholds = (total: number): Thresholds => ({
  low: Math.min(limits.storageLow, Math.floor(total / 10)),
  full: Math.min(limits.storageFull, Math.floor(total / 25)),
})

/** Size of the reserve on a volume of `total` bytes. */
export const reserveSize = (total: number): Bytes => bytes(Math.min(limits.logReserve, Math.floor(total / 8)))

/** Nanoseconds between two walks through the folders. */
const paceEvery = 60_000_000_000n

/** Whether the reserve has to go: of what is left, the log could not write its next entries. */
const isUp = (free: number, reserve: number): boolean => free < reserve / 2

/** The state of a volume; `held`: the reserve is there. Once it was given away, it has to fit again beside the rest. */
export const judgeStorage = (
  { free, held, reserve }: { free: number; held: boolean; reserve: number },
  { low, full }: Thresholds,
): StorageState => {
  const room = held ? free : free - reserve
  if (room >= low) return 'good'
  if (room >= full) return 'low'
  return held && !isUp(free, reserve) ? 'full' : 'reserve'
}

const reserveIn = (data: string): string => join(data, 'reserve')

/**
 * Gives the reserve away where the disk is full, before anything below the folder is opened: SQLite writes to hold a
 * folder and to open a store. What became of the storage, the first look says.
 */
export const makeRoom = (data: string): void => {
  const { free, total } = volumeOf(data)
  if (isUp(free, reserveSize(total))) remove(reserveIn(data))
}

/** What one look at the storage says. */
export type StorageLook = { readonly state: StorageState; readonly free: number; readonly total: number }

/** The data folder's volume, watched. */
export type Storage = {
  /** Asks the volume; takes or gives the reserve, and writes a change of state into the log. */
  look(): StorageLook
  /** The last look: for what is asked with every byte. */
  last(): StorageLook
  thresholds(): Thresholds
  reserve(): { readonly size: number; readonly held: boolean }
  /** Bytes by kind of what the station keeps, the largest first. */
  sizes(): readonly { readonly kind: 'bundles' | 'telemetry' | 'exports' | 'log'; readonly bytes: number }[]
  /** Bytes a day by which it grows, as of the last minute; undefined while there is too little to tell. */
  pace(): number | undefined
}

/** The storage of a station. A log that takes no entry does not stop the watching. */
export const openStorage = (parts: {
  readonly data: string
  readonly paths: DataPaths
  readonly read: ReadHandle
  readonly audit: Pick<AuditLog, 'note'> & { fault(): unknown }
  readonly stationId: string
  readonly clock: Clock
  readonly log: Log
}): Storage => {
  const { data, paths, read, audit, stationId, clock, log } = parts
  const path = reserveIn(data)
  const isHeld = (): boolean => factsOf(path) !== undefined
  const thresholds = (total = volumeOf(data).total): Thresholds => {
    const set = readSetting(read, 'storage')
    return set === undefined ? defaultThresholds(total) : thresholdsSchema.parse(JSON.parse(set))
  }

  /** Takes the reserve where it fits, gives it away where nothing else is left. */
  const settle = (state: StorageState, reserve: Bytes): void => {
    if (state === 'reserve') remove(path)
    if ((state === 'good' || state === 'low') && !isHeld()) allocate(path, reserve)
  }

  const note = (before: StorageState | undefined, { state, free, total }: StorageLook): void => {
    if ((before ?? 'good') === state || audit.fault() !== undefined) return
    const outcome = state === 'full' || state === 'reserve' ? 'failed' : 'ok'
    const object = { type: 'station', id: stationId }
    const after = { state, free, total }
    audit.note({ actor: stationActor, action: 'storage.state', object, outcome, before: before ?? null, after })
  }

  let last: StorageLook | undefined
  const look = (): StorageLook => {
    const { free, total } = volumeOf(data)
    const reserve = reserveSize(total)
    const state = judgeStorage({ free, held: isHeld(), reserve }, thresholds(total))
    const before = last?.state
    last = { state, free, total }
    try {
      settle(state, reserve)
      note(before, last)
    } catch (error) {
      // A disk that takes nothing is what this is about: the state stands, and the next look tries again.
      log.error('storage.look', error)
    }
    return last
  }

  const sizes = (): ReturnType<Storage['sizes']> =>
    [
      { kind: 'bundles', bytes: sizeBelow(paths.vault) } as const,
      { kind: 'telemetry', bytes: sizeBelow(paths.telemetry) + sizeBelow(`${paths.telemetry}-wal`) } as const,
      { kind: 'exports', bytes: sizeBelow(paths.exports) } as const,
      { kind: 'log', bytes: sizeBelow(paths.log.database) + sizeBelow(`${paths.log.database}-wal`) } as const,
    ].sort((a, b) => b.bytes - a.bytes)

  const paceAt = openPace(join(data, 'pace.json'))
  let told: { readonly at: bigint; readonly pace: number | undefined } | undefined
  const pace = (): number | undefined => {
    const at = clock.monotonic()
    if (told !== undefined && at - told.at < paceEvery) return told.pace
    const used = sizes().reduce((sum, { bytes: part }) => sum + part, 0)
    told = { at, pace: told?.pace }
    try {
      told = { at, pace: paceAt({ at: clock.now(), used }) }
    } catch (error) {
      // A full disk takes no sample; what was known of the pace still holds.
      log.error('storage.pace', error)
    }
    return told.pace
  }

  return {
    look,
    last: () => last ?? look(),
    thresholds,
    reserve: () => ({ size: reserveSize(volumeOf(data).total), held: isHeld() }),
    sizes,
    pace,
  }
}
