// SPDX-License-Identifier: Apache-2.0
import { mayOpen, screens, type Screen } from './route.ts'
import type { Role } from './session.ts'

/** Keys that work on every page, as `aria-keyshortcuts` writes them. None of them is a letter alone. */
export const shortcuts = {
  find: 'Control+K',
  lock: 'Control+L',
  help: 'F1',
  print: 'Control+P',
  primary: 'Control+Enter',
  region: 'F6',
  regionBack: 'Shift+F6',
  close: 'Escape',
} as const
export type Shortcut = keyof typeof shortcuts

/** The rail's entries of a person, in their order: the first nine have Alt and a digit. */
export const railOf = (roles: readonly Role[]): readonly Screen[] => screens.filter((screen) => mayOpen(roles, screen))

/** The keys of a rail entry, if it has some. */
export const screenKeys = (roles: readonly Role[], screen: Screen): string | undefined => {
  const at = railOf(roles).indexOf(screen)
  return at < 0 || at > 8 ? undefined : `Alt+${at + 1}`
}

/** Keys as people read them. */
export const readKeys = (keys: string, language: 'en' | 'de'): string =>
  language === 'de'
    ? keys.replace('Control', 'Strg').replace('Shift', 'Umschalt').replace('Escape', 'Esc')
    : keys.replace('Control', 'Ctrl').replace('Escape', 'Esc')
