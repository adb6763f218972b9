// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { searchDevices } from '../../../main/station/devices/search.ts'
import { devices } from '../../../main/station/store/migrations/0005-devices.ts'
import { openStore } from '../../../main/station/store/open.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const registryOf = (serials: readonly string[]) => {
  const store = openStore(join(tempFolder(), 'station.db'), [{ ...devices, id: 1 }])
  onTestFinished(() => store.close())
  store.transact((tx) =>
    serials.forEach((serial, n) =>
      tx.run(
        `INSERT INTO device (id, model, serial, profile, port, first_seen, last_seen)
         VALUES (?, 'pump', ?, 'pump', '{}', 0, ?)`,
        String(n),
        serial,
        n,
      ),
    ),
  )
  return (text: string, limit = 8) => searchDevices(store.read, text, limit).map(({ serial }) => serial)
}

describe('the search for devices', () => {
  it('finds any part of a serial number in either case: the whole number first, then its beginnings, then the newest', () => {
    const search = registryOf(['G4-22', 'X-G4-2', 'G4-2', 'Z-g4-2', 'H5'])
    expect(search('g4-2')).toEqual(['G4-2', 'G4-22', 'Z-g4-2', 'X-G4-2'])
    expect(search('4-22')).toEqual(['G4-22'])
    expect(search('nothing')).toEqual([])
  })

  it('takes wildcards and backslashes as the characters that they are', () => {
    const search = registryOf(['A%B', 'A_B', String.raw`A\B`, 'AxB'])
    expect(search('a%b')).toEqual(['A%B'])
    expect(search('a_b')).toEqual(['A_B'])
    expect(search('\\')).toEqual([String.raw`A\B`])
  })

  it('answers no more than it is asked for, out of ten thousand', () => {
    const search = registryOf(Array.from({ length: 10_000 }, (_, n) => `G4-${String(n).padStart(6, '0')}`))
    expect(search('g4', 8)).toHaveLength(8)
    expect(search('07777')).toEqual(['G4-007777'])
  })
})
