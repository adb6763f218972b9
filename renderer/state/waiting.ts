// SPDX-License-Identifier: Apache-2.0
import type { Screen } from './route.ts'
import type { Person } from './session.ts'
import type { ExportRequest, Override } from './station.ts'

/** How many things on a screen wait for this very person: exports that an officer may sign or has to write, exceptions. */
export const waitingFor = (
  { roles, name }: Pick<Person, 'roles' | 'name'>,
  screen: Screen,
  requests: readonly Pick<ExportRequest, 'state' | 'requestedBy'>[],
  overrides: readonly Pick<Override, 'decision' | 'askedBy'>[] = [],
): number => {
  if (!roles.includes('officer')) return 0
  if (screen === 'bundles')
    return overrides.filter(({ decision, askedBy }) => decision === null && askedBy !== name).length
  if (screen !== 'exports') return 0
  return requests.filter(
    ({ state, requestedBy }) => state === 'approved' || (state === 'requested' && requestedBy !== name),
  ).length
}
