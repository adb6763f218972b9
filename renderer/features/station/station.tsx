// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Loading } from '../../components/empty.tsx'
import { DisplayFields } from '../../components/display-fields.tsx'
import { Facts } from '../../components/facts.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Status } from '../../components/status.tsx'
import type { Person } from '../../state/session.ts'
import { useStation, type Status as StationStatus } from '../../state/station.ts'
import { shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { ClockCard } from './clock-card.tsx'
import { DrivesCard } from './drives-card.tsx'
import { Enrolment } from './enrolment.tsx'
import { Found } from './found.tsx'
import { PlaceCard } from './place-card.tsx'
import { PortsCard } from './ports-card.tsx'
import { StorageCard } from './storage-card.tsx'

const Readiness = ({ status }: { status: StationStatus }): ReactElement => {
  const t = useText()
  const { audit, trust, enrolled } = status
  const lines = [
    [audit.code === null, 'station.logGood', 'station.logBad'],
    [trust !== null, 'station.trustGood', 'station.trustBad'],
    [enrolled, 'station.enrolledGood', 'station.enrolledBad'],
  ] as const
  return (
    <section className="card">
      <h2>{t('station.ready')}</h2>
      <ul className="ticks">
        {lines.map(([ok, good, bad]) => (
          <li key={good}>
            <Status shape={ok ? 'done' : 'triangle'} tone={ok ? 'good' : 'attention'} word={t(ok ? good : bad)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The station: its state in one look, what it found at its start, its trust, its certificate. */
export const Station = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const status = useStation((state) => state.status)
  if (status === undefined) return <Loading sentence={t('common.loading')} />
  const { audit, trust } = status
  const administrator = person.roles.includes('administrator')
  return (
    <main className="main">
      <PageHead title={t('screen.station')} lead={t(`station.state.${status.state}`)} />
      <div className="stack">
        <Found status={status} />
        <div className="cards">
          <Readiness status={status} />
          <section className="card">
            <h2>{t('station.facts')}</h2>
            <Facts
              facts={[
                [t('setUp.site'), status.site ?? '–'],
                [t('station.id'), <span className="mono">{status.stationId}</span>],
                [t('station.version'), <span className="mono">{status.version}</span>],
                [t('place.hall'), status.hall || '–'],
                [t('place.bench'), status.bench || '–'],
              ]}
            />
          </section>
          <section className="card">
            <h2>{t('screen.audit')}</h2>
            <Facts
              facts={[
                [t('station.entries'), format.number(audit.size)],
                [t('station.root'), <span className="mono">{shortDigest(audit.root)}</span>],
              ]}
            />
          </section>
          <section className="card">
            <h2>{t('station.trust')}</h2>
            {trust === null ? (
              <p className="muted">{t('station.trustBad')}</p>
            ) : (
              <Facts
                facts={[
                  [t('setUp.policyVersion'), String(trust.version)],
                  [t('common.fingerprint'), <span className="mono">{shortDigest(trust.manifest)}</span>],
                ]}
              />
            )}
          </section>
          <ClockCard status={status} person={person} />
          <StorageCard person={person} />
          <section className="card stack tight" aria-label={t('display.title')}>
            <h2>{t('display.title')}</h2>
            <p className="muted">{t('display.lead')}</p>
            <DisplayFields />
          </section>
          <PortsCard />
          <DrivesCard />
          {administrator && <PlaceCard status={status} />}
        </div>
        {administrator && <Enrolment />}
      </div>
    </main>
  )
}
