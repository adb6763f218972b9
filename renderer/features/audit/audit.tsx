// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, TextInput } from '@mantine/core'
import { memo, useEffect, useMemo, useState, type ReactElement } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { auditActions } from '../../../shared/audit-actions.ts'
import { Button } from '../../components/button.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Status } from '../../components/status.tsx'
import { VirtualList } from '../../components/virtual-list.tsx'
import { useRoute } from '../../state/route.ts'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { EntryPanel } from './entry-panel.tsx'
import { isNarrowed, mostRows, scrolled, selectRow, seqAt, showLog, useLog, wantRows, type Filter } from './entries.ts'
import { Integrity } from './integrity.tsx'
import { actName, outcomeLook, thingOf, whoOf } from './sentence.ts'
import { IconArrowUp, IconChecklist } from '@tabler/icons-react'

const columns = ['entry', 'time', 'who', 'action', 'subject', 'result'] as const
const outcomes = ['ok', 'refused', 'failed'] as const

const Head = (): ReactElement => {
  const t = useText()
  return (
    <div className="log-row head" role="row" aria-rowindex={1}>
      {columns.map((name) => (
        <span key={name} role="columnheader">
          {t(`audit.${name}`)}
        </span>
      ))}
    </div>
  )
}

const Cells = memo(({ index }: { index: number }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  const entry = useLog(({ entries }) => entries.get(index))
  const seq = useLog((log) => seqAt(log, index))
  const broken = useStation(({ status }) => status?.audit.firstBad) ?? undefined
  if (entry === undefined)
    return (
      <>
        <span role="gridcell">{seq === undefined ? '' : format.number(seq)}</span>
        <span role="gridcell" className="muted">
          {t('common.loading')}
        </span>
      </>
    )
  return (
    <>
      <span role="gridcell">{format.number(entry.seq)}</span>
      <span role="gridcell">{format.at(entry.at, now)}</span>
      <span role="gridcell">{whoOf(entry, t)}</span>
      <span role="gridcell">{actName(entry.action, t)}</span>
      <span role="gridcell" className="mono">
        {thingOf(entry)}
      </span>
      <span role="gridcell">
        {entry.seq === broken ? (
          <Status shape="octagon" tone="bad" word={t('audit.changed')} />
        ) : (
          <Status {...outcomeLook[entry.outcome]} word={t(`audit.outcome.${entry.outcome}`)} />
        )}
      </span>
    </>
  )
})
Cells.displayName = 'Cells'
const row = (index: number): ReactElement => <Cells index={index} />

/** A month as the field for it writes it, and its end. A field for a day would show day and month as two numbers. */
const monthOf = (to: number | undefined): string => {
  if (to === undefined) return ''
  const last = new Date(to - 1)
  return `${last.getFullYear()}-${String(last.getMonth() + 1).padStart(2, '0')}`
}
const endOfMonth = (text: string): number | undefined => {
  const [year, month] = text.split('-').map(Number)
  return year === undefined || month === undefined ? undefined : new Date(year, month).getTime()
}

const Filters = ({ filter, change }: { filter: Filter; change: (filter: Filter) => void }): ReactElement => {
  const t = useText()
  const [subject, setSubject] = useState(filter.objectId ?? '')
  // Where nothing matches the list itself offers to remove them.
  const matches = useLog(({ count, before }) => count > 0 || before === undefined)
  useEffect(() => setSubject(filter.objectId ?? ''), [filter.objectId])
  const put = (next: { [K in keyof Filter]: Filter[K] | undefined }): void =>
    change(Object.fromEntries(Object.entries({ ...filter, ...next }).filter(([, value]) => value !== undefined)))
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault()
        put({ objectId: subject.trim() === '' ? undefined : subject.trim() })
      }}
    >
      <TextInput
        className="grow"
        label={t('audit.search')}
        placeholder={t('audit.searchHint')}
        value={subject}
        onChange={({ currentTarget }) => setSubject(currentTarget.value)}
      />
      <NativeSelect
        label={t('audit.result')}
        value={filter.outcome ?? ''}
        data={[
          { value: '', label: t('audit.allResults') },
          ...outcomes.map((value) => ({ value, label: t(`audit.outcome.${value}`) })),
        ]}
        onChange={({ currentTarget }) => put({ outcome: outcomes.find((one) => one === currentTarget.value) })}
      />
      <NativeSelect
        label={t('audit.action')}
        value={filter.action ?? ''}
        data={[
          { value: '', label: t('audit.allActions') },
          ...auditActions
            .map((value) => ({ value, label: t(`act.${value}`) }))
            .sort((a, b) => a.label.localeCompare(b.label)),
        ]}
        onChange={({ currentTarget }) => put({ action: currentTarget.value === '' ? undefined : currentTarget.value })}
      />
      <TextInput
        type="month"
        label={t('audit.upTo')}
        value={monthOf(filter.to)}
        onChange={({ currentTarget }) => put({ to: endOfMonth(currentTarget.value) })}
      />
      {isNarrowed(filter) && matches && (
        <Button
          onPress={() => {
            setSubject('')
            change({})
          }}
        >
          {t('audit.clear')}
        </Button>
      )}
    </form>
  )
}

/** Entries that came since the list was made, which stays as it is until somebody asks. */
const Newer = (): ReactElement | null => {
  const t = useText()
  const size = useStation(({ status }) => status?.audit.size)
  const before = useLog((log) => log.before)
  const filter = useLog((log) => log.filter)
  const count = (size ?? 0) - (before ?? Infinity)
  if (count <= 0) return null
  return (
    <Button kind="in-row" icon={<IconArrowUp size={18} aria-hidden />} onPress={() => void showLog(filter)}>
      {t('audit.newer', { count })}
    </Button>
  )
}

const List = (): ReactElement => {
  const t = useText()
  const { count, list, selected, fault, busy, before } = useLog(
    useShallow(({ count, list, selected, fault, busy, before }) => ({ count, list, selected, fault, busy, before })),
  )
  const head = useMemo(() => <Head />, [])
  const fresh = before === undefined
  return (
    <>
      <Fault fault={fault} />
      {fresh && busy && <Loading sentence={t('common.loading')} />}
      {!fresh && count === 0 && fault === undefined && (
        <Empty icon={<IconChecklist size={48} stroke={1.2} aria-hidden />} sentence={t('audit.noMatch')}>
          <Button onPress={() => void showLog({})}>{t('audit.clear')}</Button>
        </Empty>
      )}
      {!fresh && (
        <div className="row apart">
          <p className={count === 0 ? 'hidden-text' : 'muted'} role="status">
            {t('audit.count', { count })} {count > mostRows && t('audit.tooLong', { most: mostRows })}
          </p>
          <Newer />
        </div>
      )}
      {count > 0 && (
        <div className="card log-table">
          <VirtualList
            key={list}
            label={t('screen.audit')}
            count={Math.min(count, mostRows)}
            selected={selected}
            select={selectRow}
            wanted={wantRows}
            scroll={scrolled}
            head={head}
            row={row}
          />
        </div>
      )}
    </>
  )
}

/** Whoever comes back finds the list where it was left; one that nobody has moved in shows what is new. */
const openLog = (): void => {
  const { filter, selected, before } = useLog.getState()
  if (before === undefined || (scrolled.to === 0 && selected === undefined)) void showLog(filter)
}

/** The log: whether it is intact, then every entry, found and read. */
export const Audit = (_props: { person: Person }): ReactElement => {
  const t = useText()
  const filter = useLog((log) => log.filter)
  const [broken, setBroken] = useState<number | undefined>(undefined)
  const chosen = useLog((log) => (log.selected === undefined ? undefined : seqAt(log, log.selected)))
  useEffect(openLog, [])
  // An entry that somebody was sent to by its number is shown until they choose another one.
  const sentTo = useRoute(({ item }) => (item === undefined ? undefined : Number(item)))
  useEffect(() => {
    if (sentTo !== undefined) useLog.setState({ selected: undefined })
  }, [sentTo])
  const seq = chosen ?? sentTo ?? broken
  return (
    <>
      <main className="main">
        <div className="log">
          <PageHead title={t('screen.audit')} lead={t('audit.lead')} />
          <Integrity found={setBroken} />
          <Filters filter={filter} change={(next) => void showLog(next)} />
          <List />
        </div>
      </main>
      <aside className="panel" aria-label={t('audit.details')}>
        {seq === undefined ? <p className="muted">{t('audit.pick')}</p> : <EntryPanel seq={seq} firstBad={broken} />}
      </aside>
    </>
  )
}
