// SPDX-License-Identifier: Apache-2.0
import { IconShieldQuestion } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement } from 'react'
import { trustImportResult } from '../../../shared/contract/values.ts'
import { Button } from '../../components/button.tsx'
import { useDrive } from '../../components/drive-choice.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { WaitingWithdrawals } from '../../components/withdraw.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { jobEnd } from '../../state/jobs.ts'
import { openHelp } from '../../state/overlay.ts'
import type { Person } from '../../state/session.ts'
import { refreshAll, useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { PolicyPanel } from './facts-panel.tsx'
import { ImportedTrust } from './imported.tsx'
import { Recalled } from './recalled.tsx'
import { RoleKeys } from './role-keys.tsx'
import type { Imported, Trust } from './trust.ts'
import { WaitingPolicy } from './waiting-policy.tsx'

/** What this station trusts: to be seen. Keys come with a signed policy only. */
export const Keys = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const drives = useStation((state) => state.drives) ?? []
  const { drive, choice } = useDrive(drives.filter(({ files }) => files.some(({ kind }) => kind === 'trust')))
  const [trust, setTrust] = useState<Trust | undefined>(undefined)
  const [imported, setImported] = useState<Imported | undefined>(undefined)
  const [action, run] = useAction()
  const load = async (): Promise<void> => setTrust(await call('trust.look', {}))
  // Two people may withdraw a key meanwhile, here or at another window.
  const decided = useStation(({ withdrawals = [] }) => withdrawals.filter(({ decision }) => decision !== null).length)
  const policyWaits = useStation(({ waitingPolicy }) => waitingPolicy?.content)
  useEffect(() => run(load), [decided, policyWaits])
  const read = (driveId: string): void =>
    run(async () => {
      const { jobId } = await call('trust.import', { driveId })
      const { result } = await jobEnd(jobId)
      // Its result stands when the button can be pressed again, whatever becomes of the reading afterwards.
      await load()
        .then(refreshAll)
        .finally(() => setImported(trustImportResult.parse(result)))
    })
  const blocked = (): string | undefined => {
    if (person.roles.every((role) => role === 'auditor' || role === 'developer')) return t('keys.mayNot')
    if (drive === undefined) return choice === null ? t('keys.noDrive') : `${t('write.choose')}.`
    return drive.admitted ? undefined : t('drives.notAdmitted')
  }
  const policy = trust?.policy ?? undefined
  const lead = (): string => {
    if (trust === undefined) return t(action.fault === undefined ? 'common.loading' : 'keys.leadUnread')
    if (policy === undefined) return t('keys.leadNone')
    return t('keys.lead', { version: policy.version, until: format.date(policy.expires) })
  }
  return (
    <>
      <main className="main">
        <PageHead title={t('screen.keys')} lead={lead()}>
          <div>
            <Button
              kind="primary"
              busy={action.busy}
              blocked={blocked()}
              showReason
              onPress={() => (drive === undefined ? undefined : read(drive.id))}
            >
              {t('keys.read', { drive: drive?.name ?? '…' })}
            </Button>
          </div>
        </PageHead>
        <div className="stack">
          {choice}
          <Fault fault={action.fault} />
          {imported !== undefined && <ImportedTrust imported={imported} />}
          {trust === undefined && action.busy && <Loading sentence={t('common.loading')} />}
          {trust !== undefined && policy === undefined && (
            <Empty icon={<IconShieldQuestion size={48} stroke={1.2} aria-hidden />} sentence={t('keys.none')}>
              <Button onPress={() => openHelp()}>{t('help.open')}</Button>
            </Empty>
          )}
          <WaitingPolicy />
          <WaitingWithdrawals kind="key" />
          {policy !== undefined && <RoleKeys policy={policy} />}
          {trust !== undefined && <Recalled recall={trust.recall} />}
        </div>
      </main>
      {/* It has its place while it is read: nothing jumps. */}
      {(policy !== undefined || (trust === undefined && action.fault === undefined)) && (
        <aside className="panel" aria-label={t('keys.panel')}>
          {policy !== undefined && trust !== undefined && <PolicyPanel policy={policy} history={trust.history} />}
        </aside>
      )}
    </>
  )
}
