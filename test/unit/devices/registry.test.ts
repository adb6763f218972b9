// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  findDevice,
  forgetVersion,
  getDevice,
  listDevices,
  raiseCounter,
  sawDevice,
} from '../../../main/station/devices/registry.ts'
import { devices } from '../../../main/station/store/migrations/0005-devices.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const registry = () => {
  const clock = testClock()
  const store = openStore(join(tempFolder(), 'station.db'), [{ ...devices, id: 1 }])
  onTestFinished(() => store.close())
  const saw = (serial: string, version: string | null, hardware?: string) =>
    store.transact((tx) =>
      sawDevice(tx, clock, {
        identity: { model: 'pump', serial, version, ...(hardware === undefined ? {} : { hardware }) },
        profile: 'pump',
        port: { path: '/dev/ttyUSB0', locationId: '1-1' },
      }),
    )
  return { clock, store, saw }
}

describe('the registry of devices', () => {
  it('has one row per model and serial number, with the newest version and time', () => {
    const { clock, store, saw } = registry()
    const first = saw('P-1', '1.0.0', 'b')
    clock.advance(1000)
    const second = saw('P-1', '2.0.0')
    expect(second).toEqual({ ...first, version: '2.0.0', lastSeen: first.lastSeen + 1000 })
    saw('P-2', '1.0.0')
    expect(
      listDevices(store.read)
        .map(({ serial }) => serial)
        .sort(),
    ).toEqual(['P-1', 'P-2'])
    expect(getDevice(store.read, first.id)).toEqual(second)
    expect(findDevice(store.read, 'pump', 'P-3')).toBeUndefined()
    expect(() => getDevice(store.read, 'nobody')).toThrow(expect.objectContaining({ code: 'device.unknown' }))
  })

  it('never lowers a counter', () => {
    const { store, saw } = registry()
    const { id } = saw('P-1', '1.0.0')
    for (const counter of [3, 7, 5]) store.transact((tx) => raiseCounter(tx, id, counter))
    expect(saw('P-1', '1.0.0').counter).toBe(7)
  })

  it('knows no version once an erase has begun, but keeps the rest', () => {
    const { store, saw } = registry()
    const { id } = saw('P-1', '1.0.0', 'b')
    store.transact((tx) => forgetVersion(tx, id))
    expect(getDevice(store.read, id)).toMatchObject({ version: null, hardware: 'b', serial: 'P-1' })
  })
})
