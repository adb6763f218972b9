// SPDX-License-Identifier: Apache-2.0
import type { Screen } from './route.ts'
import type { Person } from './session.ts'
import type { ExportRequest, Override, WaitingPolicy, Withdrawal } from './station.ts'

type Somebody = Pick<Person, 'roles' | 'name'>
type Waiting = Pick<Withdrawal, 'kind' | 'decision' | 'askedBy' | 'signers'>
type Brought = Pick<WaitingPolicy, 'broughtBy' | 'signers'>

/** What a page knows of things that may wait for somebody. */
export type Things = {
  readonly requests?: readonly Pick<ExportRequest, 'state' | 'requestedBy'>[] | undefined
  readonly overrides?: readonly Pick<Override, 'decision' | 'askedBy'>[] | undefined
  readonly withdrawals?: readonly Waiting[] | undefined
  readonly waitingPolicy?: Brought | null | undefined
}

/** Who asked for a withdrawal, or brought a policy. */
export const firstOf = (thing: Waiting | Brought): string => ('askedBy' in thing ? thing.askedBy : thing.broughtBy)

/** Whether this person is the second one whom a withdrawal or a new policy waits for; the station decides again. */
export const canSign = ({ roles, name }: Somebody, thing: Waiting | Brought): boolean => {
  const open = !('decision' in thing) || thing.decision === null
  return open && firstOf(thing) !== name && roles.some((role) => thing.signers.some((one) => one === role))
}

/** How many things on a screen wait for this very person: exports to sign or write, exceptions, withdrawals, a policy. */
export const waitingFor = (
  person: Somebody,
  screen: Screen,
  { requests = [], overrides = [], withdrawals = [], waitingPolicy = null }: Things,
): number => {
  const { roles, name } = person
  const officer = roles.includes('officer')
  const withdrawn = (kind: Waiting['kind']): number =>
    withdrawals.filter((one) => one.kind === kind && canSign(person, one)).length
  if (screen === 'keys') {
    const policy = waitingPolicy !== null && canSign(person, waitingPolicy) ? 1 : 0
    return withdrawn('key') + policy
  }
  if (screen === 'bundles') {
    const excepted = overrides.filter(({ decision, askedBy }) => decision === null && askedBy !== name).length
    return withdrawn('bundle') + (officer ? excepted : 0)
  }
  if (screen !== 'exports' || !officer) return 0
  return requests.filter(
    ({ state, requestedBy }) => state === 'approved' || (state === 'requested' && requestedBy !== name),
  ).length
}
