// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core'
import { IconUsb } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Notice } from '../../components/notice.tsx'
import { Progress } from '../../components/progress.tsx'
import { SlipSheet } from '../../print/slip-sheet.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { jobEnd, useJobs } from '../../state/jobs.ts'
import { askPrint } from '../../state/print.ts'
import type { Person } from '../../state/session.ts'
import { refresh, useStation, type ExportRequest } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

/** The paper that goes with the drive. */
const PrintSlip = ({ id }: { id: string }): ReactElement => {
  const t = useText()
  const [action, run] = useAction()
  const print = (): void =>
    run(async () => {
      const known = useStation.getState().drives ?? []
      const found = await call('print.slip', { id })
      // A drive that is here is called as it is called everywhere else.
      const copies = found.copies.map((copy) => ({
        ...copy,
        medium: known.find((drive) => drive.id === copy.medium)?.name ?? copy.medium,
      }))
      const slip = { ...found, copies }
      const title = t('slip.title', { number: String(slip.number) })
      askPrint({ kind: 'slip', ids: [id], title, draw: ([copy]) => <SlipSheet slip={slip} copy={copy} /> })
    })
  return (
    <>
      <Button wide prints busy={action.busy} onPress={print}>
        {t('slip.print')}
      </Button>
      <Fault fault={action.fault} />
    </>
  )
}

/** Whether the archive is on a drive yet. */
const State = ({ request }: { request: ExportRequest }): ReactElement => {
  const t = useText()
  if (request.state !== 'written')
    return (
      <Notice tone="active" title={t('write.approved')}>
        <p>{t('write.approvedMore')}</p>
      </Notice>
    )
  return (
    <>
      <Notice tone="good" title={t('write.done')} live>
        <p>{t('write.doneMore')}</p>
      </Notice>
      <PrintSlip id={request.id} />
    </>
  )
}

/** Writes the approved bytes to a drive and reads them back; only then the drive may go. */
export const WritePanel = ({ request, person }: { request: ExportRequest; person: Person }): ReactElement => {
  const t = useText()
  const { size } = useFormat()
  const drives = useStation((state) => state.drives) ?? []
  const enrolled = useStation(({ status }) => status?.enrolled === true)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const [action, run] = useAction()
  const job = useJobs(({ jobs }) =>
    Object.values(jobs).find(
      ({ kind, subject, state }) => kind === 'exports.write' && subject === request.id && state === 'running',
    ),
  )
  const drive = drives.find(({ id }) => id === chosen) ?? (drives.length === 1 ? drives[0] : undefined)
  const write = (): void =>
    run(async () => {
      if (drive === undefined) return
      const { jobId } = await call('exports.write', { id: request.id, driveId: drive.id })
      await jobEnd(jobId)
      await refresh.requests()
    })
  const blocked = (): string | undefined => {
    if (!person.roles.includes('officer')) return t('write.notOfficer')
    if (!enrolled) return t('write.notEnrolled')
    if (drives.length === 0) return t('write.noDrive')
    return drive === undefined ? t('write.choose') : undefined
  }
  const written = request.state === 'written'
  return (
    <>
      <State request={request} />
      <Fault fault={action.fault} />
      {drives.length > 1 && !written && (
        <NativeSelect
          label={t('write.drive')}
          value={drive?.id ?? ''}
          data={[
            { value: '', label: t('write.choose') },
            ...drives.map(({ id, name, free }) => ({ value: id, label: `${name} · ${size(free)}` })),
          ]}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
      )}
      {job !== undefined && (
        <div className="card stack tight">
          <p className="strong">{t('write.writing')}</p>
          <Progress
            part={job.progress?.total === undefined ? 0.5 : (job.progress.done ?? 0) / job.progress.total}
            tone="active"
            label={t('write.writing')}
          />
        </div>
      )}
      {!written && (
        <div className="panel-foot">
          <div>
            <Button
              kind="primary"
              wide
              icon={<IconUsb size={22} aria-hidden />}
              blocked={blocked()}
              showReason
              busy={action.busy}
              onPress={write}
            >
              {t('write.write', { drive: drive?.name ?? '…' })}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
