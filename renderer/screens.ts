// SPDX-License-Identifier: Apache-2.0
import { lazy, type ComponentType } from 'react'
import { Bench } from './features/bench/bench.tsx'
import type { Screen } from './state/route.ts'
import type { Person } from './state/session.ts'

type ScreenComponent = ComponentType<{ person: Person }>

/** A screen that is loaded when it is first opened. */
const later = (load: () => Promise<ScreenComponent>): ScreenComponent => lazy(async () => ({ default: await load() }))

/** What each rail entry opens. */
export const screenOf: Readonly<Record<Screen, ScreenComponent>> = {
  bench: Bench,
  bundles: later(async () => (await import('./features/bundles/bundles.tsx')).Bundles),
  devices: later(async () => (await import('./features/devices/devices.tsx')).Devices),
  exports: later(async () => (await import('./features/exports/exports.tsx')).Exports),
  audit: later(async () => (await import('./features/audit/audit.tsx')).Audit),
  people: later(async () => (await import('./features/people/people.tsx')).People),
  keys: later(async () => (await import('./features/keys/keys.tsx')).Keys),
  station: later(async () => (await import('./station-screen.tsx')).StationScreen),
}
