// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { create } from 'zustand'

/** How the page looks and speaks, for each person of this computer. */
const preferencesSchema = z.object({
  theme: z.enum(['system', 'light', 'dark', 'contrast']).default('system'),
  language: z.enum(['en', 'de']).default('en'),
  size: z.enum(['normal', 'large']).default('normal'),
})
export type Preferences = z.infer<typeof preferencesSchema>
type Store = Preferences & { readonly login: string }

const keyOf = (login: string): string => `airlock.preferences.${login}`

const firstLanguage = (): Preferences['language'] => (navigator.language.startsWith('de') ? 'de' : 'en')

const load = (login: string): Preferences => {
  const text = localStorage.getItem(keyOf(login)) ?? localStorage.getItem(keyOf('')) ?? 'null'
  const known = preferencesSchema.safeParse(parseJson(text))
  return known.success ? known.data : { theme: 'system', language: firstLanguage(), size: 'normal' }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // What somebody else has left there counts as nothing.
    return null
  }
}

/** Theme, language, size of whoever is signed in; before that, of the computer. */
export const usePreferences = create<Store>(() => ({ login: '', ...load('') }))

/** Takes over what a person has chosen before. */
export const loadPreferences = (login: string): void => usePreferences.setState({ login, ...load(login) })

/** Keeps a choice at once, for the person and as the computer's last one. */
export const setPreferences = (change: Partial<Preferences>): void => {
  usePreferences.setState(change)
  const { login, theme, language, size } = usePreferences.getState()
  for (const key of new Set([keyOf(login), keyOf('')]))
    localStorage.setItem(key, JSON.stringify({ theme, language, size }))
}

/** The theme that is drawn: the system's wish, its contrast first, unless the person chose one. */
export const drawnTheme = (
  theme: Preferences['theme'],
  system: { readonly dark: boolean; readonly contrast: boolean },
): 'light' | 'dark' | 'contrast' => {
  if (theme !== 'system') return theme
  if (system.contrast) return 'contrast'
  return system.dark ? 'dark' : 'light'
}
