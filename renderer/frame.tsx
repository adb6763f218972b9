// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, useRef, type ReactElement } from 'react'
import { Loading } from './components/empty.tsx'
import { Find } from './features/find/find.tsx'
import { DriveSheet } from './drive-sheet.tsx'
import { Rail } from './rail.tsx'
import { NotOpen } from './not-open.tsx'
import { screenOf } from './screens.ts'
import { useIdleLock } from './state/idle.ts'
import { useKeptPlace } from './state/kept.ts'
import { useKeys } from './state/keys.ts'
import { useOverlay } from './state/overlay.ts'
import { mayOpen, pageOf, useRoute } from './state/route.ts'
import { useScanner } from './state/scanner.ts'
import type { Person } from './state/session.ts'
import { useText } from './text/use-text.ts'
import { PrintPreview } from './print/preview.tsx'
import { ScanNotice } from './scan-notice.tsx'
import { StationNotices } from './station-notices.tsx'
import { TopBar } from './top-bar.tsx'
import { IdleWarning } from './idle-warning.tsx'

const Help = lazy(async () => ({ default: (await import('./features/help/help.tsx')).Help }))

/** The page of somebody who is signed in: rail, top bar, the open screen. */
export const Frame = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const screen = useRoute((state) => state.screen)
  const Screen = screenOf[screen]
  const overlay = useOverlay((state) => state.open)
  const idle = useIdleLock()
  const work = useRef<HTMLDivElement>(null)
  useKeptPlace(work, useRoute(pageOf))
  useKeys(person.roles)
  useScanner()
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <Rail person={person} />
      <TopBar person={person} />
      <div className="area">
        <StationNotices person={person} />
        <div ref={work} className="work" id="main" tabIndex={-1}>
          <Suspense fallback={<Loading sentence={t('common.loading')} />}>
            {mayOpen(person.roles, screen) ? (
              <Screen key={screen} person={person} />
            ) : (
              <NotOpen screen={screen} person={person} />
            )}
          </Suspense>
        </div>
        <DriveSheet person={person} />
      </div>
      <ScanNotice />
      <PrintPreview />
      {overlay === 'help' && (
        <Suspense fallback={null}>
          <Help person={person} />
        </Suspense>
      )}
      {overlay === 'find' && <Find person={person} />}
      {idle.warning && <IdleWarning stay={idle.stay} />}
    </div>
  )
}
