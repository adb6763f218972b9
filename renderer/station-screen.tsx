// SPDX-License-Identifier: Apache-2.0
import { lazy, type ReactElement } from 'react'
import { Station } from './features/station/station.tsx'
import { useRoute } from './state/route.ts'
import type { Person } from './state/session.ts'

const Ports = lazy(async () => ({ default: (await import('./features/ports/ports.tsx')).Ports }))
const Drives = lazy(async () => ({ default: (await import('./features/drives/drives.tsx')).Drives }))

/** The station, or one page below it. */
export const StationScreen = ({ person }: { person: Person }): ReactElement => {
  const item = useRoute((state) => state.item)
  if (item === 'drives') return <Drives person={person} />
  return item === 'ports' ? <Ports person={person} /> : <Station person={person} />
}
