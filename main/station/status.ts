// SPDX-License-Identifier: Apache-2.0
import { builtAt } from '../../shared/app-version.ts'
import type { Contract } from '../../shared/contract/contract.ts'
import type { Result } from '../../shared/rpc/contract-table.ts'
import type { Caller } from './caller.ts'
import { lookAtClock } from './clock-state.ts'
import { appVersion } from './config.ts'
import { daysLeft } from './pace.ts'
import type { Parts } from './parts.ts'
import type { Recovery } from './recover.ts'
import { stationCertificate } from './station-certificate.ts'
import { readSetting, type Setting } from './store/settings.ts'

type Status = Result<Contract, 'station.status'>

const stateOf = ({ audit, identity }: Parts): Status['state'] => {
  if (audit.fault() !== undefined) return 'read-only'
  return identity.needsSetUp() ? 'setup' : 'ready'
}

/** The clock as pages see it; who looked at it is for people who are signed in. */
const clockOf = (parts: Parts, session: Caller['session']): Status['clock'] => {
  const { state, by, looked } = lookAtClock(parts)
  const { name, reason, at } = looked ?? {}
  const shown = session === undefined || name === undefined || reason === undefined || at === undefined
  return { state, by, offset: parts.clock.zoneOffset(), looked: shown ? null : { name, reason, at } }
}

/** Free room and how long it lasts. */
export const storageOf = ({ storage }: Pick<Parts, 'storage'>): Status['storage'] => {
  const { state, free } = storage.look()
  return { state, free, days: daysLeft(free - storage.thresholds().full, storage.pace()) ?? null }
}

/** The station in one answer: what every page needs to know of it. */
export const statusOf = (parts: Parts, recovery: Recovery, session: Caller['session']): Status => {
  const { store, audit, trust, clock } = parts
  const policy = trust.policy()
  const { size, root } = audit.head()
  const setting = (name: Setting): string | null => readSetting(store.read, name) ?? null
  const fault = audit.fault()
  return {
    state: stateOf(parts),
    stationId: parts.stationId,
    site: setting('site'),
    hall: setting('hall'),
    bench: setting('bench'),
    version: appVersion,
    built: builtAt,
    now: clock.now(),
    clock: clockOf(parts, session),
    storage: storageOf(parts),
    audit: {
      size,
      root,
      code: fault?.code ?? null,
      firstBad: fault?.firstBad ?? null,
      checked: audit.checked() ?? null,
    },
    trust: policy === undefined ? null : { version: policy.policy.version, manifest: policy.digest },
    enrolled: stationCertificate(parts) !== undefined,
    // Ports, file names and the reasons of exports are for people who are signed in.
    interrupted:
      session === undefined ? [] : recovery.interrupted.map(({ id, kind, subject }) => ({ jobId: id, kind, subject })),
    recovered: session === undefined ? [] : recovery.found.map((fact) => ({ ...fact })),
  }
}
