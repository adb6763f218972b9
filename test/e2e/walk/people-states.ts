// SPDX-License-Identifier: Apache-2.0
/** Accounts in each state, and each act with one. */
import { AirlockError } from '../../../shared/errors.ts'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerWith, refuseWith } from '../../shell/overlay.ts'
import type { Ground } from './ground.ts'
import { close, enter, type State } from './reach.ts'

type Account = Result<Contract, 'people.list'>['people'][number]

/** Olga Brandt's account is locked, Jonas Okafor has left. */
const inEveryState = ({ people }: { people: Account[] }) => ({
  people: people.map((one) => ({
    ...one,
    locked: one.login === 'auditor',
    temporary: one.login === 'auditor',
    lastFailure: one.login === 'auditor' ? Date.now() - 60_000 : null,
    active: one.login !== 'developer',
  })),
})

const choose = async (ground: Ground, name: string): Promise<void> => {
  await close(ground)
  await ground.hands.page.getByRole('button', { name, exact: true }).click()
}

const act = (key: `people.short.${'rename' | 'roles' | 'password' | 'unlock' | 'leave' | 'back'}`, name: string) => ({
  name: key.replace('.short.', '-').replace('.', '-'),
  reach: async (ground: Ground): Promise<void> => {
    await choose(ground, name)
    await ground.hands.press(key)
    await ground.hands.page.locator('.dialog').waitFor()
  },
})

export const peopleStates: readonly State[] = [
  {
    name: 'people-account-own',
    reach: async (ground) => {
      await enter(ground, 'admin')
      answerWith(ground.overlay, 'people.list', inEveryState)
      await ground.hands.open('people')
      await choose(ground, 'Ada Castellanos')
      await ground.hands.text('people.self').waitFor()
    },
  },
  { name: 'people-account-locked', reach: (ground) => choose(ground, 'Olga Brandt') },
  { name: 'people-account-left', reach: (ground) => choose(ground, 'Jonas Okafor') },
  act('people.short.rename', 'Tomas Keller'),
  act('people.short.roles', 'Tomas Keller'),
  {
    name: 'people-roles-refused',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'people.setRoles', new AirlockError('person.two-roles'))
      await hands.page.locator('.dialog').getByLabel(hands.say('role.officer')).check()
      await hands.fill('people.reason', 'monthly data')
      await hands.page.locator('.dialog .btn.primary').click()
      await hands.page.getByRole('alert').waitFor()
    },
  },
  act('people.short.password', 'Tomas Keller'),
  act('people.short.leave', 'Tomas Keller'),
  act('people.short.unlock', 'Olga Brandt'),
  act('people.short.back', 'Jonas Okafor'),
]
