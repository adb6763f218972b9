// SPDX-License-Identifier: Apache-2.0
import { answerWith } from '../../shell/overlay.ts'
import { passwords } from '../../support/station.ts'
import type { Ground } from './ground.ts'
import type { State } from './reach.ts'

type First = 'admin' | 'officer'

const person = async (
  { hands }: Ground,
  role: 'role.administrator' | 'role.officer',
  name: string,
  login: First,
): Promise<void> => {
  const fields = hands.page.getByRole('group', { name: hands.say(role) })
  await fields.getByLabel(hands.say('person.name')).fill(name)
  await fields.getByLabel(hands.say('person.login')).fill(login)
  await fields.getByLabel(hands.say('person.password'), { exact: true }).fill(passwords[login])
}

/** One of the two signs in, and the station looks for policies. */
export const readPolicy = async ({ hands }: Ground, login: First): Promise<void> => {
  await hands.fill('person.login', login)
  await hands.fill('person.password', passwords[login])
  await hands.press('setUp.readPolicy')
}

/** The words of the paper, or others. */
const typeWords = async ({ hands, world }: Ground, right: boolean): Promise<void> => {
  await hands.page.locator('.words input').first().waitFor()
  for (const [place, word] of world.words.entries()) {
    const field = hands.page.getByLabel(hands.say('setUp.word', { position: place + 1 }), { exact: true })
    if ((await field.count()) > 0) await field.fill(right ? word : 'release')
  }
}

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
  {
    name: 'set-up-trust',
    reach: async (ground) => {
      await person(ground, 'role.administrator', 'Ada Castellanos', 'admin')
      await person(ground, 'role.officer', 'Priya Singh', 'officer')
      await ground.hands.press('setUp.peopleMake')
      await ground.hands.heading('setUp.trust').waitFor({ timeout: 30_000 })
    },
  },
  {
    name: 'set-up-no-policy',
    reach: async (ground) => {
      answerWith(ground.overlay, 'media.list', () => ({ drives: [] }))
      await readPolicy(ground, 'admin')
      await ground.hands.text('setUp.noPolicy').waitFor()
    },
  },
  {
    name: 'set-up-policies',
    reach: async ({ hands, overlay }) => {
      answerWith(overlay, 'media.list', ({ drives }) => ({
        drives: drives.map((drive) => ({
          ...drive,
          files: drive.files.flatMap((file) =>
            file.kind === 'trust' ? [file, { ...file, name: 'old.airtrust' }] : [],
          ),
        })),
      }))
      // The button is deaf to a second press within a moment; Enter in a field reads as well.
      await hands.page.getByLabel(hands.say('person.password'), { exact: true }).press('Enter')
      await hands.button('setUp.readChosen').waitFor()
    },
  },
  {
    name: 'set-up-words',
    reach: async ({ hands, overlay }) => {
      overlay.delete('media.list')
      await hands.page.getByLabel(hands.say('setUp.whichPolicy')).selectOption('0')
      await hands.press('setUp.readChosen')
      await hands.page.locator('.words input').first().waitFor()
    },
  },
  {
    name: 'set-up-words-wrong',
    reach: async (ground) => {
      await typeWords(ground, false)
      await ground.hands.press('setUp.confirmWords')
      await ground.hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'set-up-words-once',
    reach: async (ground) => {
      await typeWords(ground, true)
      await ground.hands.page.keyboard.press('Enter')
      await ground.hands.page.locator('.words input').first().waitFor({ state: 'detached' })
    },
  },
  {
    name: 'set-up-ports',
    reach: async (ground) => {
      await readPolicy(ground, 'officer')
      await typeWords(ground, true)
      await ground.hands.press('setUp.confirmWords')
      await ground.hands.heading('setUp.ports').waitFor()
    },
  },
  {
    name: 'set-up-ports-numbered',
    reach: async ({ hands }) => {
      await hands.fill('person.login', 'admin')
      await hands.fill('person.password', passwords.admin)
      await hands.press('ports.signIn')
      await hands.page.locator('.port-tile').first().getByRole('button').click()
      await hands.fill('ports.number', '7')
      await hands.press('ports.keep')
      await hands.text('ports.kept', { number: 7 }).waitFor()
    },
  },
  {
    name: 'set-up-check',
    reach: async ({ hands }) => {
      await hands.press('common.next')
      await hands.heading('setUp.check').waitFor()
    },
  },
]
