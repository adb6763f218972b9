// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { healthCalls } from '../../shared/contract/health-calls.ts'
import { AirlockError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { personOf, type Caller } from './caller.ts'
import { lookAtClock, timesOf } from './clock-state.ts'
import type { Parts } from './parts.ts'
import { storageOf } from './status.ts'
import { readSetting, writeSetting } from './store/settings.ts'
import { judgeClock } from './trust/trusted-time.ts'

type HealthHandlers = Pick<Handlers<Contract, Caller>, keyof typeof healthCalls>

/** What the clock was counted from and what it says: both stand in every entry about it (21 CFR 11.10(e)). */
const clockValues = (parts: Parts) => {
  const { state, by } = lookAtClock(parts)
  const { clock, audit } = parts
  const step = audit.clock()?.step ?? null
  return {
    before: { state, by, wall_ms: step?.before ?? audit.lastTime(), last_entry_ms: audit.lastTime() },
    after: { wall_ms: clock.now(), zone_minutes: clock.zoneOffset() },
  }
}

/** Nobody can vouch for a clock that is before what others have signed: it has to be set first. Errors: `clock.rollback`. */
const requireSet = (parts: Parts): void => {
  const fault = judgeClock({ ...timesOf(parts), lastAuditTime: undefined }, [])
  if (fault?.code === 'clock.rollback') throw new AirlockError('clock.rollback')
}

const clock = { type: 'clock', id: 'system' }

/** The station's own health. */
export const healthHandlers = (parts: Parts): HealthHandlers => {
  const { audit, identity, storage, store, stationId } = parts
  const station = { type: 'station', id: stationId }
  return {
    'clock.look': async ({ reason, password }, caller) => {
      const { session, actor } = personOf(caller)
      await identity.signatures.reauthenticate(session, password)
      requireSet(parts)
      audit.note({ actor, action: 'clock.look', object: clock, outcome: 'ok', reason, ...clockValues(parts) })
      return {}
    },
    'clock.confirm': async ({ reason, password }, caller) => {
      const { session, actor } = personOf(caller)
      await identity.signatures.reauthenticate(session, password)
      requireSet(parts)
      const looked = audit.clock()?.looked ?? undefined
      if (looked === undefined) throw new AirlockError('station.not-looked')
      const { uid, name, reason: given } = looked
      if (uid === actor.uid) throw new AirlockError('station.second-person')
      const { before, after } = clockValues(parts)
      const seconded = { ...after, looked: name, reason: given }
      audit.note({ actor, action: 'clock.confirm', object: clock, outcome: 'ok', reason, before, after: seconded })
      return {}
    },
    'storage.get': (_nothing, { session }) => {
      const { low, full } = storage.thresholds()
      return {
        look: storageOf(parts),
        total: storage.last().total,
        // A path is for whoever chooses it: nobody has signed in while the station is being set up.
        folder: session === undefined ? parts.options.data : null,
        pace: storage.pace() ?? null,
        low,
        full,
        reserve: { ...storage.reserve() },
        sizes: storage.sizes().map((part) => ({ ...part })),
      }
    },
    'storage.set': ({ low, full, reason }, caller) => {
      const { total } = storage.last()
      // Above half of the disk a warning would never end, and full has to come after low.
      if (full > low || low > total / 2)
        throw new AirlockError('call.parameters', { where: full > low ? 'full' : 'low' })
      const { actor } = personOf(caller)
      const change = { before: { ...storage.thresholds() }, after: { low, full } }
      audit.change({ actor, action: 'storage.set', object: station, outcome: 'ok', reason, ...change }, (tx) =>
        writeSetting(tx, 'storage', JSON.stringify({ low, full })),
      )
      storage.look()
      return {}
    },
    'station.place': ({ hall, bench }, caller) => {
      const { actor } = personOf(caller)
      const before = { hall: readSetting(store.read, 'hall') ?? '', bench: readSetting(store.read, 'bench') ?? '' }
      const after = { hall, bench }
      audit.change({ actor, action: 'station.place', object: station, outcome: 'ok', before, after }, (tx) => {
        writeSetting(tx, 'hall', hall)
        writeSetting(tx, 'bench', bench)
      })
      return {}
    },
  }
}
