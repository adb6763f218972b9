// SPDX-License-Identifier: Apache-2.0
import { IconPrinter, IconUsb } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { Button } from '../../components/button.tsx'
import { useDrive, useNotWritable } from '../../components/drive-choice.tsx'
import { Fault } from '../../components/fault.tsx'
import { Notice } from '../../components/notice.tsx'
import { Progress } from '../../components/progress.tsx'
import { SlipSheet } from '../../print/slip-sheet.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { isUsable } from '../../state/drives.ts'
import { jobEnd, useJobs } from '../../state/jobs.ts'
import { askPrint } from '../../state/print.ts'
import type { Person } from '../../state/session.ts'
import { refresh, useStation, type ExportRequest } from '../../state/station.ts'
import { useText } from '../../text/use-text.ts'

/** The end of a writing after which the drive may be pulled. */
const letGo = z.object({ drive: z.enum(['ejected', 'flushed']) })

/** Whether the drive may be pulled is known of a writing that this page has seen. */
const useLetGo = (id: string): boolean =>
  useJobs(({ jobs }) =>
    Object.values(jobs).some(
      ({ kind, subject, state, result }) =>
        kind === 'exports.write' && subject === id && state === 'done' && letGo.safeParse(result).success,
    ),
  )

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
      <Button wide prints icon={<IconPrinter size={22} aria-hidden />} busy={action.busy} onPress={print}>
        {t('slip.print')}
      </Button>
      <Fault fault={action.fault} />
    </>
  )
}

/** Whether the archive is on a drive yet. */
const State = ({ request }: { request: ExportRequest }): ReactElement => {
  const t = useText()
  const safe = useLetGo(request.id)
  if (request.state !== 'written')
    return (
      <Notice tone="active" title={t('write.approved')}>
        <p>{t('write.approvedMore')}</p>
      </Notice>
    )
  return (
    <>
      <Notice tone="good" title={t(safe ? 'write.done' : 'write.kept')} live>
        <p>{t(safe ? 'write.doneMore' : 'write.keptMore')}</p>
      </Notice>
      <PrintSlip id={request.id} />
    </>
  )
}

/** Writes the approved bytes to a drive and reads them back; only then the drive may go. */
export const WritePanel = ({ request, person }: { request: ExportRequest; person: Person }): ReactElement => {
  const t = useText()
  const drives = (useStation((state) => state.drives) ?? []).filter(isUsable)
  const enrolled = useStation(({ status }) => status?.enrolled === true)
  const { drive, choice } = useDrive(drives)
  const notWritable = useNotWritable(drives, drive)
  const [action, run] = useAction()
  const job = useJobs(({ jobs }) =>
    Object.values(jobs).find(
      ({ kind, subject, state }) => kind === 'exports.write' && subject === request.id && state === 'running',
    ),
  )
  const write = (): void =>
    run(async () => {
      if (drive === undefined) return
      const { jobId } = await call('exports.write', { id: request.id, driveId: drive.id })
      await jobEnd(jobId)
      await refresh.requests()
    })
  const blocked = (): string | undefined => {
    if (!person.roles.includes('officer')) return t('write.notOfficer')
    if (job !== undefined) return t('write.writing')
    return enrolled ? notWritable : t('write.notEnrolled')
  }
  const written = request.state === 'written'
  const total = job?.progress?.total
  return (
    <>
      {(written || job === undefined) && <State request={request} />}
      <Fault fault={action.fault} />
      {!written && choice}
      {job !== undefined && (
        <div className="card stack tight">
          <p className="strong">{t('write.writing')}</p>
          {total !== undefined && (
            <Progress part={(job.progress?.done ?? 0) / total} tone="active" label={t('write.writing')} />
          )}
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
              {t('write.write', { drive: drive?.name ?? '' })}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
