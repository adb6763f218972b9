// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { readLeaves } from '../../../main/station/audit/tables.ts'
import { createDriveRegister } from '../../../main/station/media/drive-register.ts'
import { stationMigrations } from '../../../main/station/store/migrations/station.ts'
import type { Volume } from '../../../main/station/media/volume.ts'
import { openTestLog, testLogKey } from '../../support/audit.ts'
import { testClock } from '../../support/clock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const admin = { uid: 'p-1', login: 'ada', name: 'Ada', role: 'administrator' }
const stick: Volume = {
  path: '/media/x',
  id: 'a1',
  mount: '1 8:1',
  name: 'NF',
  filesystem: 'vfat',
  readOnly: false,
  device: '/dev/sda1',
  inputDevice: false,
  serial: 'Kingston_0019',
  volumeId: '3A1F-77C0',
}
const told = { label: 'NF 7', owner: 'Anna Keller' }

const registerOf = () => {
  const clock = testClock()
  const { store, audit } = openTestLog(tempFolder(), testLogKey(), clock, stationMigrations)
  const entries = () =>
    readLeaves(store.read, 0, audit.head().size).flatMap(({ leaf }): Record<string, unknown>[] => {
      const entry: unknown = JSON.parse(Buffer.from(leaf).toString())
      const { action, reason, before, after } = entry as Record<string, unknown>
      return String(action).startsWith('media.') ? [{ action, reason, before, after }] : []
    })
  return { store, entries, ...createDriveRegister({ store, audit, clock }) }
}

describe('the register of drives', () => {
  it('admits every drive while the site asks for nothing, and then those that are registered', () => {
    const register = registerOf()
    expect([register.rule(), register.admits('a1')]).toEqual(['allowed', true])
    register.setRule(admin, 'refused', 'audit finding 12')
    expect(register.admits('a1')).toBe(false)
    const id = register.add(admin, stick, told)
    expect([register.admits('a1'), register.admits('b2')]).toEqual([true, false])
    expect(register.of('a1')).toMatchObject({ ...told, serial: 'Kingston_0019', volume: '3A1F-77C0', by: 'Ada' })
    register.end(admin, id, 'lost')
    expect([register.admits('a1'), register.of('a1')]).toEqual([false, undefined])
    expect(register.list()).toMatchObject([{ id, ended: { by: 'Ada', reason: 'lost' } }])
    const after = { name: 'NF 7', owner: 'Anna Keller', serial: 'Kingston_0019', volume: '3A1F-77C0' }
    expect(register.entries()).toMatchObject([
      { action: 'media.rule', reason: 'audit finding 12', before: { rule: 'allowed' }, after: { rule: 'refused' } },
      { action: 'media.register', after },
      { action: 'media.unregister', reason: 'lost', before: after },
    ])
  })

  it('has a drive once at a time, and never changes or removes what was', () => {
    const register = registerOf()
    const id = register.add(admin, stick, told)
    expect(() => register.add(admin, stick, told)).toThrow(expect.objectContaining({ code: 'medium.registered' }))
    register.end(admin, id, 'lost')
    expect(() => register.end(admin, id, 'again')).toThrow(expect.objectContaining({ code: 'not-found' }))
    expect(register.add(admin, stick, told)).not.toBe(id)
    const change = (sql: string) => () => register.store.transact((tx) => tx.run(sql))
    expect(change(`UPDATE registered_drive SET ended_reason = 'x' WHERE ended_ms IS NOT NULL`)).toThrow('never changed')
    expect(change('DELETE FROM registered_drive')).toThrow('never removed')
  })

  it('admits nothing but what is registered where its rule cannot be read', () => {
    const register = registerOf()
    register.add(admin, stick, told)
    register.store.transact((tx) =>
      tx.run("INSERT INTO setting (name, value) VALUES ('unregistered-drives', 'all of them')"),
    )
    expect([register.rule(), register.admits('a1'), register.admits('b2')]).toEqual(['refused', true, false])
  })

  it('takes no drive that says nothing of itself; a configured folder is known by its path', () => {
    const register = registerOf()
    const { volumeId: _volume, ...placed } = stick
    const { serial: _serial, ...mute } = placed
    // Without a volume's id it is known by its place: another stick there would be taken for it.
    for (const one of [placed, mute])
      expect(() => register.add(admin, one, told)).toThrow(expect.objectContaining({ code: 'medium.no-identity' }))
    const { device: _device, ...folder } = mute
    expect(register.add(admin, folder, told)).toMatch(/^[0-9a-f-]{36}$/)
  })
})
