// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { AirlockError } from '../../../shared/errors.ts'
import { millis } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { DriveRegister } from './drive-register.ts'
import type { DriveFile } from './drive-files.ts'
import { createDriveTable, within, type Drive, type DriveTable, type KnownDrive } from './drive-table.ts'
import { volumeFiles, type VolumeFiles } from '../platform/volume-io.ts'
import { flushVolume, unmountVolume } from './eject-volume.ts'
import type { Volume, VolumeSource } from './volume.ts'

/** A drive in use by one piece of work: it is not ejected meanwhile, and another one at its place is not it. */
export type DriveHold = {
  /** Asked before each step. Errors: `medium.gone` when the drive was pulled, even if another one has its place now. */
  folder(): Promise<string>
  /** The only way to its files. Errors besides the system's: `medium.silent`, and `medium.io` when it is pulled. */
  readonly files: VolumeFiles
  /** Aborted with `medium.io` when the drive is pulled. */
  readonly signal: AbortSignal
  release(): void
}

/** Drives that are there now: mounted volumes of the system, and configured folders. */
export type Drives = {
  /** After a fresh look at each; one that does not answer is there as `unreadable`. */
  list(): Promise<readonly Drive[]>
  /** All drives at once, and again at every change, until the signal aborts. */
  watch(emit: (drives: readonly Drive[]) => void, signal: AbortSignal): Promise<void>
  /** What Airlock reads on a drive. Errors: as `hold`, `medium.unreadable`. */
  filesOn(driveId: string): Promise<readonly DriveFile[]>
  /** The path of a file of that name. Errors: as `filesOn`, `not-found`. */
  fileOn(driveId: string, name: string): Promise<string>
  /** Errors: `medium.gone`, `medium.silent`, `medium.input-device`. */
  hold(driveId: string): Promise<DriveHold>
  /**
   * Writes out what the system still keeps for the drive, then takes it from the system where that is allowed: `ejected`;
   * else it stays, `flushed`. Errors: as `hold`, `medium.in-use`, `medium.io` (not everything is on the drive).
   */
  eject(driveId: string): Promise<'ejected' | 'flushed'>
  /** A drive that is there. Errors: as `hold`. */
  volumeOf(driveId: string): Promise<Volume>
  close(): void
}

/** How often the system's table is read, ms: a new drive has to be seen within two seconds, a pulled one in use at once. */
const every = { idle: millis(250), used: millis(50) }

type Parts = {
  readonly sources: readonly VolumeSource[]
  readonly clock: Clock
  readonly log: Log
  /** Told of each drive that comes or goes; must not throw. */
  readonly note?: (event: 'attach' | 'detach', volume: Volume) => void
  readonly register: Pick<DriveRegister, 'of' | 'admits'>
}

/** Starts watching; drives are known after the first `list` or within a moment. */
export const createDrives = ({ sources, clock, log, note = () => undefined, register }: Parts): Drives => {
  const table = createDriveTable({ sources, clock, note, register })
  const closed = new AbortController()
  void watchOver(table, log, closed.signal)

  const find = async (driveId: string): Promise<KnownDrive> => {
    await table.compare()
    const drive = table.get(driveId)
    if (drive === undefined) throw new AirlockError('medium.gone', { drive: driveId })
    if (drive.volume.inputDevice) throw new AirlockError('medium.input-device', nameOf(drive))
    if (table.isSilent(drive)) throw new AirlockError('medium.silent', nameOf(drive))
    return drive
  }
  const filesOn = async (driveId: string): Promise<readonly DriveFile[]> => {
    const drive = await find(driveId)
    await table.lookAt(drive)
    if (drive.failed || drive.look === undefined) throw new AirlockError('medium.unreadable', nameOf(drive))
    return drive.look.files
  }
  return {
    async list() {
      await table.compare()
      await Promise.all(table.all().map((drive) => table.lookAt(drive).catch(() => undefined)))
      return table.views()
    },
    watch: (emit, signal) => tellAll(table, emit, AbortSignal.any([signal, closed.signal])),
    filesOn,
    async fileOn(driveId, name) {
      const files = await filesOn(driveId)
      const { path } = (await find(driveId)).volume
      // The name is looked up, not joined: a path with a slash or dots names no listed file.
      if (!files.some((file) => file.name === name)) throw new AirlockError('not-found', { name })
      return join(path, name)
    },
    async hold(driveId) {
      const drive = await find(driveId)
      if (drive.ejecting) throw new AirlockError('medium.gone', nameOf(drive))
      return holdOf(table, drive)
    },
    eject: async (driveId) => ejectDrive(table, await find(driveId)),
    volumeOf: async (driveId) => (await find(driveId)).volume,
    close: () => closed.abort(),
  }
}

const nameOf = ({ volume }: KnownDrive): { drive: string } => ({ drive: volume.name })

/** What is put on a drive is read on another machine, by an account that this one does not know. */
const carriedMode = 0o644

const holdOf = (table: DriveTable, drive: KnownDrive): DriveHold => {
  drive.holds += 1
  drive.flushed = false
  table.changed()
  let released = false
  return {
    signal: drive.pulled.signal,
    files: volumeFiles(drive.gate.ask, carriedMode),
    async folder() {
      await table.compare()
      if (drive.pulled.signal.aborted) throw new AirlockError('medium.gone', nameOf(drive))
      return drive.volume.path
    },
    release() {
      if (released) return
      released = true
      drive.holds -= 1
      table.changed()
    },
  }
}

const ejectDrive = async (table: DriveTable, drive: KnownDrive): Promise<'ejected' | 'flushed'> => {
  if (drive.holds > 0 || drive.ejecting) throw new AirlockError('medium.in-use', nameOf(drive))
  drive.ejecting = true
  try {
    if (drive.asking !== undefined) await within(drive.asking.done)
    await flushVolume(drive.volume)
    await table.compare()
    // That took its time: another drive that has its place by now stays.
    if (!drive.pulled.signal.aborted) await unmountVolume(drive.volume)
    await table.compare()
    // Whether the system let go of it is read off its own table, whatever its programs said.
    if (drive.pulled.signal.aborted) return 'ejected'
    drive.flushed = true
    return 'flushed'
  } finally {
    drive.ejecting = false
    table.changed()
  }
}

const tellAll = async (
  table: DriveTable,
  emit: (drives: readonly Drive[]) => void,
  signal: AbortSignal,
): Promise<void> => {
  const listener = (): void => emit(table.views())
  table.listeners.add(listener)
  listener()
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  table.listeners.delete(listener)
}

const watchOver = async (table: DriveTable, log: Log, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    try {
      await table.compare()
      table.lookAround()
    } catch (error) {
      log.error('media.watch', error)
    }
    const pace = table.all().some(({ holds }) => holds > 0) ? every.used : every.idle
    // Closing ends the wait; that it is closed is read off the signal.
    await setTimeout(pace, undefined, { signal }).catch(() => undefined)
  }
}
