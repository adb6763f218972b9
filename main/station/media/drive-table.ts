// SPDX-License-Identifier: Apache-2.0
import { setTimeout } from 'node:timers/promises'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes, millis, type Bytes } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'
import { lookAt, type DriveFile, type Look } from './drive-files.ts'
import { driveState, type DriveState } from './drive-rules.ts'
import type { DriveRegister } from './drive-register.ts'
import { createGate, type Gate } from './gate.ts'
import type { Volume, VolumeSource } from './volume.ts'

/** A drive as people see it: the page never learns a path. */
export type Drive = {
  readonly id: string
  readonly name: string
  readonly state: DriveState
  readonly filesystem: string
  readonly readOnly: boolean
  /** How the site knows it. */
  readonly registered: { readonly label: string; readonly owner: string } | null
  /** Whether it may be worked with. */
  readonly admitted: boolean
  readonly free: Bytes
  readonly total: Bytes
  readonly files: readonly DriveFile[]
}

/** What is known of one drive while it is there. */
export type KnownDrive = {
  readonly volume: Volume
  /** Aborted with `medium.io` when the drive is pulled. */
  readonly pulled: AbortController
  /** All work on its files goes through here; looking at it does not wait for that. */
  readonly gate: Gate
  look: Look | undefined
  failed: boolean
  asking: { readonly since: bigint; readonly done: Promise<void> } | undefined
  lookedAt: bigint
  /** How many pieces of work use it. */
  holds: number
  ejecting: boolean
  /** Everything that was written is on it. */
  flushed: boolean
}

/** The drives that are there, compared with the system's own table whenever somebody asks. */
export type DriveTable = {
  /** Asks the system; a volume that was mounted anew is another drive than before. */
  compare(): Promise<void>
  all(): readonly KnownDrive[]
  get(driveId: string): KnownDrive | undefined
  views(): readonly Drive[]
  /** Looks at what has not been looked at for a second, without waiting for it. */
  lookAround(): void
  /** Something that it was asked has no answer yet, for too long: nothing more is asked of it. */
  isSilent(drive: KnownDrive): boolean
  /** A look that began now. Errors: `medium.silent` when the drive does not answer. */
  lookAt(drive: KnownDrive): Promise<void>
  /** Tells the listeners, if anything can be seen to have changed. */
  changed(): void
  readonly listeners: Set<() => void>
}

type Parts = {
  readonly sources: readonly VolumeSource[]
  readonly clock: Clock
  /** Told of each drive that comes or goes; must not throw. */
  readonly note: (event: 'attach' | 'detach', volume: Volume) => void
  readonly register: Pick<DriveRegister, 'of' | 'admits'>
}

/** How often what lies on a drive is looked at. */
const lookEvery = 1_000_000_000n
/** A drive that has not answered by then is silent; whatever it holds up goes on waiting without anybody. */
const answerWithin = millis(3000)

/** A table that knows nothing yet. */
export const createDriveTable = ({ sources, clock, note, register }: Parts): DriveTable => {
  const known = new Map<string, KnownDrive>()
  const listeners = new Set<() => void>()
  const asked = sources.map((source) => lastAnswer(source))
  let told = ''

  const isSilent = ({ asking, gate }: KnownDrive): boolean =>
    gate.silent() || (asking !== undefined && clock.monotonic() - asking.since > BigInt(answerWithin) * 1_000_000n)
  const views = (): Drive[] => [...known.values()].map((drive) => viewOf(drive, isSilent(drive), register))
  const changed = (): void => {
    const now = JSON.stringify(views())
    if (now === told) return
    told = now
    for (const listener of listeners) listener()
  }
  const look = (drive: KnownDrive): Promise<void> => {
    if (drive.asking !== undefined) return drive.asking.done
    if (drive.volume.inputDevice || drive.ejecting) return Promise.resolve()
    const done = lookAt(drive.volume.path)
      .then(
        (found) => Object.assign(drive, { look: found, failed: false }),
        () => Object.assign(drive, { failed: true }),
      )
      .then(() => {
        Object.assign(drive, { asking: undefined, lookedAt: clock.monotonic() })
        changed()
      })
    drive.asking = { since: clock.monotonic(), done }
    return done
  }

  return {
    async compare() {
      const volumes = uniquely((await Promise.all(asked.map((ask) => ask()))).flat())
      for (const [id, { volume, pulled }] of known) {
        const now = volumes.find((one) => one.id === id)
        if (now?.mount === volume.mount && now.readOnly === volume.readOnly) continue
        known.delete(id)
        note('detach', volume)
        pulled.abort(new AirlockError('medium.io', { drive: volume.name }))
      }
      for (const volume of volumes) {
        if (known.has(volume.id)) continue
        known.set(volume.id, newlyKnown(volume))
        note('attach', volume)
      }
      changed()
    },
    all: () => [...known.values()],
    get: (driveId) => known.get(driveId),
    views,
    isSilent,
    lookAround() {
      for (const drive of known.values()) if (clock.monotonic() - drive.lookedAt > lookEvery) void look(drive)
      changed()
    },
    async lookAt(drive) {
      if (isSilent(drive)) throw new AirlockError('medium.silent', { drive: drive.volume.name })
      // A look that is under way may be older than what somebody has just put there.
      if (drive.asking !== undefined) await within(drive.asking.done)
      await within(look(drive))
    },
    changed,
    listeners,
  }
}

const viewOf = (
  { volume, look, holds, flushed, failed }: KnownDrive,
  silent: boolean,
  register: Parts['register'],
): Drive => {
  const { id, name, filesystem, readOnly, inputDevice } = volume
  const facts = { inputDevice, silent, unreadable: failed, held: holds > 0, flushed, files: look?.files.length }
  const state = driveState(facts)
  const { free, total, files } = look === undefined || failed || silent ? nothing : look
  const { label, owner } = register.of(id) ?? {}
  const registered = label === undefined || owner === undefined ? null : { label, owner }
  return { id, name, state, filesystem, readOnly, registered, admitted: register.admits(id), free, total, files }
}

const nothing: Look = { free: bytes(0), total: bytes(0), files: [] }

const newlyKnown = (volume: Volume, pulled = new AbortController()): KnownDrive => ({
  volume,
  pulled,
  gate: createGate(volume.name, pulled.signal),
  look: undefined,
  failed: false,
  asking: undefined,
  lookedAt: -(1n << 62n),
  holds: 0,
  ejecting: false,
  flushed: false,
})

/** Copies of a volume, bit by bit, have one identity: each is a drive of its own all the same. */
const uniquely = (volumes: readonly Volume[]): Volume[] =>
  volumes.map((volume, index) => {
    const before = volumes.slice(0, index).filter(({ id }) => id === volume.id).length
    return before === 0 ? volume : { ...volume, id: `${volume.id}-${before}` }
  })

/** Waits no longer than a drive may take. Errors: `medium.silent` when it does. */
export const within = async <T>(work: Promise<T>): Promise<T> => {
  const timer = new AbortController()
  const late = setTimeout(answerWithin, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new AirlockError('medium.silent')),
    () => work,
  )
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}

/** Asks a source one question at a time; one that does not answer in time gave its last answer. */
const lastAnswer = (source: VolumeSource): VolumeSource => {
  let last: readonly Volume[] = []
  let asking: Promise<readonly Volume[]> | undefined
  const ask = async (): Promise<readonly Volume[]> => {
    try {
      return (last = await source())
    } finally {
      asking = undefined
    }
  }
  return async () => {
    try {
      // An answer that is under way may be older than what has just been plugged in.
      if (asking !== undefined) await within(asking)
      return await within((asking ??= ask()))
    } catch {
      // What cannot be asked now is as it was; a drive that is gone says so itself when it is read.
      return last
    }
  }
}
