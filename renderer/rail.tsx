// SPDX-License-Identifier: Apache-2.0
import {
  IconChecklist,
  IconCpu,
  IconFileExport,
  IconKey,
  IconPackages,
  IconPlugConnectedX,
  IconServerCog,
  IconTopologyBus,
  IconUsers,
} from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { Logo } from './components/logo.tsx'
import { groups, mayOpen, returnTo, useRoute, type Screen } from './state/route.ts'
import type { Person } from './state/session.ts'
import { screenKeys } from './state/shortcuts.ts'
import { useStation } from './state/station.ts'
import { waitingFor } from './state/waiting.ts'
import { useText } from './text/use-text.ts'

const icons: Readonly<Record<Screen, typeof IconCpu>> = {
  bench: IconTopologyBus,
  bundles: IconPackages,
  devices: IconCpu,
  exports: IconFileExport,
  audit: IconChecklist,
  people: IconUsers,
  keys: IconKey,
  station: IconServerCog,
}

/** The screens that the person may use, in three groups. */
export const Rail = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const open = useRoute((state) => state.screen)
  const requests = useStation((state) => state.requests)
  const overrides = useStation((state) => state.overrides)
  const withdrawals = useStation((state) => state.withdrawals)
  const waitingPolicy = useStation((state) => state.waitingPolicy)
  return (
    <nav className="rail" aria-label={t('frame.screens')}>
      <div className="rail-mark">
        <Logo />
        <span>Airlock</span>
      </div>
      {groups.map(({ name, screens }) => {
        const mine = screens.filter((screen) => mayOpen(person.roles, screen))
        return (
          mine.length > 0 && (
            <div key={name} role="group" aria-label={t(`frame.${name}`)}>
              <p className="rail-group" aria-hidden>
                {t(`frame.${name}`)}
              </p>
              {mine.map((screen) => {
                const Icon = icons[screen]
                const badge = waitingFor(person, screen, { requests, overrides, withdrawals, waitingPolicy })
                return (
                  <button
                    key={screen}
                    type="button"
                    className="rail-entry"
                    aria-keyshortcuts={screenKeys(person.roles, screen)}
                    aria-current={open === screen ? 'page' : undefined}
                    onClick={() => returnTo(screen)}
                  >
                    <Icon size={22} stroke={1.8} aria-hidden />
                    <span className="rail-name">{t(`screen.${screen}`)}</span>
                    {badge > 0 && (
                      <span className="badge">
                        {badge}
                        <span className="hidden-text"> {t('frame.needYou')}</span>
                      </span>
                    )}
                  </button>
                )
              })}
            </div>
          )
        )
      })}
      <div className="rail-foot">
        <IconPlugConnectedX size={22} stroke={1.8} aria-hidden />
        <div>
          <b>{t('frame.offline')}</b>
          {t('frame.noNetwork')}
        </div>
      </div>
    </nav>
  )
}
