// SPDX-License-Identifier: Apache-2.0
import { IconFileExport } from '@tabler/icons-react'
import { useState, type ReactElement } from 'react'
import { Button } from '../../components/button.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import type { Shape, Tone } from '../../components/icons.ts'
import { Notice } from '../../components/notice.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Status } from '../../components/status.tsx'
import { useJobs, type Job } from '../../state/jobs.ts'
import { go, useRoute } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { useStation, type ExportRequest } from '../../state/station.ts'
import { isOwn } from '../../state/waiting.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { Ask, LastRequest } from './ask.tsx'
import { Names } from './names.tsx'
import { Review } from './review.tsx'

const looks: Readonly<Record<ExportRequest['state'], { shape: Shape; tone: Tone }>> = {
  requested: { shape: 'ready', tone: 'active' },
  approved: { shape: 'done', tone: 'good' },
  rejected: { shape: 'notSuitable', tone: 'attention' },
  voided: { shape: 'octagon', tone: 'bad' },
  written: { shape: 'done', tone: 'good' },
}

const useCollecting = (): readonly Job[] => {
  const jobs = useJobs((state) => state.jobs)
  return Object.values(jobs).filter(({ kind, state }) => kind === 'exports.request' && state === 'running')
}

/** Exports that are being collected right now. */
const Collecting = (): ReactElement | null => {
  const t = useText()
  const running = useCollecting()
  if (running.length === 0) return null
  return (
    <ul className="card stack tight" aria-label={t('exports.collecting')}>
      {running.map(({ id, subject, progress }) => (
        <li key={id} className="stack tight">
          <Status shape="preparing" tone="active" word={t('exports.collectingOne', { reason: subject })} />
          <p className="muted small">{t('exports.cleaned', { count: progress?.done ?? 0 })}</p>
        </li>
      ))}
    </ul>
  )
}

const Line = ({ request }: { request: ExportRequest }): ReactElement => {
  const t = useText()
  const { date, number } = useFormat()
  const { id, state, reason, from, to, requestedBy, recordsOut } = request
  return (
    <li>
      <div className="grow">
        <p className="strong">{reason}</p>
        <p className="muted small">
          {date(from)} – {date(to)} · {t('exports.askedBy', { name: requestedBy })} ·{' '}
          {t('exports.records', { count: number(recordsOut) })}
        </p>
      </div>
      <Status {...looks[state]} word={t(`exports.state.${state}`)} />
      <Button kind="in-row" onPress={() => go('exports', id)}>
        {t('exports.open')}
        <span className="hidden-text"> {reason}</span>
      </Button>
    </li>
  )
}

/** The person who asked is told at once that it came back, and why; asking again settles it. */
const SentBack = ({
  requests,
  person,
}: {
  requests: readonly ExportRequest[]
  person: Person
}): ReactElement | null => {
  const t = useText()
  const [last] = requests.filter((one) => isOwn(person, one))
  if (last?.state !== 'rejected' || last.decision === null) return null
  const { id, reason, decision } = last
  return (
    <Notice
      tone="attention"
      live
      title={t('exports.sentBack', { name: decision.name, reason })}
      action={<Button onPress={() => go('exports', id)}>{t('exports.open')}</Button>}
    >
      {t('decision.reason', { reason: decision.text })}
    </Notice>
  )
}

const List = ({ title, requests }: { title: string; requests: readonly ExportRequest[] }): ReactElement | null =>
  requests.length === 0 ? null : (
    <section className="card flush">
      <div className="card-head">
        <h2>{title}</h2>
      </div>
      <ul className="lines">
        {requests.map((request) => (
          <Line key={request.id} request={request} />
        ))}
      </ul>
    </section>
  )

/** What has been asked for, what waits for somebody, what has left. */
const Queue = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const requests = useStation((state) => state.requests)
  const collecting = useCollecting().length > 0
  const [dialog, setDialog] = useState<'ask' | 'names' | undefined>(undefined)
  const close = (): void => setDialog(undefined)
  const mayAsk = person.roles.some((role) => role === 'technician' || role === 'officer' || role === 'developer')
  const open = requests?.filter(({ state }) => state === 'requested' || state === 'approved') ?? []
  // Whoever has to decide on what is there is not urged to ask for more.
  const reviews = person.roles.includes('officer') && open.length > 0
  const none = requests?.length === 0 && !collecting
  const past = requests?.filter(({ state }) => state !== 'requested' && state !== 'approved') ?? []
  return (
    <main className="main">
      <PageHead
        title={t('screen.exports')}
        lead={
          open.length === 0
            ? t(collecting ? 'exports.leadCollecting' : 'exports.leadNone')
            : t('exports.lead', { count: open.length })
        }
      >
        {person.roles.includes('officer') && <Button onPress={() => setDialog('names')}>{t('names.open')}</Button>}
        {!(none && mayAsk) && (
          <Button
            kind={reviews ? 'standard' : 'primary'}
            blocked={mayAsk ? undefined : t('exports.mayNotAsk')}
            showReason
            onPress={() => setDialog('ask')}
          >
            {t('exports.ask')}
          </Button>
        )}
      </PageHead>
      <div className="stack">
        <Collecting />
        {dialog === undefined && <LastRequest />}
        <SentBack requests={requests ?? []} person={person} />
        {requests === undefined && <Loading sentence={t('common.loading')} />}
        {none && (
          <Empty icon={<IconFileExport size={48} stroke={1.2} aria-hidden />} sentence={t('exports.none')}>
            {mayAsk ? (
              <Button kind="primary" onPress={() => setDialog('ask')}>
                {t('exports.ask')}
              </Button>
            ) : (
              <Button onPress={() => go('devices')}>{t('exports.toDevices')}</Button>
            )}
          </Empty>
        )}
        <List title={t('exports.waiting')} requests={open} />
        <List title={t('exports.history')} requests={past} />
      </div>
      {dialog === 'ask' && <Ask onClose={close} />}
      {dialog === 'names' && <Names onClose={close} />}
    </main>
  )
}

/** Exports: asked for, reviewed before and after, signed by somebody else, written and read back. */
export const Exports = ({ person }: { person: Person }): ReactElement => {
  const item = useRoute((state) => state.item)
  const request = useStation(({ requests }) => requests?.find(({ id }) => id === item))
  return request === undefined ? (
    <Queue person={person} />
  ) : (
    <Review key={request.id} request={request} person={person} />
  )
}
