// SPDX-License-Identifier: Apache-2.0
/** What may open over any page, and the doors to it. */
import { AirlockError } from '../../../shared/errors.ts'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { answerWith, refuseWith } from '../../shell/overlay.ts'
import { passwords } from '../../support/station.ts'
import { id } from './answers.ts'
import type { Ground } from './ground.ts'
import { atTheDoor, close, enter, type Login, type State } from './reach.ts'

const openMenuItem = async ({ hands }: Ground, key: 'password.menu'): Promise<void> => {
  await hands.page.locator('.topbar button.chip').last().click()
  await hands.page.getByRole('menuitem', { name: hands.say(key) }).click()
  await hands.page.locator('.dialog').waitFor()
}

const tryToSignIn = async ({ hands }: Ground, login: Login): Promise<void> => {
  await hands.fill('person.login', login)
  await hands.fill('person.password', passwords[login])
  await hands.press('signIn.signIn')
}

export const frameStates: readonly State[] = [
  {
    name: 'help',
    reach: async (ground) => {
      await enter(ground, 'technician')
      await ground.hands.page.keyboard.press('F1')
      await ground.hands.page.locator('.help').first().waitFor()
    },
  },
  {
    name: 'help-code',
    reach: async ({ hands }) => {
      await hands.fill('help.search', 'AL-2104')
      await hands.page.locator('.help .card').first().waitFor()
    },
  },
  {
    name: 'help-none',
    reach: async ({ hands }) => {
      await hands.fill('help.search', 'qqqq')
      await hands.text('help.none').waitFor()
    },
  },
  {
    name: 'find',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await close(ground)
      const exports = [{ id: id(1), number: 3, reason: 'dosing, monthly data' }]
      const devices = [
        { id: 'd7', serial: 'DC-0042-7Q', model: 'dosing-controller', version: '2.0.0', lastSeen: Date.now() },
        { id: 'd8', serial: 'DC-0042-8Q', model: 'dosing-controller', version: null, lastSeen: Date.now() },
      ]
      answerWith(overlay, 'find.search', ({ bundles, entries }) => ({ devices, bundles, exports, entries }))
      await hands.page.keyboard.press('Control+k')
      await hands.page.getByRole('combobox', { name: hands.say('find.field') }).fill('dosing')
      await hands.page.getByRole('option', { name: /^DC-0042-7Q/ }).waitFor()
    },
  },
  {
    name: 'find-commands',
    reach: async ({ hands, overlay }) => {
      overlay.delete('find.search')
      const field = hands.page.getByRole('combobox', { name: hands.say('find.field') })
      await field.fill('')
      await hands.text('find.commands').waitFor()
    },
  },
  {
    name: 'find-none',
    reach: async ({ hands }) => {
      await hands.page.getByRole('combobox', { name: hands.say('find.field') }).fill('qqqq')
      await hands.text('find.none').waitFor()
    },
  },
  {
    name: 'change-password',
    reach: async (ground) => {
      await close(ground)
      await openMenuItem(ground, 'password.menu')
    },
  },
  {
    name: 'change-password-refused',
    reach: async ({ hands, overlay }) => {
      refuseWith(overlay, 'session.changePassword', new AirlockError('person.password-used'))
      await hands.fill('password.now', passwords.technician)
      await hands.fill('password.wanted', 'Chosen-Harbor-31')
      await hands.press('password.change')
      await hands.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'not-open',
    reach: async (ground) => {
      const { hands, overlay } = ground
      await atTheDoor(ground)
      answerWith(overlay, 'session.signIn', (told) => ({
        ...told,
        person: { ...told.person, roles: ['developer'] },
      }))
      await hands.signIn('technician')
      await hands.open('devices')
      await hands.press('devices.toBench')
      await hands.text('frame.notOpen').waitFor()
    },
  },
]

/** Nobody is signed in, and it does not go by itself. */
const refusedAtTheDoor =
  (code: ErrorCode, details: Readonly<Record<string, number>> = {}) =>
  async (ground: Ground): Promise<void> => {
    refuseWith(ground.overlay, 'session.signIn', new AirlockError(code, details))
    await tryToSignIn(ground, 'technician')
    await ground.hands.page.getByRole('alert').waitFor()
  }

const owing = (owes: 'temporary' | 'ended') => async (ground: Ground) => {
  await atTheDoor(ground)
  answerWith(ground.overlay, 'session.signIn', (told) => ({ ...told, owes }))
  await tryToSignIn(ground, 'technician')
  await ground.hands.heading('password.title').waitFor()
}

/** The station has not answered yet, or says why it does not open. */
const waitingFor =
  (key?: 'door.slow' | 'door.lost', code?: ErrorCode) =>
  async ({ hands, overlay }: Ground): Promise<void> => {
    refuseWith(overlay, 'station.status', new AirlockError('station.lost'))
    await hands.page.reload()
    await hands.page.locator('.door').waitFor()
    if (code !== undefined)
      await hands.page.evaluate((told) => postMessage({ kind: 'station-lost', code: told }, origin), code)
    await (key === undefined ? hands.page.locator('.door').getByRole('alert') : hands.text(key)).waitFor()
  }

export const doorStates: readonly State[] = [
  {
    name: 'sign-in-tries-left',
    reach: async (ground) => {
      await atTheDoor(ground)
      await refusedAtTheDoor('person.credentials', { left: 2 })(ground)
    },
  },
  { name: 'sign-in-account-locked', reach: refusedAtTheDoor('person.locked') },
  {
    name: 'sign-in-caps',
    reach: async ({ hands }) => {
      await hands.page
        .getByLabel(hands.say('person.password'), { exact: true })
        .evaluate((field) =>
          field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', bubbles: true, modifierCapsLock: true })),
        )
      await hands.text('signIn.caps').waitFor()
    },
  },
  {
    name: 'sign-in-read-only',
    reach: async (ground) => {
      await atTheDoor(ground)
      answerWith(ground.overlay, 'station.status', (status) => ({ ...status, state: 'read-only' }))
      await ground.hands.page.reload()
      await ground.hands.text('signIn.readOnly').waitFor()
    },
  },
  { name: 'new-password', reach: owing('temporary') },
  { name: 'new-password-ended', reach: owing('ended') },
  { name: 'door-slow', reach: waitingFor('door.slow') },
  { name: 'door-lost', reach: waitingFor('door.lost', 'station.lost') },
  { name: 'door-newer', reach: waitingFor(undefined, 'storage.schema') },
]

/** Eight minutes without a hand; the clock of the page stays a made one after that. */
export const idleStates: readonly State[] = [
  {
    name: 'idle-warning',
    reach: async (ground) => {
      const { hands } = ground
      await hands.page.clock.install()
      await enter(ground, 'technician')
      await hands.page.clock.runFor(8 * 60_000 + 1000)
      await hands.text('idle.title').waitFor()
    },
  },
]
