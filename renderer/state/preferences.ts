// SPDX-License-Identifier: Apache-2.0
import type { z } from 'zod'
import { create } from 'zustand'
import { preferences } from '../../shared/contract/values.ts'
import { call } from './connection.ts'

/** How the page looks and speaks: each person's own, kept by the station; before somebody signs in, this computer's. */
export type Preferences = z.infer<typeof preferences>
type Store = Preferences & { readonly signedIn: boolean }

const key = 'airlock.preferences'

const ofComputer = (): Preferences => {
  const known = preferences.safeParse(parseJson(localStorage.getItem(key) ?? 'null'))
  if (known.success) return known.data
  return { theme: 'system', language: navigator.language.startsWith('de') ? 'de' : 'en', size: 'normal' }
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
export const usePreferences = create<Store>(() => ({ signedIn: false, ...ofComputer() }))

/** Takes over what a person has chosen; null: nothing yet, so the page stays as it is. */
export const loadPreferences = (kept: Preferences | null): void =>
  usePreferences.setState({ signedIn: true, ...(kept ?? ofComputer()) })

/** Nobody is here: the computer's own look. */
export const forgetPreferences = (): void => usePreferences.setState({ signedIn: false, ...ofComputer() })

/** Keeps a choice at once: at the station for whoever is signed in, else as this computer's. */
export const setPreferences = (change: Partial<Preferences>): void => {
  usePreferences.setState(change)
  const { signedIn, theme, language, size } = usePreferences.getState()
  const chosen = { theme, language, size }
  if (!signedIn) localStorage.setItem(key, JSON.stringify(chosen))
  // Not kept is not lost: it holds until the page closes, and the notice of the lost station says the rest.
  else void call('session.prefer', chosen).catch(() => undefined)
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
