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

const shapeOf = { good: 'done', attention: 'triangle', bad: 'octagon' } as const

const Readiness = ({ status }: { status: StationStatus }): ReactElement => {
  const t = useText()
  const { audit, trust, enrolled } = status
  const lines = [
    [audit.code === null, 'station.logGood', 'station.logBad', 'bad'],
    [trust !== null, 'station.trustGood', 'station.trustBad', 'attention'],
    [enrolled, 'station.enrolledGood', 'station.enrolledBad', 'attention'],
  ] as const
  return (
    <section className="card">
      <h2>{t('station.ready')}</h2>
      <ul className="ticks">
        {lines.map(([ok, good, bad, tone]) => (
          <li key={good}>
            <Status shape={shapeOf[ok ? 'good' : tone]} tone={ok ? 'good' : tone} word={t(ok ? good : bad)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Ready, or what it is instead; ready for some work only is not ready. */
const stateOf = ({ state, trust, enrolled, clock, storage }: StationStatus) => {
  const wrong = clock.state === 'behind' || clock.state === 'ahead'
  const full = storage.state === 'full' || storage.state === 'reserve'
  return state === 'ready' && (trust === null || !enrolled || wrong || full) ? 'limited' : state
}

/** Who it is: its names, the size of its log, the policy in force. */
const Identity = ({ status }: { status: StationStatus }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const { audit, trust } = status
  return (
    <>
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
    </>
  )
}

/** The station: its state in one look, what it found at its start, its trust, its certificate. */
export const Station = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const status = useStation((state) => state.status)
  if (status === undefined) return <Loading sentence={t('common.loading')} />
  const administrator = person.roles.includes('administrator')
  return (
    <main className="main">
      <PageHead title={t('screen.station')} lead={t(`station.state.${stateOf(status)}`)} />
      <div className="stack">
        <Found status={status} />
        <div className="card-columns">
          <div className="stack">
            <Readiness status={status} />
            <Identity status={status} />
            <PortsCard />
            <DrivesCard />
          </div>
          <div className="stack">
            <ClockCard status={status} person={person} />
            <StorageCard person={person} />
          </div>
          <div className="stack">
            <section className="card stack tight" aria-label={t('display.title')}>
              <h2>{t('display.title')}</h2>
              <p className="muted">{t('display.lead')}</p>
              <DisplayFields />
            </section>
            {administrator && <PlaceCard status={status} />}
          </div>
        </div>
        {administrator && <Enrolment />}
      </div>
    </main>
  )
}
