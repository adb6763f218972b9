// SPDX-License-Identifier: Apache-2.0
import { i18n } from '@lingui/core'
import { useMemo } from 'react'
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
i18n.activate('en')

/** The texts of the person's language. Numbers in `values` are written as the language writes them. */
export const useText = (): Text => {
  const language = usePreferences((state) => state.language)
  return useMemo(() => {
    i18n.activate(language)
    const { number } = createFormat(language)
    return (key, values = {}) =>
      i18n._(
        key,
        Object.fromEntries(
          Object.entries(values).map(([name, value]) => [
            name,
            // A plural chooses by the number itself; elsewhere it is written out.
            typeof value === 'number' && !catalogues[language][key].includes(`{${name}, plural`)
              ? number(value)
              : value,
          ]),
        ),
      )
  }, [language])
}

/** Numbers, sizes, times as the person's language writes them. */
export const useFormat = (): Format => {
  const language = usePreferences((state) => state.language)
  return useMemo(() => createFormat(language), [language])
}
