// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { ReadHandle, Store, WriteHandle } from '../store/open.ts'
import { isWhereItWas } from './ports.ts'
import { portIdentitySchema, type PortIdentity } from './transport.ts'

const rowSchema = z.object({
  id: z.string(),
  model: z.string(),
  serial: z.string(),
  hardware: z.string().nullable(),
  version: z.string().nullable(),
  counter: z.int(),
  profile: z.string(),
  port: z.string(),
  first_seen: z.int(),
  last_seen: z.int(),
})

/** A device that the station has seen. Times in ms UTC. */
export type Device = {
  readonly id: string
  readonly model: string
  readonly serial: string
  readonly hardware: string | null
  /** What its application last said; null while a job has left it without one. */
  readonly version: string | null
  /** The highest security counter that was flashed here. */
  readonly counter: number
  readonly profile: string
  /** Where it was last seen. */
  readonly port: PortIdentity
  readonly firstSeen: number
  readonly lastSeen: number
}

const toDevice = (raw: unknown): Device => {
  const row = rowSchema.parse(raw)
  return {
    id: row.id,
    model: row.model,
    serial: row.serial,
    hardware: row.hardware,
    version: row.version,
    counter: row.counter,
    profile: row.profile,
    port: portIdentitySchema.parse(JSON.parse(row.port)),
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  }
}

/** The devices known here, newest sighting first. */
export const listDevices = (db: ReadHandle): Device[] =>
  db.all('SELECT * FROM device ORDER BY last_seen DESC, id').map(toDevice)

/** One device by its id here. Errors: `device.unknown`. */
export const getDevice = (db: ReadHandle, id: string): Device => {
  const row = db.get('SELECT * FROM device WHERE id = ?', id)
  if (row === undefined) throw new AirlockError('device.unknown', { id })
  return toDevice(row)
}

/** The device with this model and serial number, or undefined. */
export const findDevice = (db: ReadHandle, model: string, serial: string): Device | undefined => {
  const row = db.get('SELECT * FROM device WHERE model = ? AND serial = ?', model, serial)
  return row === undefined ? undefined : toDevice(row)
}

/** Writes down that a device has said who it is: a new row, or its newest version, place and time. */
export const sawDevice = (
  tx: WriteHandle,
  clock: Clock,
  seen: {
    identity: Pick<Device, 'model' | 'serial' | 'version'> & { hardware?: string | null }
    profile: string
    port: PortIdentity
  },
): Device => {
  const { model, serial, version, hardware = null } = seen.identity
  const port = JSON.stringify(seen.port)
  const now = clock.now()
  tx.run(
    `INSERT INTO device (id, model, serial, hardware, version, profile, port, first_seen, last_seen)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (model, serial) DO UPDATE SET hardware = coalesce(excluded.hardware, hardware),
       version = excluded.version, profile = excluded.profile, port = excluded.port, last_seen = excluded.last_seen`,
    newId(),
    model,
    serial,
    hardware,
    version,
    seen.profile,
    port,
    now,
    now,
  )
  return toDevice(tx.get('SELECT * FROM device WHERE model = ? AND serial = ?', model, serial))
}

/** A stranger is at this port: the devices that were last seen there are there no more. */
export const leavePlace = (store: Store, port: PortIdentity): void => {
  const left = store.read
    .all(`SELECT * FROM device WHERE json_extract(port, '$.path') = ?`, port.path)
    .map(toDevice)
    .filter((device) => isWhereItWas(port, device.port))
  if (left.length === 0) return
  store.transact((tx) => {
    for (const { id, port: then } of left)
      tx.run('UPDATE device SET port = ? WHERE id = ?', JSON.stringify({ ...then, plug: 'left' }), id)
  })
}

/** From the first erase on the device has no version that anybody could vouch for. */
export const forgetVersion = (tx: WriteHandle, id: string): void =>
  void tx.run('UPDATE device SET version = NULL WHERE id = ?', id)

/** Raises the counter after a proven flash; it never goes down. */
export const raiseCounter = (tx: WriteHandle, id: string, counter: number): void =>
  void tx.run('UPDATE device SET counter = max(counter, ?) WHERE id = ?', counter, id)
