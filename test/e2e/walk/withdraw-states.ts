// SPDX-License-Identifier: Apache-2.0
/** What two people of a site withdraw: asked for, waiting, signed, declined, void. */
import type { Contract } from '../../../shared/contract/contract.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerAlone, answerWith, refuseWith } from '../../shell/overlay.ts'
import { askedHere, hex, id } from './answers.ts'
import type { Ground } from './ground.ts'
import { close, comeBack, enter, type State } from './reach.ts'

type Withdrawal = Result<Contract, 'withdrawal.list'>['withdrawals'][number]

const named = { id: hex('e'), product: 'dosing-controller', version: '2.0.0' }
const effect = { bundles: [named], runs: [named], devices: 12, digest: hex('d') }

const withdrawal = (n: number, subject: string, changes: Partial<Withdrawal>): Withdrawal => ({
  id: id(n),
  act: 'withdraw',
  kind: 'bundle',
  subject,
  what: `dosing-controller 1.9.${n}`,
  reason: 'monthly data',
  askedBy: 'Ada Castellanos',
  askedById: '',
  askedAt: Date.now() - 3_600_000,
  signers: ['officer'],
  effect,
  content: hex('f'),
  decision: null,
  ...changes,
})

const decided = (outcome: 'signed' | 'declined' | 'void'): Pick<Withdrawal, 'decision'> => ({
  decision: {
    outcome,
    by: 'Priya Singh',
    at: Date.now(),
    reason: outcome === 'void' ? null : 'monthly data',
  },
})

/** One that waits, one to be taken back that the officer asked for, and each end of the bundle that is here. */
const ofBundles = ({ bundle }: Ground): Withdrawal[] => [
  withdrawal(1, hex('1'), {}),
  withdrawal(2, hex('2'), {
    act: 'restore',
    askedBy: 'Priya Singh',
    signers: ['administrator'],
  }),
  withdrawal(3, hex('3'), { signers: ['administrator'] }),
  ...(['signed', 'declined', 'void'] as const).map((outcome, n) => withdrawal(4 + n, bundle, decided(outcome))),
]

export const withdrawStates: readonly State[] = [
  {
    name: 'withdraw-bundles-wait',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await enter(ground, 'officer')
      answerWith(overlay, 'withdrawal.list', () => ({ withdrawals: askedHere(overlay, ofBundles(ground)) }))
      await comeBack(ground, 'officer')
      await hands.open('bundles')
      await hands.button('withdrawal.sign.withdraw').waitFor()
      await hands.page.locator('summary', { hasText: hands.say('withdrawal.ended') }).click()
    },
  },
  {
    name: 'withdraw-not-signed',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'withdrawal.sign', new AirlockError('person.credentials'))
      await hands.fill('exception.why', 'monthly data')
      await hands.fill('person.password', 'not the password')
      await hands.press('withdrawal.sign.withdraw')
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'withdraw-ask-bundle',
    reach: async ({ hands, overlay }) => {
      answerAlone(overlay, 'withdrawal.look', () => effect)
      await hands.press('withdrawal.withdraw.open')
      await hands.page.locator('.dialog').getByText('dosing-controller 2.0.0').first().waitFor()
    },
  },
  {
    name: 'withdraw-keys-wait',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await close(ground)
      const key = hex('9')
      answerWith(overlay, 'trust.look', (trust) => ({
        ...trust,
        policy: trust.policy && {
          ...trust.policy,
          roles: trust.policy.roles.map((role) => ({
            ...role,
            keys: role.keys.map((one) =>
              role.role === 'qa' ? { ...one, key, name: 'acme qa', state: 'withdrawn-here' as const } : one,
            ),
          })),
        },
      }))
      const withdrawals = [
        withdrawal(1, hex('1'), { kind: 'key', what: 'acme release 1' }),
        withdrawal(2, key, { kind: 'key', what: 'acme qa', ...decided('signed') }),
      ]
      answerWith(overlay, 'withdrawal.list', () => ({ withdrawals: askedHere(overlay, withdrawals) }))
      await comeBack(ground, 'officer')
      await hands.open('keys')
      await hands.text('keys.state.withdrawn-here').waitFor()
      await hands.button('withdrawal.sign.withdraw').waitFor()
    },
  },
  {
    name: 'withdraw-ask-key-back',
    reach: async ({ hands, overlay }) => {
      answerAlone(overlay, 'withdrawal.look', () => ({ ...effect, runs: [] }))
      await hands.press('withdrawal.restore.open')
      await hands.page.locator('.dialog').getByText('dosing-controller 2.0.0').first().waitFor()
    },
  },
]
