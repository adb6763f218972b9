// SPDX-License-Identifier: Apache-2.0
import type { Screen } from './route.ts'
import type { Person } from './session.ts'
import type { ExportRequest, Override, Withdrawal } from './station.ts'

type Somebody = Pick<Person, 'roles' | 'name'>
type Waiting = Pick<Withdrawal, 'kind' | 'decision' | 'askedBy' | 'signers'>

/** What a page knows of things that may wait for somebody. */
export type Things = {
  readonly requests?: readonly Pick<ExportRequest, 'state' | 'requestedBy'>[] | undefined
  readonly overrides?: readonly Pick<Override, 'decision' | 'askedBy'>[] | undefined
  readonly withdrawals?: readonly Waiting[] | undefined
}

/** Whether this person is the second one whom a withdrawal waits for; the station decides again. */
export const canSign = ({ roles, name }: Somebody, { decision, askedBy, signers }: Waiting): boolean =>
  decision === null && askedBy !== name && roles.some((role) => signers.includes(role))

/** How many things on a screen wait for this very person: exports to sign or write, exceptions, withdrawals. */
export const waitingFor = (
  person: Somebody,
  screen: Screen,
  { requests = [], overrides = [], withdrawals = [] }: Things,
): number => {
  const { roles, name } = person
  const officer = roles.includes('officer')
  const withdrawn = (kind: Waiting['kind']): number =>
    withdrawals.filter((one) => one.kind === kind && canSign(person, one)).length
  if (screen === 'keys') return withdrawn('key')
  if (screen === 'bundles') {
    const excepted = overrides.filter(({ decision, askedBy }) => decision === null && askedBy !== name).length
    return withdrawn('bundle') + (officer ? excepted : 0)
  }
  if (screen !== 'exports' || !officer) return 0
  return requests.filter(
    ({ state, requestedBy }) => state === 'approved' || (state === 'requested' && requestedBy !== name),
  ).length
}
