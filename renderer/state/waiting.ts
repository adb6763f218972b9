// SPDX-License-Identifier: Apache-2.0
import type { Screen } from './route.ts'
import type { Person } from './session.ts'
import type { ExportRequest, Override, WaitingPolicy, Withdrawal } from './station.ts'

type Somebody = Pick<Person, 'id' | 'roles'>
type Waiting = Pick<Withdrawal, 'kind' | 'decision' | 'askedById' | 'signers'>
type Brought = Pick<WaitingPolicy, 'broughtById' | 'signers'>

/** What a page knows of things that may wait for somebody. */
export type Things = {
  readonly requests?: readonly Pick<ExportRequest, 'state' | 'requestedById'>[] | undefined
  readonly overrides?: readonly Pick<Override, 'decision' | 'askedById'>[] | undefined
  readonly withdrawals?: readonly Waiting[] | undefined
  readonly waitingPolicy?: Brought | null | undefined
}

/** Whether this person asked for it, or brought it: by their id, as two people may share a name. */
export const isOwn = (
  { id }: Pick<Person, 'id'>,
  thing: Pick<ExportRequest, 'requestedById'> | Pick<Override, 'askedById'> | Pick<WaitingPolicy, 'broughtById'>,
): boolean => {
  if ('requestedById' in thing) return thing.requestedById === id
  return ('askedById' in thing ? thing.askedById : thing.broughtById) === id
}

/** Whether this person is the second one whom a withdrawal or a new policy waits for; the station decides again. */
export const canSign = (person: Somebody, thing: Waiting | Brought): boolean => {
  const open = !('decision' in thing) || thing.decision === null
  return open && !isOwn(person, thing) && person.roles.some((role) => thing.signers.some((one) => one === role))
}

/** How many things on a screen wait for this very person: exports to sign or write, exceptions, withdrawals, a policy. */
export const waitingFor = (
  person: Somebody,
  screen: Screen,
  { requests = [], overrides = [], withdrawals = [], waitingPolicy = null }: Things,
): number => {
  const officer = person.roles.includes('officer')
  const withdrawn = (kind: Waiting['kind']): number =>
    withdrawals.filter((one) => one.kind === kind && canSign(person, one)).length
  if (screen === 'keys') {
    const policy = waitingPolicy !== null && canSign(person, waitingPolicy) ? 1 : 0
    return withdrawn('key') + policy
  }
  if (screen === 'bundles') {
    const excepted = overrides.filter((one) => one.decision === null && !isOwn(person, one)).length
    return withdrawn('bundle') + (officer ? excepted : 0)
  }
  if (screen !== 'exports' || !officer) return 0
  return requests.filter((one) => one.state === 'approved' || (one.state === 'requested' && !isOwn(person, one))).length
}
