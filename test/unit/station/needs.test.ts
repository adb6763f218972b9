// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { ClockLook } from '../../../main/station/clock-state.ts'
import { admitNow } from '../../../main/station/needs.ts'
import type { StorageState } from '../../../main/station/storage.ts'
import { contract, type Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'

const isCall = (name: string): name is keyof Contract => name in contract

/** What each call is refused with in this state of the station, less those that go on. */
const refused = (clock: ClockLook['state'], state: StorageState): Record<string, string> => {
  const found: Record<string, string> = {}
  for (const name of Object.keys(contract).filter(isCall))
    try {
      admitNow(name, { clock: () => ({ state: clock, by: 0, looked: null }), storage: () => ({ state }) })
    } catch (error) {
      found[name] = error instanceof AirlockError ? error.code : String(error)
    }
  return found
}

const starts = ['run.start', 'run.add', 'run.bringBack', 'run.retry', 'run.resume', 'flashing.start']

describe('what a station in trouble refuses', () => {
  it('is nothing while all is well', () => {
    expect(refused('good', 'good')).toEqual({})
    expect(refused('stepped', 'low')).toEqual({})
  })

  it('is importing and signing under a wrong clock; what is imported may be written', () => {
    const behind = refused('behind', 'good')
    expect(behind).toMatchObject({ 'bundles.import': 'clock.rollback', 'exports.approve': 'signature.clock' })
    expect(refused('ahead', 'good')).toMatchObject({ 'trust.import': 'clock.jump', 'exports.write': 'signature.clock' })
    expect(Object.keys(behind)).toEqual(expect.not.arrayContaining(starts))
  })

  it('is what fills the disk when it is full, and every beginning when only the reserve is left', () => {
    expect(refused('good', 'full')).toEqual({
      'bundles.import': 'storage.full',
      'exports.request': 'storage.full',
      'telemetry.start': 'storage.full',
    })
    const left = refused('good', 'reserve')
    for (const name of starts) expect(left[name], name).toBe('storage.reserve')
    for (const name of ['run.stop', 'run.end', 'jobs.cancel', 'telemetry.stop', 'media.eject', 'audit.export'])
      expect(left[name], name).toBeUndefined()
  })
})
