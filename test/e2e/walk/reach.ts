// SPDX-License-Identifier: Apache-2.0
/** How the walk gets from one state to the next. */
import { passwords } from '../../support/station.ts'
import { ownPortsOnly, type Ground } from './ground.ts'

/** A screen or a state of one, and how a person gets there from the one before. */
export type State = { readonly name: string; readonly reach: (ground: Ground) => Promise<void> }
export type Login = keyof typeof passwords

/** Begins anew: the station answers for itself again, and this person signs in on a fresh page. */
export const enter = async (ground: Ground, login: Login): Promise<void> => {
  await atTheDoor(ground)
  await ground.hands.signIn(login)
}

/** The same for the auditor; `first`: what the station says before they look. */
export const enterAsAuditor = async (ground: Ground, first: () => void = () => undefined): Promise<void> => {
  const { hands } = ground
  await atTheDoor(ground)
  first()
  await hands.fill('person.login', 'auditor')
  await hands.fill('person.password', passwords.technician)
  await hands.press('signIn.signIn')
  await hands.page.locator('.rail').waitFor()
}

/** A fresh page on which nobody is signed in. */
export const atTheDoor = async (ground: Ground): Promise<void> => {
  ground.overlay.clear()
  ownPortsOnly(ground)
  await ground.hands.page.reload()
  await ground.hands.heading('signIn.title').waitFor()
}

/** The page asks the station for everything anew when its person comes back. */
export const comeBack = async ({ hands }: Ground, login: Login): Promise<void> => {
  await hands.press('frame.lock')
  await hands.heading('signIn.locked').waitFor()
  await hands.fill('person.password', passwords[login])
  await hands.press('signIn.unlock')
  await hands.page.locator('.rail').waitFor()
}

/** Closes what is open over the page, if anything is. */
export const close = async ({ hands: { page } }: Ground): Promise<void> => {
  for (let left = await page.locator('.dialog').count(); left > 0; left -= 1) {
    await page.keyboard.press('Escape')
    await page
      .locator('.dialog')
      .nth(left - 1)
      .waitFor({ state: 'detached' })
  }
}
