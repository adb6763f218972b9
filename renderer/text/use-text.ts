// SPDX-License-Identifier: Apache-2.0
import { i18n } from '@lingui/core'
import { usePreferences, type Preferences } from '../state/preferences.ts'
import { compile } from './compile.ts'
import { de } from './de.ts'
import { en, type TextKey } from './en.ts'
import { createFormat, type Format } from './format.ts'

type Values = Readonly<Record<string, string | number>>

/** Speaks one language: a text of the catalogue with its values filled in. */
export type Text = (key: TextKey, values?: Values) => string

const catalogues = { en, de }

const load = (language: Preferences['language']): void => {
  const messages = Object.entries(catalogues[language]).map(([key, text]) => [key, compile(text)] as const)
  i18n.load(language, Object.fromEntries(messages))
}
load('en')
load('de')
i18n.activate(usePreferences.getState().language)
// Before anything is drawn in the new language: this was subscribed first.
usePreferences.subscribe(({ language }) => {
  if (language !== i18n.locale) i18n.activate(language)
})

const formats = { en: createFormat('en'), de: createFormat('de') }

/** What fills a text: a plural chooses by the number itself; elsewhere a number is written out as the language does. */
const filled = (language: Preferences['language'], key: TextKey, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number' && !catalogues[language][key].includes(`{${name}, plural`)
        ? formats[language].number(value)
        : value,
    ]),
  )

const texts: Readonly<Record<Preferences['language'], Text>> = {
  en: (key, values = {}) => i18n._(key, filled('en', key, values)),
  de: (key, values = {}) => i18n._(key, filled('de', key, values)),
}

/** The texts of the person's language: the same function for all, since making one for each row is most of a row's work. */
export const useText = (): Text => texts[usePreferences((state) => state.language)]

/** Numbers, sizes, times as the person's language writes them. */
export const useFormat = (): Format => formats[usePreferences((state) => state.language)]
