// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { Facts } from '../../components/facts.tsx'
import { Statement } from '../../components/statement.tsx'
import { Status } from '../../components/status.tsx'
import { call } from '../../state/connection.ts'
import type { Person } from '../../state/session.ts'
import { refresh, type Status as StationStatus } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

type Act = 'look' | 'confirm'

/** One of the two who put a clock right. */
const Say = ({ act, stands }: { act: Act; stands?: string | undefined }): ReactElement => {
  const t = useText()
  const [done, setDone] = useState(false)
  const say = async (reason: string, password: string): Promise<void> => {
    setDone(false)
    await call(`clock.${act}`, { reason, password })
    setDone(true)
    await refresh.status()
  }
  return (
    <Statement
      why={t(`clock.${act}Reason`)}
      stands={stands}
      said={done ? t(act === 'look' ? 'clock.said' : 'clock.confirmed') : undefined}
      acts={[{ name: t(`clock.${act}`), say }]}
    />
  )
}

/** The clock: its time, what the station thinks of it, and what each of two people may say of it. */
export const ClockCard = ({ status, person }: { status: StationStatus; person: Person }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const { clock, now } = status
  const good = clock.state === 'good'
  const tone = good ? 'good' : clock.state === 'stepped' ? 'attention' : 'bad'
  const by = clock.by === 0 ? '' : ` · ${format.duration(clock.by)}`
  const { looked } = clock
  return (
    <section className="card stack tight" aria-label={t('clock.title')}>
      <h2>{t('clock.title')}</h2>
      <Status
        shape={good ? 'done' : tone === 'bad' ? 'octagon' : 'triangle'}
        tone={tone}
        word={t(`clock.${clock.state}`) + by}
      />
      <Facts
        facts={[
          [t('clock.now'), format.clock(now)],
          [t('clock.day'), format.date(now)],
          [t('clock.zone'), format.offset(now)],
        ]}
      />
      {looked !== null && <p>{t('clock.lookedBy', { name: looked.name, reason: looked.reason })}</p>}
      <p className="muted small">{t('clock.how')}</p>
      {person.roles.includes('administrator') && <Say act="look" />}
      {person.roles.includes('officer') && (
        <Say act="confirm" stands={looked === null ? t('clock.waits') : undefined} />
      )}
    </section>
  )
}
