// SPDX-License-Identifier: Apache-2.0
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import type { Shape, Tone } from '../../components/icons.ts'

/** A person as an administrator sees them. */
export type Account = Result<Contract, 'people.list'>['people'][number]

/** The state of an account: gone, locked after too many tries, or active. */
export const stateOf = ({ active, locked }: Pick<Account, 'active' | 'locked'>) => {
  if (!active) return 'left'
  return locked ? 'locked' : 'active'
}

/** How each state looks. */
export const stateLook = {
  active: { shape: 'done', tone: 'good' },
  locked: { shape: 'triangle', tone: 'attention' },
  left: { shape: 'left', tone: 'quiet' },
} as const satisfies Record<ReturnType<typeof stateOf>, { shape: Shape; tone: Tone }>
