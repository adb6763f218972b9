// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../shared/contract/contract.ts'
import type { withdrawalCalls } from '../../shared/contract/withdrawal-calls.ts'
import type { Handlers } from '../../shared/rpc/server.ts'
import { personOf, type Caller } from './caller.ts'
import type { Parts } from './parts.ts'
import type { Signer } from './trust/withdrawals.ts'
import { withdrawalEffect, withdrawalThing } from './withdrawal-effect.ts'

type WithdrawalHandlers = Pick<Handlers<Contract, Caller>, keyof typeof withdrawalCalls>

/** Withdrawals at this site: asked for by one person, signed by another one, one of them an officer. */
export const withdrawalHandlers = ({ store, trust, inForce, identity, withdrawals }: Parts): WithdrawalHandlers => {
  const signerOf = async (caller: Caller, password: string): Promise<Signer> => {
    const { session, actor } = personOf(caller)
    return { actor, proof: await identity.signatures.reauthenticate(session, password) }
  }
  return {
    'withdrawal.look': (target) => {
      withdrawalThing(store.read, trust.policy()?.policy, target)
      return withdrawalEffect(store.read, inForce(), target)
    },
    'withdrawal.ask': async ({ act, kind, subject, shown, reason, password }, caller) => {
      const signer = await signerOf(caller, password)
      const target = { act, kind, subject }
      const what = withdrawalThing(store.read, trust.policy()?.policy, target)
      return { id: withdrawals.ask(signer, { ...target, what, reason }, shown) }
    },
    'withdrawal.sign': async ({ id, content, reason, password }, caller) => {
      withdrawals.sign(await signerOf(caller, password), id, content, reason)
      return {}
    },
    'withdrawal.decline': async ({ id, reason, password }, caller) => {
      withdrawals.decline(await signerOf(caller, password), id, reason)
      return {}
    },
    'withdrawal.list': () => ({ withdrawals: withdrawals.list() }),
  }
}
