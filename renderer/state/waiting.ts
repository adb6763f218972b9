// SPDX-License-Identifier: Apache-2.0
import type { Screen } from './route.ts'
import type { Person } from './session.ts'
import type { ExportRequest } from './station.ts'

/** How many things on a screen wait for this very person: exports that an officer may sign, or has to write. */
export const waitingFor = (
  { roles, name }: Pick<Person, 'roles' | 'name'>,
  screen: Screen,
  requests: readonly Pick<ExportRequest, 'state' | 'requestedBy'>[],
): number => {
  if (screen !== 'exports' || !roles.includes('officer')) return 0
  return requests.filter(
    ({ state, requestedBy }) => state === 'approved' || (state === 'requested' && requestedBy !== name),
  ).length
}
