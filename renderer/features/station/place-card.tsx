// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { refresh, type Status } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'

/** Hall and bench, as people call them. */
export const PlaceCard = ({ status }: { status: Status }): ReactElement => {
  const t = useText()
  const [place, setPlace] = useState({ hall: status.hall ?? '', bench: status.bench ?? '' })
  const [done, setDone] = useState(false)
  const [action, run] = useAction()
  const blocked = place.hall.trim() === '' || place.bench.trim() === '' ? t('place.fill') : undefined
  const name = (): void =>
    run(async () => {
      setDone(false)
      await call('station.place', { hall: place.hall.trim(), bench: place.bench.trim() })
      setDone(true)
      await refresh.status()
    })
  return (
    <section className="card" aria-label={t('place.title')}>
      <h2>{t('place.title')}</h2>
      <Form blocked={blocked} send={name}>
        {(['hall', 'bench'] as const).map((field) => (
          <TextInput
            key={field}
            label={t(`place.${field}`)}
            value={place[field]}
            maxLength={64}
            autoComplete="off"
            onChange={({ currentTarget }) => setPlace({ ...place, [field]: currentTarget.value })}
          />
        ))}
        <Fault fault={action.fault} />
        {done && <Notice tone="good" title={t('place.done')} live />}
        <div>
          <Button type="submit" blocked={blocked} showReason busy={action.busy}>
            {t('place.set')}
          </Button>
        </div>
      </Form>
    </section>
  )
}
