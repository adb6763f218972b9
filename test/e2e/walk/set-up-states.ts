// SPDX-License-Identifier: Apache-2.0
import type { State } from './states.ts'

/** Before there is anybody. */
export const setUpStates: readonly State[] = [
  { name: 'set-up-language', reach: ({ hands }) => hands.heading('setUp.language').waitFor() },
  {
    name: 'set-up-site',
    reach: async ({ hands }) => {
      await hands.press('common.next')
      await hands.fill('setUp.siteField', 'plant-north')
    },
  },
  {
    name: 'set-up-clock',
    reach: async ({ hands }) => {
      await hands.press('common.next')
      await hands.heading('setUp.clock').waitFor()
    },
  },
  {
    name: 'set-up-storage',
    reach: async ({ hands }) => {
      await hands.press('setUp.clockRight')
      await hands.text('setUp.storageNeed').waitFor()
    },
  },
  {
    name: 'set-up-people',
    reach: async ({ hands }) => {
      await hands.press('common.next')
      await hands.heading('setUp.people').waitFor()
    },
  },
]
