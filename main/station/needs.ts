// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { ErrorCode } from '../../shared/error-codes.ts'
import { AirlockError } from '../../shared/errors.ts'
import type { ClockLook } from './clock-state.ts'
import type { StorageState } from './storage.ts'

/**
 * What a call stands on beside its roles. `clock`: it judges or makes signatures by time. `sign`: it is a signature.
 * `room`: it fills the disk. `work`: it is new work, which ends last.
 */
type Need = 'clock' | 'sign' | 'room' | 'work'

/** Calls that leave an entry: each of them says here what stops it. */
type Acting = {
  [Name in keyof Contract]: Contract[Name] extends { readonly audit: 'entry' } ? Name : never
}[keyof Contract]

const goesOn: readonly Need[] = []

/** All that a wrong clock or a full disk stops: what asks only, or is not named, goes on. */
const needs: { readonly [Name in Acting]: readonly Need[] } & { readonly [Name in keyof Contract]?: readonly Need[] } =
  {
    'bundles.import': ['clock', 'room'],
    // With a wrong clock nobody can say what has expired.
    'override.ask': ['clock', 'work'],
    'override.grant': ['sign', 'work'],
    'override.decline': ['sign', 'work'],
    'withdrawal.ask': ['sign', 'work'],
    'withdrawal.sign': ['sign', 'work'],
    'withdrawal.decline': ['sign', 'work'],
    'trust.review': ['clock', 'work'],
    'trust.confirm': ['sign', 'work'],
    'trust.import': ['clock', 'work'],
    'trust.sign': ['sign', 'work'],
    'trust.decline': ['sign', 'work'],
    'enrolment.request': ['work'],
    'enrolment.install': ['clock', 'work'],
    'exports.request': ['room'],
    'exports.approve': ['sign', 'work'],
    'exports.reject': ['sign', 'work'],
    'exports.write': ['sign', 'work'],
    'dictionary.set': ['work'],
    'telemetry.start': ['room'],
    'flashing.start': ['work'],
    'run.start': ['work'],
    'run.add': ['work'],
    'run.bringBack': ['work'],
    'run.retry': ['work'],
    'run.resume': ['work'],
    // What ends, holds or narrows work.
    'run.leaveOut': goesOn,
    'run.setAside': goesOn,
    'run.pause': goesOn,
    'run.stop': goesOn,
    'run.end': goesOn,
    'run.setAtOnce': goesOn,
    'telemetry.stop': goesOn,
    'jobs.cancel': goesOn,
    'media.eject': goesOn,
    'media.register': ['work'],
    'media.unregister': goesOn,
    'media.setRule': ['work'],
    // A check says itself what it thinks of the clock, and takes nothing in.
    'bundles.check': goesOn,
    // What tells of the trouble and brings it out, on paper or a drive.
    'audit.verify': goesOn,
    'audit.export': goesOn,
    'print.start': goesOn,
    'print.save': goesOn,
    // What mends the trouble, and who may do that.
    'clock.look': goesOn,
    'clock.confirm': goesOn,
    'storage.set': goesOn,
    'station.setUp': goesOn,
    'station.place': goesOn,
    'ports.number': goesOn,
    'session.signIn': goesOn,
    'session.signOut': goesOn,
    'session.changePassword': goesOn,
    'people.create': goesOn,
    'people.rename': goesOn,
    'people.setRoles': goesOn,
    'people.resetPassword': goesOn,
    'people.unlock': goesOn,
    'people.activate': goesOn,
    'people.deactivate': goesOn,
  }

const clockCodes = { behind: 'clock.rollback', ahead: 'clock.jump' } as const

const stopped = (need: Need, clock: ClockLook['state'], storage: StorageState): ErrorCode | undefined => {
  if (need === 'clock' || need === 'sign') {
    if (clock !== 'behind' && clock !== 'ahead') return undefined
    return need === 'sign' ? 'signature.clock' : clockCodes[clock]
  }
  if (storage === 'reserve') return 'storage.reserve'
  return storage === 'full' && need === 'room' ? 'storage.full' : undefined
}

/** Refuses what the station's state does not allow now. Errors: `clock.*`, `signature.clock`, `storage.full`, `storage.reserve`. */
export const admitNow = (
  name: keyof Contract,
  health: { readonly clock: () => ClockLook; readonly storage: () => { readonly state: StorageState } },
): void => {
  for (const need of needs[name] ?? []) {
    const code = stopped(need, health.clock().state, health.storage().state)
    if (code !== undefined) throw new AirlockError(code, { call: name })
  }
}
