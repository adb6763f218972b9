// SPDX-License-Identifier: Apache-2.0
/** What a person does with the page, in any language. */
import type { Locator, Page } from 'playwright-core'
import type { TextKey } from '../../renderer/text/en.ts'
import { passwords } from '../support/station.ts'
import { speech, type Language, type Say } from './speech.ts'

type Values = Readonly<Record<string, string | number>>

export type Hands = {
  readonly page: Page
  readonly say: Say
  button(key: TextKey, values?: Values): Locator
  press(key: TextKey, values?: Values): Promise<void>
  /** Fills the field with this label. */
  fill(key: TextKey, text: string, values?: Values): Promise<void>
  heading(key: TextKey, values?: Values): Locator
  text(key: TextKey, values?: Values): Locator
  signIn(login: keyof typeof passwords): Promise<void>
  signOut(): Promise<void>
  /** Opens a screen of the rail. */
  open(screen: string): Promise<void>
}

const isKey = (key: string, say: Say): key is TextKey => say(key as TextKey) !== key

/** The page takes a second press of the same button within 600 ms for the first one: whoever means it waits, ms. */
const meant = 700

/** Presses a button that may have been pressed just before, and means it: waits out the bounce of the last press. */
export const pressAgain = async (button: Locator): Promise<void> => {
  await button.page().waitForTimeout(meant)
  await button.click()
}

/** Hands for a page that speaks this language. */
export const handsOf = (page: Page, language: Language): Hands => {
  const say = speech(language)
  const button: Hands['button'] = (key, values) => page.getByRole('button', { name: say(key, values) }).first()
  const pressed = new Map<TextKey, number>()
  const heading: Hands['heading'] = (key, values) => page.getByRole('heading', { level: 1, name: say(key, values) })
  const fill: Hands['fill'] = (key, text, values) =>
    page.getByLabel(say(key, values), { exact: true }).first().fill(text)
  return {
    page,
    say,
    button,
    async press(key, values) {
      await page.waitForTimeout(Math.max(0, (pressed.get(key) ?? 0) + meant - Date.now()))
      await button(key, values).click()
      pressed.set(key, Date.now())
    },
    fill,
    heading,
    text: (key, values) => page.getByText(say(key, values)).first(),
    async signIn(login) {
      await heading('signIn.title').waitFor()
      await fill('person.login', login)
      await fill('person.password', passwords[login])
      await button('signIn.signIn').click()
      await page.getByRole('navigation', { name: say('frame.screens') }).waitFor()
    },
    async signOut() {
      await page.locator('.topbar button.chip').last().click()
      await page.getByRole('menuitem', { name: say('frame.signOut') }).click()
      await heading('signIn.title').waitFor()
    },
    async open(screen) {
      const key = `screen.${screen}`
      if (!isKey(key, say)) throw new Error(`no screen ${screen}`)
      await page
        .locator('.rail')
        .getByRole('button', { name: say(key) })
        .click()
      await heading(key).waitFor()
    },
  }
}

/** Has every entry of the log checked; the button's name says whether that was done before. */
export const checkLog = ({ page, say }: Hands): Promise<void> =>
  pressAgain(
    page
      .getByRole('region', { name: say('audit.integrity') })
      .getByRole('button')
      .last(),
  )
