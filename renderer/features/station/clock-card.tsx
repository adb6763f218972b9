// SPDX-License-Identifier: Apache-2.0
import { PasswordInput, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { Notice } from '../../components/notice.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import type { Person } from '../../state/session.ts'
import { refresh, type Status as StationStatus } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

type Act = 'look' | 'confirm'

/** One of the two who put a clock right: a reason and the password, which is all that is cleared after an error. */
const Statement = ({ act, waits }: { act: Act; waits: boolean }): ReactElement => {
  const t = useText()
  const [reason, setReason] = useState('')
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const [action, run] = useAction()
  const blocked = (): string | undefined => {
    if (waits) return t('clock.waits')
    if (reason.trim() === '') return t('clock.needReason')
    return password === '' ? t('clock.needPassword') : undefined
  }
  const say = (): void =>
    run(async () => {
      setDone(false)
      setPassword('')
      await call(`clock.${act}`, { reason, password })
      setDone(true)
      setReason('')
      await refresh.status()
    })
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked() === undefined && !action.busy) say()
      }}
    >
      <TextInput
        label={t(`clock.${act}Reason`)}
        value={reason}
        maxLength={1000}
        autoComplete="off"
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <PasswordInput
        label={t('person.password')}
        value={password}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('person.show') }}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      <Fault fault={action.fault} />
      {done && <Notice tone="good" title={t(act === 'look' ? 'clock.said' : 'clock.confirmed')} live />}
      <div>
        <Button type="submit" blocked={blocked()} showReason busy={action.busy}>
          {t(`clock.${act}`)}
        </Button>
      </div>
    </form>
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
      {person.roles.includes('administrator') && <Statement act="look" waits={false} />}
      {person.roles.includes('officer') && <Statement act="confirm" waits={looked === null} />}
    </section>
  )
}
