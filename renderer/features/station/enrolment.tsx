// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Button } from '../../components/button.tsx'
import { useDrive, useNotWritable } from '../../components/drive-choice.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { Notice } from '../../components/notice.tsx'
import { useRefusalWords } from '../../print/refusal-sheet.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { isUsable } from '../../state/drives.ts'
import { refresh, useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

type Installed = Result<Contract, 'enrolment.install'>

/** Why a certificate was not installed, and what to do now. */
const NotInstalled = ({ name, verdict }: { name: string; verdict: Installed['verdict'] }): ReactElement => {
  const t = useText()
  const { reason, next, quote, number, code } = useRefusalWords({ verdict })
  // The steps of the other codes speak of bundles.
  const own = code.startsWith('enrolment.')
  const steps = own ? [...next, quote] : [t('enrol.next'), t('refusal.quote', { number })]
  return (
    <div role="alert">
      <Notice tone="bad" title={t('enrol.refused', { name, reason })}>
        <ol className="steps">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </Notice>
    </div>
  )
}

/** The station's own certificate: its request goes out on a drive, what the team issues comes back on one. */
export const Enrolment = (): ReactElement => {
  const t = useText()
  const { date } = useFormat()
  const drives = useStation((state) => state.drives) ?? []
  const [look, setLook] = useState<Result<Contract, 'enrolment.look'> | undefined>(undefined)
  const [said, setSaid] = useState<string | undefined>(undefined)
  const [refused, setRefused] = useState<{ name: string; verdict: Installed['verdict'] } | undefined>(undefined)
  const [action, run] = useAction()
  const usable = drives.filter(isUsable)
  const { drive, choice } = useDrive(usable)
  const notWritable = useNotWritable(usable, drive)
  const certificates = drives.flatMap(({ id, name: driveName, files }) =>
    files.filter(({ kind }) => kind === 'certificate').map(({ name }) => ({ driveId: id, driveName, name })),
  )
  const load = async (): Promise<void> => setLook(await call('enrolment.look', {}))
  useEffect(() => run(load), [])
  const act = (work: () => Promise<void>): void =>
    run(async () => {
      setSaid(undefined)
      setRefused(undefined)
      await work()
    })
  const request = (): void =>
    act(async () => {
      if (drive === undefined) return
      const { name } = await call('enrolment.request', { driveId: drive.id })
      setSaid(t('enrol.written', { name, drive: drive.name }))
      await refresh.drives()
    })
  const install = (driveId: string, name: string): void =>
    act(async () => {
      const { verdict, notAfter } = await call('enrolment.install', { driveId, name })
      if (notAfter === null) return setRefused({ name, verdict })
      setSaid(t('enrol.installed', { until: date(notAfter) }))
      await load()
      await refresh.status()
    })
  const until = look?.notAfter ?? undefined
  return (
    <section className="card stack tight" aria-label={t('enrol.title')}>
      <h2>{t('enrol.title')}</h2>
      <p className="muted">{until === undefined ? t('enrol.lead') : t('enrol.have', { until: date(until) })}</p>
      {look !== undefined && (
        <>
          <Facts facts={[[t('enrol.words'), <span className="mono">{look.words.join(' ')}</span>]]} />
          <p className="muted small">{t('enrol.wordsWhy')}</p>
        </>
      )}
      <Fault fault={action.fault} />
      {refused !== undefined && <NotInstalled {...refused} />}
      {said !== undefined && <Notice tone="good" title={said} live />}
      {choice}
      <div className="row">
        <Button busy={action.busy} blocked={notWritable} onPress={request}>
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
