// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createPortNumbers, numberPlaces } from '../../../main/station/devices/port-numbers.ts'
import { stationActor } from '../../../main/station/audit/entry.ts'
import { auditMigration } from '../../../main/station/store/migrations/0001-audit.ts'
import { settingsMigration } from '../../../main/station/store/migrations/0009-settings.ts'
import { testLog } from '../../support/audit.ts'
import { testClock } from '../../support/clock.ts'

const admin = { uid: 'p-1', login: 'ada', name: 'Ada', role: 'administrator' }

const table = () => {
  const log = testLog(testClock(), [auditMigration, { ...settingsMigration, id: 2 }])
  const open = () => createPortNumbers(log)
  const entries = (): number => log.audit.head().size
  const last = (): unknown => JSON.parse(new TextDecoder().decode(log.audit.prove(entries() - 1).leaf))
  return { open, entries, last, log }
}
const short = (list: readonly { place: string; number: number }[]): string[] =>
  list.map(({ place, number }) => `${number} ${place}`)

describe('numbers of ports', () => {
  it('are given in the order of the names, the lowest free one first', () => {
    const first = numberPlaces({}, ['1-10', '1-2'])
    expect(first).toEqual({ '1-2': { number: 1, name: null }, '1-10': { number: 2, name: null } })
    const { '1-2': _gone, ...rest } = first
    expect(numberPlaces(rest, ['1-3', '1-4'])).toMatchObject({ '1-3': { number: 1 }, '1-4': { number: 3 } })
  })

  it('stay with their places when the device is gone, and when the station starts again', () => {
    const at = table()
    at.open().see(stationActor, ['1-1', '1-2'])
    expect(short(at.open().see(stationActor, ['1-2', '1-3']))).toEqual(['1 1-1', '2 1-2', '3 1-3'])
    expect(short(at.open().see(stationActor, []))).toEqual(['1 1-1', '2 1-2', '3 1-3'])
  })

  it('leave one entry for all that is new, and none for what is known', () => {
    const at = table()
    const before = at.entries()
    at.open().see(stationActor, ['1-1', '1-2'])
    at.open().see(stationActor, ['1-2', '1-1'])
    expect(at.entries()).toBe(before + 1)
    expect(at.last()).toMatchObject({ action: 'port.number', after: { '1-1': { number: 1 }, '1-2': { number: 2 } } })
  })

  it('are what a person says the sticker says; the port that had the number takes the other', () => {
    const at = table()
    const numbers = at.open()
    numbers.see(stationActor, ['1-1', '1-2', '1-3'])
    numbers.set(admin, { place: '1-3', number: 1, name: 'left hub' })
    expect(numbers.see(stationActor, [])).toEqual([
      { place: '1-3', number: 1, name: 'left hub' },
      { place: '1-2', number: 2, name: null },
      { place: '1-1', number: 3, name: null },
    ])
    expect(at.last()).toMatchObject({
      actor: { name: 'Ada' },
      object: { type: 'port', id: '1-3' },
      after: { '1-1': { number: 3 }, '1-3': { number: 1, name: 'left hub' } },
    })
    expect(() => numbers.set(admin, { place: '__proto__', number: 1, name: null })).toThrow(/port.unknown/)
  })
})
