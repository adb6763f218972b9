// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, TextInput } from '@mantine/core'
import { useMemo, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form } from '../../components/form.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { jobEnd, jobFault, useJobs } from '../../state/jobs.ts'
import { keep } from '../../state/kept.ts'
import { refresh, useStation } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'
import { LeakHits } from './leak-hits.tsx'

const days = [1, 7, 30, 90, 365] as const
const day = 86_400_000

/** A request whose dialog went before it was collected: how it ended is told on the page. */
const useAsked = keep<{ readonly jobId: string | undefined }>({ jobId: undefined })

/** Why it came to nothing, and what the leak search found in it. */
export const LastRequest = (): ReactElement | null => {
  const jobId = useAsked((state) => state.jobId)
  const job = useJobs(({ jobs }) => jobs[jobId ?? ''])
  const fault = useMemo(() => (job === undefined ? undefined : jobFault(job)), [job])
  if (fault === undefined) return null
  return (
    <>
      <Fault fault={fault} />
      <LeakHits fault={fault} />
    </>
  )
}

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
      useAsked.setState({ jobId })
      await jobEnd(jobId)
      await refresh.requests()
      onClose()
    })
  const blocked = reason.trim() === '' ? t('ask.needReason') : undefined
  const close = (): void => {
    if (!action.busy) useAsked.setState({ jobId: undefined })
    onClose()
  }
  return (
    <Dialog title={t('exports.ask')} onClose={close}>
      <Form className="stack" blocked={blocked} send={ask}>
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
          <Button onPress={close}>{t('common.cancel')}</Button>
          <div>
            <Button kind="primary" type="submit" busy={action.busy} blocked={blocked} showReason>
              {t(action.busy ? 'ask.collecting' : 'ask.send')}
            </Button>
          </div>
        </div>
      </Form>
    </Dialog>
  )
}
