// SPDX-License-Identifier: Apache-2.0
import { IconLock } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { Button } from './components/button.tsx'
import { Empty } from './components/empty.tsx'
import { PageHead } from './components/page-head.tsx'
import { defaultScreen, go, openTo, type Screen } from './state/route.ts'
import type { Person } from './state/session.ts'
import { useText } from './text/use-text.ts'

/** A screen that was reached another way than by the rail: who can open it. */
export const NotOpen = ({ screen, person }: { screen: Screen; person: Person }): ReactElement => {
  const t = useText()
  const own = defaultScreen(person.roles)
  return (
    <main className="main">
      <PageHead title={t(`screen.${screen}`)} lead={t('frame.notOpen')} />
      <Empty
        icon={<IconLock size={48} stroke={1.2} aria-hidden />}
        sentence={t('frame.openTo', { roles: openTo[screen].map((role) => t(`role.${role}`)).join(', ') })}
      >
        <Button kind="primary" onPress={() => go(own)}>
          {t('frame.openOwn', { screen: t(`screen.${own}`) })}
        </Button>
      </Empty>
    </main>
  )
}
