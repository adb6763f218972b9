// SPDX-License-Identifier: Apache-2.0
import { lazy, type ReactElement } from 'react'
import { Station } from './features/station/station.tsx'
import { useRoute } from './state/route.ts'
import type { Person } from './state/session.ts'

const Ports = lazy(async () => ({ default: (await import('./features/ports/ports.tsx')).Ports }))

/** The station, or one page below it. */
export const StationScreen = ({ person }: { person: Person }): ReactElement => {
  const item = useRoute((state) => state.item)
  return item === 'ports' ? <Ports person={person} /> : <Station person={person} />
}
