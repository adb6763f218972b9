// SPDX-License-Identifier: Apache-2.0
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Fault } from '../../components/fault.tsx'
import { Notice } from '../../components/notice.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { refresh, useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

/** The station's own certificate: its request goes out on a drive, what the team issues comes back on one. */
export const Enrolment = ({ enrolled }: { enrolled: boolean }): ReactElement => {
  const t = useText()
  const { date } = useFormat()
  const drives = useStation((state) => state.drives) ?? []
  const [said, setSaid] = useState<string | undefined>(undefined)
  const [action, run] = useAction()
  const [drive] = drives
  const certificates = drives.flatMap(({ id, name: driveName, files }) =>
    files.filter(({ kind }) => kind === 'certificate').map(({ name }) => ({ driveId: id, driveName, name })),
  )
  const request = (): void =>
    run(async () => {
      if (drive === undefined) return
      const { name } = await call('enrolment.request', { driveId: drive.id })
      setSaid(t('enrol.written', { name, drive: drive.name }))
      await refresh.drives()
    })
  const install = (driveId: string, name: string): void =>
    run(async () => {
      const { notAfter } = await call('enrolment.install', { driveId, name })
      setSaid(t('enrol.installed', { until: date(notAfter) }))
      await refresh.status()
    })
  return (
    <section className="card stack tight" aria-label={t('enrol.title')}>
      <h2>{t('enrol.title')}</h2>
      <p className="muted">{t(enrolled ? 'enrol.have' : 'enrol.lead')}</p>
      <Fault fault={action.fault} />
      {said !== undefined && <Notice tone="good" title={said} live />}
      <div className="row">
        <Button busy={action.busy} blocked={drive === undefined ? t('bundles.noDrive') : undefined} onPress={request}>
          {t('enrol.request')}
        </Button>
        {certificates.map(({ driveId, driveName, name }) => (
          <Button key={driveId + name} busy={action.busy} onPress={() => install(driveId, name)}>
            {t('enrol.install', { name, drive: driveName })}
          </Button>
        ))}
      </div>
    </section>
  )
}
