// SPDX-License-Identifier: Apache-2.0
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useState, type ReactElement } from 'react'
import { Frame } from './frame.tsx'
import { isUnderWay } from './features/set-up/draft.ts'
import { SetUp } from './features/set-up/set-up.tsx'
import { SignIn } from './features/sign-in/sign-in.tsx'
import { Waiting } from './components/waiting.tsx'
import { tellLanguage, useConnection } from './state/connection.ts'
import { drawnTheme, usePreferences } from './state/preferences.ts'
import { useSession } from './state/session.ts'
import { startPolling, useStation } from './state/station.ts'
import { theme } from './theme.ts'

/** The theme is a mark on the page itself: tokens and Mantine read it there. */
const useTheme = (): 'light' | 'dark' => {
  const wish = usePreferences((state) => state.theme)
  const size = usePreferences((state) => state.size)
  const language = usePreferences((state) => state.language)
  const query = { getInitialValueInEffect: false }
  const dark = useMediaQuery('(prefers-color-scheme: dark)', false, query)
  const contrast = useMediaQuery('(prefers-contrast: more)', false, query)
  const drawn = drawnTheme(wish, { dark, contrast })
  useEffect(() => {
    const page = document.documentElement
    page.dataset['theme'] = drawn
    page.dataset['size'] = size
    page.lang = language
    tellLanguage(language)
  }, [drawn, size, language])
  return drawn === 'light' ? 'light' : 'dark'
}

/** What stands on the page: the station's own state decides, then who is there. */
const Door = (): ReactElement => {
  const connected = useConnection((state) => state.client !== undefined)
  const state = useStation(({ status }) => status?.state)
  const person = useSession((session) => session.person)
  const locked = useSession((session) => session.locked || session.owes !== null)
  const trusting = useStation(({ status }) => status?.state === 'ready' && status.trust === null)
  const [later, setLater] = useState(false)
  // Without a line nothing that stands on the page is true any more; whoever was here signs in again afterwards.
  if (state === undefined || !connected) return <Waiting />
  const goesOn = person === undefined && !later && (trusting || (state === 'ready' && isUnderWay()))
  if (state === 'setup' || goesOn) return <SetUp leave={() => setLater(true)} />
  if (person === undefined || locked) return <SignIn />
  return <Frame person={person} />
}

/** The page. */
export const App = ({ nonce }: { nonce: string }): ReactElement => {
  const scheme = useTheme()
  useEffect(startPolling, [])
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        forceColorScheme={scheme}
        getStyleNonce={() => nonce}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <Door />
      </MantineProvider>
    </I18nProvider>
  )
}
