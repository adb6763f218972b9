// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Loading } from '../../components/empty.tsx'
import { Facts, Figures } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import { go } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import type { ExportRequest } from '../../state/station.ts'
import { shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { Decision } from './decision.tsx'
import { Records } from './records.tsx'
import { totalsOf, type Preview } from './review-model.ts'
import { SignPanel } from './sign-panel.tsx'
import { Survivors } from './survivors.tsx'
import { WritePanel } from './write-panel.tsx'

const stages = ['collected', 'review', 'write', 'written'] as const
const stageOf: Readonly<Record<ExportRequest['state'], number>> = {
  requested: 1,
  rejected: 1,
  voided: 1,
  approved: 2,
  written: 3,
}

/** It ended at this step, without having left. */
const endedAs = {
  rejected: { shape: 'notSuitable', tone: 'bad' },
  voided: { shape: 'octagon', tone: 'bad' },
} as const

const Stages = ({ state }: { state: ExportRequest['state'] }): ReactElement => {
  const t = useText()
  const ended = state === 'rejected' || state === 'voided' ? endedAs[state] : undefined
  return (
    <ol className="stages" aria-label={t('review.stages')}>
      {stages.map((stage, index) => (
        <li key={stage} aria-current={index === stageOf[state] ? 'step' : undefined}>
          {ended !== undefined && index === stageOf[state] ? (
            <Status {...ended} word={t(`exports.state.${state}`)} />
          ) : index < stageOf[state] || state === 'written' ? (
            <Status shape="done" tone="good" word={t(`review.stage.${stage}`)} />
          ) : (
            <>
              <span className="stage-number" aria-hidden>
                {index + 1}
              </span>
              {t(`review.stage.${stage}`)}
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

const Totals = ({ preview }: { preview: Preview }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const totals = totalsOf(preview)
  return (
    <Figures
      figures={[
        [t('review.collected'), format.number(totals.recordsIn)],
        [t('review.leave'), format.number(totals.recordsOut)],
        [t('review.fields'), format.number(totals.fields)],
        [t('review.removedValues'), format.number(totals.removed)],
        [t('review.size'), format.size(totals.bytes)],
        [t('review.leaks'), '0'],
      ]}
    />
  )
}

/** One export: what would leave, beside what stays; then the signature; then the drive. */
export const Review = ({ request, person }: { request: ExportRequest; person: Person }): ReactElement => {
  const t = useText()
  const { date } = useFormat()
  const [preview, setPreview] = useState<Preview | undefined>(undefined)
  const [action, run] = useAction()
  const mayLook = person.roles.some((role) => role === 'technician' || role === 'officer' || role === 'developer')
  useEffect(() => {
    if (mayLook) run(async () => setPreview(await call('exports.preview', { id: request.id })))
  }, [request.id])
  return (
    <>
      <main className="main">
        <PageHead
          title={t(request.state === 'requested' ? 'review.title' : 'review.titleDone', { reason: request.reason })}
          lead={`${date(request.from)} – ${date(request.to)}, ${t('exports.askedBy', { name: request.requestedBy })}`}
        >
          <Button onPress={() => go('exports')}>{t('review.all')}</Button>
        </PageHead>
        <div className="stack">
          <Stages state={request.state} />
          <Fault fault={action.fault} />
          {preview === undefined && action.busy && <Loading sentence={t('common.loading')} />}
          {!mayLook && <p className="card muted">{t('review.mayNot')}</p>}
          {preview !== undefined && (
            <>
              {(request.state === 'approved' || request.state === 'written') && (
                <p className="muted">{t('review.asApproved')}</p>
              )}
              <Totals preview={preview} />
              <Records preview={preview} />
              <Survivors preview={preview} />
            </>
          )}
        </div>
      </main>
      {(mayLook || request.state !== 'requested') && (
        <aside className="panel wide" aria-label={t('review.panel')}>
          {/* What is still to be signed stands at the signature. */}
          {request.state !== 'requested' && (
            <section className="card">
              <h2>{t('review.what')}</h2>
              <Facts
                facts={[
                  ...(request.number === null ? [] : [[t('review.number'), String(request.number)] as const]),
                  [t('review.contents'), <span className="mono">{shortDigest(request.contentDigest)}</span>],
                  ...(request.archiveSha256 === null
                    ? []
                    : [
                        [
                          t('review.archive'),
                          <span className="mono">{shortDigest(request.archiveSha256)}</span>,
                        ] as const,
                      ]),
                ]}
              />
            </section>
          )}
          <Decision request={request} />
          {preview !== undefined && request.state === 'requested' && (
            <SignPanel request={request} preview={preview} person={person} />
          )}
          {(request.state === 'approved' || request.state === 'written') && (
            <WritePanel request={request} person={person} />
          )}
        </aside>
      )}
    </>
  )
}
