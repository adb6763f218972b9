// SPDX-License-Identifier: Apache-2.0
import { openHelp } from '../../state/overlay.ts'
import { setPreferences, usePreferences } from '../../state/preferences.ts'
import { returnTo } from '../../state/route.ts'
import { lock, signOut, type Person } from '../../state/session.ts'
import { railOf, screenKeys, shortcuts } from '../../state/shortcuts.ts'
import type { Text } from '../../text/use-text.ts'
import type { Line } from './found.ts'

const themes = ['system', 'light', 'dark', 'contrast'] as const
const languages = [
  ['en', 'English'],
  ['de', 'Deutsch'],
] as const

/** The pages that the person may open. */
export const pageLines = ({ roles }: Person, t: Text): Line[] =>
  railOf(roles).map((screen) => ({
    id: `find-page-${screen}`,
    title: t(`screen.${screen}`),
    keys: screenKeys(roles, screen),
    act: () => returnTo(screen),
  }))

/** What can be done from every page. */
export const commandLines = (t: Text): Line[] => {
  const { size, theme, language } = usePreferences.getState()
  return [
    { id: 'find-lock', title: t('frame.lock'), keys: shortcuts.lock, act: () => void lock() },
    ...themes
      .filter((name) => name !== theme)
      .map((name) => ({
        id: `find-theme-${name}`,
        title: t('find.theme', { name: t(`theme.${name}`) }),
        act: () => setPreferences({ theme: name }),
      })),
    ...languages
      .filter(([code]) => code !== language)
      .map(([code, name]) => ({
        id: `find-language-${code}`,
        title: t('find.language', { name }),
        act: () => setPreferences({ language: code }),
      })),
    {
      id: 'find-size',
      title: t(size === 'large' ? 'find.normalControls' : 'find.largeControls'),
      act: () => setPreferences({ size: size === 'large' ? 'normal' : 'large' }),
    },
    { id: 'find-help', title: t('find.help'), keys: shortcuts.help, act: () => openHelp() },
    { id: 'find-sign-out', title: t('frame.signOut'), act: () => void signOut() },
  ]
}
