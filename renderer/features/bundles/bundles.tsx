// SPDX-License-Identifier: Apache-2.0
import { IconPackages } from '@tabler/icons-react'
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { DriveFiles, useImportBlocked } from '../../components/drive-file.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Seal } from '../../components/seal.tsx'
import { channelLabel, roleLabel } from '../../components/signer-role.ts'
import { Status } from '../../components/status.tsx'
import { WaitingWithdrawals, WithdrawalStory, WithdrawButton } from '../../components/withdraw.tsx'
import { WithdrawnNotices } from '../../components/withdrawn.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { bundlesOn, isDoneWith, startImport, useBundleStates, useToImport } from '../../state/imports.ts'
import { useJobs } from '../../state/jobs.ts'
import { go, useRoute } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { refresh, useStation, type Bundle, type BundleDetails, type Drive } from '../../state/station.ts'
import { shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { ContentsDialog } from './contents.tsx'
import { Exceptions, Story } from './exceptions.tsx'

const useImporting = (): boolean =>
  useJobs(({ jobs }) => Object.values(jobs).some(({ kind, state }) => kind === 'bundles.import' && state === 'running'))

const useChecking = (): number =>
  useJobs(
    ({ jobs }) =>
      Object.values(jobs).filter(({ kind, state }) => kind === 'bundles.check' && state === 'running').length,
  )

const DriveCard = ({ drive, person }: { drive: Drive; person: Person }): ReactElement => {
  const t = useText()
  const bundles = useBundleStates(drive)
  return (
    <section className="card" aria-label={t('bundles.drive', { name: drive.name })}>
      <div className="row apart">
        <h2>{t('bundles.drive', { name: drive.name })}</h2>
        {isDoneWith(drive, bundles) && <Status shape="done" tone="good" word={t('bundles.removable')} />}
      </div>
      {bundles.length === 0 ? (
        <p className="muted">{t(drive.admitted ? 'bundles.driveNone' : 'drives.notAdmitted')}</p>
      ) : (
        <DriveFiles drive={drive} person={person} />
      )}
    </section>
  )
}

const Library = ({
  bundles,
  chosen,
  choose,
}: {
  bundles: readonly Bundle[]
  chosen: string | undefined
  choose: (id: string) => void
}): ReactElement => {
  const t = useText()
  const { date } = useFormat()
  const withdrawn = useStation((state) => state.withdrawn)
  const withdrawnHere = useStation((state) => state.withdrawnHere)
  return (
    <section className="card flush">
      <div className="card-head">
        <h2>{t('bundles.library')}</h2>
      </div>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('bundle.product')}</th>
            <th scope="col">{t('bundle.version')}</th>
            <th scope="col">{t('bundle.channel')}</th>
            <th scope="col">{t('bundle.imported')}</th>
            <th scope="col">{t('common.fingerprint')}</th>
          </tr>
        </thead>
        <tbody>
          {bundles.map((bundle) => (
            <tr key={bundle.id} className={bundle.id === chosen ? 'chosen' : ''}>
              <th scope="row">
                <button type="button" className="link in-table" onClick={() => choose(bundle.id)}>
                  {bundle.product}
                </button>
              </th>
              <td>
                <div className="row">
                  <span className="mono">{bundle.version}</span>
                  {withdrawn.some((one) => one.bundle === bundle.id) && (
                    <Status shape="notSuitable" tone="bad" word={t('bundles.withdrawn')} />
                  )}
                  {withdrawnHere.some((one) => one.bundle === bundle.id) && (
                    <Status shape="notSuitable" tone="bad" word={t('bundles.withdrawnHere')} />
                  )}
                </div>
              </td>
              <td>{channelLabel(t, bundle.channel)}</td>
              <td className="one-line">{date(bundle.importedAt)}</td>
              <td className="mono one-line">{shortDigest(bundle.id)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Details = ({ id }: { id: string }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const [details, setDetails] = useState<BundleDetails | undefined>(undefined)
  const [opened, setOpened] = useState(false)
  const itself = useStation(({ withdrawnHere }) =>
    withdrawnHere.some((one) => one.bundle === id && one.kind === 'bundle'),
  )
  const [action, run] = useAction()
  useEffect(() => run(async () => setDetails(await call('bundles.details', { id }))), [id])
  if (action.fault !== undefined) return <Fault fault={action.fault} />
  if (details === undefined) return <Loading sentence={t('common.loading')} />
  const { bundle, compat } = details
  return (
    <section className="card">
      <WithdrawnNotices bundle={id} />
      <Seal bundle={id} name={`${bundle.product} ${bundle.version}`} excepted={details.exceptions.length > 0} />
      <Facts
        facts={[
          [t('bundle.vendor'), bundle.vendor],
          [t('bundle.signedBy'), details.signedBy.map((role) => roleLabel(t, role)).join(', ')],
          [t('bundle.released'), format.date(details.releasedAt)],
          [t('bundle.expires'), format.date(details.expires)],
          [t('bundle.imported'), format.full(bundle.importedAt)],
          [t('bundle.counter'), format.number(bundle.securityCounter)],
          [t('bundle.size'), format.size(details.payloadBytes)],
          ...compat.map(
            ({ model, hardware }) =>
              [t('bundle.fits'), `${model}, ${hardware?.join(', ') ?? t('bundle.anyHardware')}`] as const,
          ),
        ]}
      />
      {details.exceptions.length > 0 && (
        <section aria-label={t('exception.used')}>
          <h3>{t('exception.used')}</h3>
          {details.exceptions.map((exception) => (
            <Story key={exception.id} exception={exception} />
          ))}
        </section>
      )}
      <Button kind="in-row" onPress={() => setOpened(true)}>
        {t('contents.open')}
      </Button>
      <WithdrawButton
        act={itself ? 'restore' : 'withdraw'}
        kind="bundle"
        subject={id}
        what={`${bundle.product} ${bundle.version}`}
      />
      <WithdrawalStory subject={id} />
      {opened && <ContentsDialog bundle={id} onClose={() => setOpened(false)} />}
      <h3>{t('bundle.fullPrint')}</h3>
      <p className="mono small print">{bundle.id.match(/.{4}/g)?.join(' ')}</p>
    </section>
  )
}

/** What is on the drives, what is on the station, what was refused and why. */
export const Bundles = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const bundles = useStation((state) => state.bundles)
  const drives = useStation((state) => state.drives) ?? []
  const chosen = useRoute(({ item }) => item)
  const wanted = useToImport(drives)
  const [action, run] = useAction()
  const mayNot = useImportBlocked(person)
  const importing = useImporting()
  const checking = useChecking()
  const importAll = (): void =>
    run(async () => {
      for (const { driveId, name } of wanted) await startImport(driveId, name)
    })
  const blocked = (): string | undefined => {
    if (mayNot !== undefined) return mayNot
    if (drives.length === 0) return t('bundles.noDrive')
    if (wanted.length > 0) return undefined
    if (checking > 0) return t('media.checking', { count: checking })
    return t(importing ? 'media.state.in-use' : 'bundles.nothingToImport')
  }
  const shown = bundles?.find(({ id }) => id === chosen)?.id ?? bundles?.[0]?.id
  return (
    <>
      <main className="main">
        <PageHead title={t('screen.bundles')} lead={t('bundles.lead', { count: bundles?.length ?? 0 })} />
        <div className="stack">
          <Fault fault={action.fault} />
          {drives.map((drive) => (
            <DriveCard key={drive.id} drive={drive} person={person} />
          ))}
          <Exceptions person={person} />
          <WaitingWithdrawals kind="bundle" />
          {bundles === undefined && <Loading sentence={t('common.loading')} />}
          {bundles?.length === 0 && !drives.some((drive) => bundlesOn(drive).length > 0) && (
            <Empty icon={<IconPackages size={48} stroke={1.2} aria-hidden />} sentence={t('bundles.none')}>
              <Button onPress={() => void refresh.drives()}>{t('bundles.lookAgain')}</Button>
            </Empty>
          )}
          {bundles !== undefined && bundles.length > 0 && (
            <Library bundles={bundles} chosen={shown} choose={(id) => go('bundles', id)} />
          )}
        </div>
      </main>
      <aside className="panel" aria-label={t('bundles.panel')}>
        {shown !== undefined && <Details key={shown} id={shown} />}
        <div className="panel-foot">
          <div>
            <Button kind="primary" wide blocked={blocked()} showReason busy={action.busy} onPress={importAll}>
              {t('bundles.importAll', { count: wanted.length })}
            </Button>
          </div>
        </div>
      </aside>
    </>
  )
}
