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

/** All that a wrong clock or a full disk stops: what does not stand here goes on. */
const needs: { readonly [Name in keyof Contract]?: readonly Need[] } = {
  'bundles.import': ['clock', 'room'],
  'trust.review': ['clock', 'work'],
  'trust.confirm': ['sign', 'work'],
  'trust.import': ['clock', 'work'],
  'enrolment.install': ['clock', 'work'],
  'exports.request': ['room'],
  'exports.approve': ['sign', 'work'],
  'exports.reject': ['sign', 'work'],
  'exports.write': ['sign', 'work'],
  'dictionary.set': ['work'],
  'flashing.start': ['work'],
  'telemetry.start': ['room'],
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
