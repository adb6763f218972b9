// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { jobEnd } from '../../state/jobs.ts'
import { refresh, useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { LeakHits } from './leak-hits.tsx'

const days = [1, 7, 30, 90, 365] as const
const day = 86_400_000

/** Asks for an export of a period; the station collects and cleans before anybody looks. */
export const Ask = ({ onClose }: { onClose: () => void }): ReactElement => {
  const t = useText()
  const now = useStation(({ status }) => status?.now) ?? 0
  const [period, setPeriod] = useState('30')
  const [reason, setReason] = useState('')
  const [action, run] = useAction()
  const ask = (): void =>
    run(async () => {
      const { jobId } = await call('exports.request', { from: now - Number(period) * day, to: now + 60_000, reason })
      await jobEnd(jobId)
      await refresh.requests()
      onClose()
    })
  const blocked = reason.trim() === '' ? t('ask.needReason') : undefined
  return (
    <Dialog title={t('exports.ask')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === undefined) ask()
        }}
      >
        <Fault fault={action.fault} />
        <LeakHits fault={action.fault} />
        <NativeSelect
          label={t('ask.period')}
          value={period}
          data={days.map((count) => ({ value: String(count), label: t('ask.days', { count }) }))}
          onChange={({ currentTarget }) => setPeriod(currentTarget.value)}
        />
        <TextInput
          label={t('ask.reason')}
          description={t('ask.reasonHint')}
          value={reason}
          maxLength={256}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        {action.fault === undefined && <p className="muted">{t('ask.what')}</p>}
        <div className="row end">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <div>
            <Button kind="primary" type="submit" busy={action.busy} blocked={blocked} showReason>
              {t(action.busy ? 'ask.collecting' : 'ask.send')}
            </Button>
          </div>
        </div>
      </form>
    </Dialog>
  )
}
