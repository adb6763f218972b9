// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { overrideCalls } from '../../shared/contract/override-calls.ts'
import { AirlockError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { parseLeaf } from './audit/leaf.ts'
import { thingOf } from './audit/thing.ts'
import { personOf, type Caller } from './caller.ts'
import { timesOf } from './clock-state.ts'
import type { Parts } from './parts.ts'
import type { Asked } from './trust/overrides.ts'
import { judgePolicyExpiry, trustedTimeOf } from './trust/trusted-time.ts'

type OverrideHandlers = Pick<Handlers<Contract, Caller>, keyof typeof overrideCalls>

type Decision = Parameters<OverrideHandlers['override.grant']>[0]

/** Acts whose refusals an exception can be for: a bundle's. */
const refusedActs = ['bundle.check', 'bundle.import']

/**
 * What the entry of a refusal can be excepted from. The station reads it from its own log: nobody asks for what was not
 * refused here, and for that very reason. Errors: `not-found`, `station.no-exception`.
 */
const askedFor = (parts: Parts, entry: number): Omit<Asked, 'reason'> => {
  const { audit, trust } = parts
  if (entry >= audit.head().size) throw new AirlockError('not-found', { entry })
  const { action, outcome, reason, object, after } = parseLeaf(audit.prove(entry).leaf)
  const inForce = trust.policy()
  const none = new AirlockError('station.no-exception')
  if (!refusedActs.includes(action) || outcome !== 'refused' || inForce === undefined) throw none
  const { policy, digest } = inForce
  if (reason === 'policy.expired' && judgePolicyExpiry(policy, trustedTimeOf(timesOf(parts))) !== undefined)
    return { kind: 'policy-expired', subject: digest, what: String(policy.version), entry }
  if (reason !== 'freshness.expired' || policy.limits.expiredBundle !== 'override') throw none
  const what = thingOf({ object, after }) ?? object.id
  return { kind: 'bundle-expired', subject: object.id, what, entry }
}

/** Exceptions for what has expired: a technician or administrator asks, an officer who is somebody else decides. */
export const overrideHandlers = (parts: Parts): OverrideHandlers => {
  const { identity, overrides } = parts
  const decide =
    (granted: boolean) =>
    async ({ id, reason, password }: Decision, caller: Caller) => {
      const { session, actor } = personOf(caller)
      await identity.signatures.reauthenticate(session, password)
      overrides.decide(actor, id, { granted, reason })
      return {}
    }
  return {
    'override.ask': async ({ entry, reason, password }, caller) => {
      const { session, actor } = personOf(caller)
      await identity.signatures.reauthenticate(session, password)
      return { id: overrides.ask(actor, { ...askedFor(parts, entry), reason }) }
    },
    'override.grant': decide(true),
    'override.decline': decide(false),
    'override.list': () => ({ overrides: overrides.list() }),
  }
}
