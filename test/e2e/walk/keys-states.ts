// SPDX-License-Identifier: Apache-2.0
/** The trusted keys: each state of a key, policies before, what a drive brought. */
import type { z } from 'zod'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { trustImportResult } from '../../../shared/contract/values.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { answerWith, changeOn, refuseWith, type Overlay } from '../../shell/overlay.ts'
import { hex, idOf } from './answers.ts'
import type { Ground } from './ground.ts'
import { comeBack, enter, enterAsAuditor, type State } from './reach.ts'

type Trust = Result<Contract, 'trust.look'>
type Policy = NonNullable<Trust['policy']>
type Key = Policy['roles'][number]['keys'][number]
type Imported = z.infer<typeof trustImportResult>

const day = 86_400_000
const bundles = [{ id: hex('e'), product: 'dosing-controller', version: '2.0.0' }]

const keyOf = (digit: string, state: Key['state'], more: Partial<Key> = {}): Key => ({
  key: hex(digit),
  kind: 'signer',
  name: `acme release ${digit}`,
  from: Date.now() - 100 * day,
  until: Date.now() + 100 * day,
  state,
  bundles: [],
  ...more,
})

const recall: NonNullable<Trust['recall']> = {
  version: 4,
  issuedAt: Date.now() - day,
  entries: (['critical', 'high', 'low'] as const).map((severity, n) => ({
    id: `AL-R-${n}`,
    reason: 'dosing stops',
    severity,
    instead: '2.0.1',
    bundles: n === 0 ? bundles : [],
  })),
}

/** Keys in every state, a withdrawn one, two policies. */
const everything = ({ policy }: Trust): Trust => ({
  policy: policy && {
    ...policy,
    version: 2,
    roles: [
      {
        role: 'release',
        threshold: 2,
        products: ['dosing-controller'],
        keys: [
          keyOf('1', 'trusted', { bundles }),
          keyOf('2', 'ends-soon', { kind: 'ca' }),
          keyOf('3', 'ended', { name: null }),
          keyOf('4', 'not-yet'),
          keyOf('5', 'withdrawn', { bundles }),
        ],
      },
      ...policy.roles.filter(({ role }) => role !== 'release'),
    ],
    exclusive: [{ roles: ['release', 'qa'] }],
    counters: [{ product: 'dosing-controller', counter: 2 }],
    revoked: [{ key: hex('5'), reason: 'release 5', bundles }],
  },
  recall,
  history: [
    { version: 2, at: Date.now(), by: 'Tomas Keller', seq: 42 },
    { version: 1, at: Date.now() - 30 * day, by: 'Ada Castellanos', seq: 7 },
  ],
})

const change = (path: string, from: string | null, to: string | null) => ({ path, from, to })
const accepted = { verdict: 'accepted' as const, checks: [] }

const brought: Imported = {
  verdict: accepted,
  version: 1,
  waits: 2,
  recallVersion: 4,
  recalled: [],
  files: [
    { name: 'policy-2.airtrust', kind: 'policy', verdict: accepted, applied: false, waits: true },
    { name: 'policy-1.airtrust', kind: 'policy', verdict: accepted, applied: false, waits: false },
    { name: 'recall-4.airtrust', kind: 'recall', verdict: accepted, applied: true, waits: false },
  ],
}

const refused: Imported = {
  ...brought,
  files: [
    {
      name: 'recall-5.airtrust',
      kind: 'recall',
      verdict: { verdict: 'refused', code: 'trust.role', checks: [] },
      applied: false,
      waits: false,
    },
  ],
}

/** A policy that waits for a second signature: every kind of sentence about what it changes. */
const waiting = (overlay: Overlay) => ({
  from: 1,
  version: 2,
  manifest: hex('9'),
  broughtBy: 'Tomas Keller',
  broughtById: idOf(overlay, 'Tomas Keller'),
  broughtAt: Date.parse('2026-06-01T12:00:00Z'),
  signers: ['officer' as const],
  changes: [
    change(`roles.release.keys[${hex('1')}].validFrom`, null, '2026-01-01T00:00:00Z'),
    change(`roles.release.keys[${hex('2')}].validUntil`, '2027-01-01T00:00:00Z', '2026-12-01T00:00:00Z'),
    change(`roles.qa.keys[${hex('3')}].validFrom`, '2026-01-01T00:00:00Z', null),
    change('roles.release.threshold', '1', '2'),
    change('roles.release.products', '*', 'dosing-controller'),
    change('counters.dosing-controller', null, '2'),
    change(`revokedKeys[${hex('5')}]`, null, 'release 5'),
    change('expires', '2027-01-01T00:00:00Z', '2027-06-01T00:00:00Z'),
  ],
  content: hex('8'),
})

const readDrive = async ({ hands, overlay }: Ground, result: Imported): Promise<void> => {
  changeOn(overlay, 'jobs.watch', (job) => (job.kind === 'trust.import' ? { ...job, result } : job))
  await hands.press('keys.read', { drive: 'STICK' })
}

export const keysStates: readonly State[] = [
  {
    name: 'keys',
    reach: async (ground) => {
      await enter(ground, 'technician')
      answerWith(ground.overlay, 'trust.look', everything)
      await ground.hands.open('keys')
      await ground.hands.text('keys.state.withdrawn').waitFor()
      await ground.hands.page
        .locator('summary', { hasText: ground.hands.say('keys.affects') })
        .first()
        .click()
    },
  },
  {
    name: 'keys-brought',
    reach: async (ground) => {
      answerWith(ground.overlay, 'trust.waiting', () => ({ waiting: waiting(ground.overlay) }))
      await readDrive(ground, brought)
      await ground.hands.text('keys.changes', { from: 1, to: 2 }).waitFor()
    },
  },
  {
    name: 'keys-refused',
    reach: async (ground) => {
      await readDrive(ground, refused)
      await ground.hands.text('keys.broughtRefused', { count: 1 }).waitFor()
    },
  },
  {
    name: 'keys-none',
    reach: async (ground) => {
      answerWith(ground.overlay, 'trust.look', () => ({ policy: null, recall: null, history: [] }))
      answerWith(ground.overlay, 'trust.waiting', () => ({ waiting: null }))
      await comeBack(ground, 'technician')
      await ground.hands.text('keys.none').waitFor()
    },
  },
  {
    name: 'keys-fault',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'trust.look', new AirlockError('internal'))
      await hands.open('bundles')
      await hands.open('keys')
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'keys-auditor',
    reach: async (ground) => {
      const { hands } = ground
      await enterAsAuditor(ground)
      await hands.open('keys')
      await hands.text('keys.mayNot').waitFor()
    },
  },
]
