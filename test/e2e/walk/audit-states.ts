// SPDX-License-Identifier: Apache-2.0
/** The log: what was refused, what is newer, what is broken, and its report. */
import { AirlockError } from '../../../shared/errors.ts'
import { answerWith, refuseWith } from '../../shell/overlay.ts'
import { preview } from './paper-states.ts'
import { comeBack, enter, type State } from './reach.ts'

export const auditStates: readonly State[] = [
  {
    name: 'audit-refused',
    reach: async (ground) => {
      const { hands } = ground
      await enter(ground, 'officer')
      await hands.open('audit')
      await hands.page.getByLabel(hands.say('audit.result')).selectOption('refused')
      const refused = hands.page.getByRole('row').filter({ hasText: hands.say('audit.outcome.refused') })
      const done = hands.page.getByRole('row').filter({ hasText: hands.say('audit.outcome.ok') })
      await done.first().waitFor({ state: 'detached' })
      await refused.first().click()
      await hands.page.locator('.panel h2').first().waitFor()
      await hands.page.locator('.panel summary').click()
    },
  },
  {
    name: 'audit-newer',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await hands.press('audit.clear')
      await hands.page.getByRole('row').nth(3).click()
      answerWith(overlay, 'station.status', (status) => ({
        ...status,
        audit: { ...status.audit, size: status.audit.size + 40 },
      }))
      await comeBack(ground, 'officer')
      await hands.page.locator('.btn.in-row', { has: hands.page.locator('svg') }).waitFor()
    },
  },
  {
    name: 'audit-entry-lost',
    reach: async (ground) => {
      refuseWith(ground.overlay, 'audit.entry', new AirlockError('audit.entry'))
      await ground.hands.page.getByRole('row').nth(5).click()
      await ground.hands.page.locator('.panel').getByRole('alert').waitFor()
    },
  },
  {
    name: 'audit-rolled-back',
    reach: async (ground) => {
      ground.overlay.delete('audit.entry')
      answerWith(ground.overlay, 'station.status', (status) => ({
        ...status,
        state: 'read-only',
        audit: { ...status.audit, code: 'audit.rolled-back', firstBad: null },
      }))
      await comeBack(ground, 'officer')
      await ground.hands.button('audit.faultReport').waitFor()
    },
  },
  {
    name: 'audit-read-only-elsewhere',
    reach: async (ground) => {
      await ground.hands.open('devices')
      answerWith(ground.overlay, 'station.status', (status) => ({
        ...status,
        state: 'read-only',
        audit: { ...status.audit, code: 'audit.changed', firstBad: 5 },
      }))
      await comeBack(ground, 'officer')
      await ground.hands.button('log.open').waitFor()
    },
  },
  {
    name: 'audit-entry-changed',
    reach: async (ground) => {
      await ground.hands.press('log.open')
      await ground.hands.text('audit.broken', { entry: 5 }).waitFor()
      await ground.hands.page.locator('.panel').getByText(ground.hands.say('audit.changed'), { exact: true }).waitFor()
    },
  },
  {
    name: 'print-fault',
    reach: async (ground) => {
      await ground.hands.press('audit.faultReport')
      await preview(ground)
        .getByText(ground.hands.say('audit.broken', { entry: 5 }))
        .waitFor()
    },
  },
]
