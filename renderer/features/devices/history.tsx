// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { isAuditAction } from '../../../shared/audit-actions.ts'
import { isErrorCode } from '../../../shared/error-codes.ts'
import type { Shape, Tone } from '../../components/icons.ts'
import { Status } from '../../components/status.tsx'
import { RecordButton } from '../../print/print-run.tsx'
import type { DeviceLook } from '../../state/device-look.ts'
import { go } from '../../state/route.ts'
import { useStation } from '../../state/station.ts'
import { useErrorText } from '../../text/error-text.ts'
import { useFormat, useText } from '../../text/use-text.ts'

type Update = DeviceLook['updates'][number]

const results: Readonly<Record<Update['result'], { shape: Shape; tone: Tone }>> = {
  updated: { shape: 'done', tone: 'good' },
  same: { shape: 'upToDate', tone: 'quiet' },
  refused: { shape: 'notSuitable', tone: 'attention' },
  failed: { shape: 'octagon', tone: 'bad' },
  cancelled: { shape: 'aside', tone: 'quiet' },
  interrupted: { shape: 'triangle', tone: 'bad' },
  running: { shape: 'preparing', tone: 'active' },
}
const outcomes = {
  ok: { shape: 'done', tone: 'good' },
  refused: { shape: 'notSuitable', tone: 'attention' },
  failed: { shape: 'triangle', tone: 'bad' },
} as const satisfies Record<string, { shape: Shape; tone: Tone }>

const UpdateRow = ({ update, mayPrint }: { update: Update; mayPrint: boolean }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const textOf = useErrorText()
  const now = useStation(({ status }) => status?.now) ?? 0
  const { run, from, to, result, code, at, by } = update
  const headline = code !== null && isErrorCode(code) ? textOf(code, { port: t('history.port') }).headline : undefined
  return (
    <tr>
      <th scope="row">{format.at(at, now)}</th>
      <td className="mono">{t('history.fromTo', { from: from ?? t('bench.versionUnknown'), to })}</td>
      <td>
        <Status {...results[result]} word={t(`history.result.${result}`)} />
        {headline !== undefined && <p className="small muted">{headline}</p>}
      </td>
      <td>{by}</td>
      <td>{run !== null && mayPrint ? <RecordButton id={run} name={format.at(at, now)} /> : '–'}</td>
    </tr>
  )
}

const Heads = ({ names }: { names: readonly Parameters<ReturnType<typeof useText>>[0][] }): ReactElement => {
  const t = useText()
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col">
            {t(name)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

const Updates = ({ updates, mayPrint }: Pick<DeviceLook, 'updates'> & { mayPrint: boolean }): ReactElement => (
  <table className="table">
    <Heads names={['devices.time', 'history.version', 'history.result', 'record.who', 'history.record']} />
    <tbody>
      {updates.map((update) => (
        <UpdateRow key={update.jobId} update={update} mayPrint={mayPrint} />
      ))}
    </tbody>
  </table>
)

const Exports = ({ exports }: Pick<DeviceLook, 'exports'>): ReactElement => {
  const t = useText()
  const { date } = useFormat()
  return (
    <table className="table">
      <Heads names={['history.export', 'devices.period', 'history.state']} />
      <tbody>
        {exports.map(({ id, reason, number, from, to, state }) => (
          <tr key={id}>
            <th scope="row">
              <button type="button" className="link in-table" onClick={() => go('exports', id)}>
                {number === null ? reason : `${number} · ${reason}`}
              </button>
            </th>
            <td>
              {date(from)} – {date(to)}
            </td>
            <td>{t(`exports.state.${state}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Entries = ({ entries }: { entries: NonNullable<DeviceLook['entries']> }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  return (
    <table className="table">
      <Heads names={['print.entry', 'devices.time', 'audit.who', 'audit.action', 'audit.result']} />
      <tbody>
        {entries.map(({ seq, at, actor, action, outcome }) => (
          <tr key={seq}>
            <th scope="row">
              <button type="button" className="link in-table" onClick={() => go('audit', String(seq))}>
                {format.number(seq)}
              </button>
            </th>
            <td>{format.at(at, now)}</td>
            <td>{actor}</td>
            <td>{isAuditAction(action) ? t(`act.${action}`) : action}</td>
            <td>
              <Status {...outcomes[outcome]} word={t(`audit.outcome.${outcome}`)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What has happened to a device: each update, the exports of its periods, the entries that name it. */
export const History = ({ look, mayPrint }: { look: DeviceLook; mayPrint: boolean }): ReactElement => {
  const t = useText()
  const { updates, exports, entries } = look
  const part = (
    title: 'history.updates' | 'history.exports' | 'history.entries',
    count: number,
    table: ReactElement,
  ) => (
    <section className="card flush" aria-label={t(title)}>
      <div className="card-head">
        <h2>{t(title)}</h2>
      </div>
      {count === 0 ? <p className="muted pad">{t(`${title}None`)}</p> : <div className="scroll-x">{table}</div>}
    </section>
  )
  return (
    <>
      {part('history.updates', updates.length, <Updates updates={updates} mayPrint={mayPrint} />)}
      {part('history.exports', exports.length, <Exports exports={exports} />)}
      {entries !== null && part('history.entries', entries.length, <Entries entries={entries} />)}
    </>
  )
}
