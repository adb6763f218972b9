// SPDX-License-Identifier: Apache-2.0
import { NativeSelect, TextInput } from '@mantine/core'
import { useCallback, useMemo, useState, type ReactElement } from 'react'
import { auditActions } from '../../../shared/audit-actions.ts'
import { Button } from '../../components/button.tsx'
import { Empty, Loading } from '../../components/empty.tsx'
import { Fault } from '../../components/fault.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { Status } from '../../components/status.tsx'
import { VirtualList } from '../../components/virtual-list.tsx'
import type { Person } from '../../state/session.ts'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { EntryPanel } from './entry-panel.tsx'
import { isNarrowed, useLog, type Entry, type Filter } from './entries.ts'
import { Integrity } from './integrity.tsx'
import { actName, outcomeLook, thingOf, whoOf } from './sentence.ts'
import { IconChecklist } from '@tabler/icons-react'

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

const Cells = ({ entry }: { entry: Entry | undefined }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  if (entry === undefined)
    return (
      <span role="gridcell" className="muted">
        {t('common.loading')}
      </span>
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
        <Status {...outcomeLook[entry.outcome]} word={t(`audit.outcome.${entry.outcome}`)} />
      </span>
    </>
  )
}

const Filters = ({ filter, change }: { filter: Filter; change: (filter: Filter) => void }): ReactElement => {
  const t = useText()
  const [subject, setSubject] = useState(filter.objectId ?? '')
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
      {isNarrowed(filter) && (
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

/** The log: whether it is intact, then every entry, found and read. */
export const Audit = (_props: { person: Person }): ReactElement => {
  const t = useText()
  const [filter, setFilter] = useState<Filter>({})
  const [selected, setSelected] = useState<number | undefined>(undefined)
  const [broken, setBroken] = useState<number | undefined>(undefined)
  const log = useLog(filter)
  const entry = selected === undefined ? undefined : log.entry(selected)
  const change = useCallback((next: Filter): void => {
    setSelected(undefined)
    setFilter(next)
  }, [])
  const head = useMemo(() => <Head />, [])
  const seq = entry?.seq ?? broken
  return (
    <>
      <main className="main">
        <div className="log">
          <PageHead title={t('screen.audit')} lead={t('audit.lead')} />
          <Integrity found={setBroken} />
          <Filters filter={filter} change={change} />
          <Fault fault={log.fault} />
          {log.loading && <Loading sentence={t('common.loading')} />}
          {!log.loading && log.count === 0 && log.fault === undefined && (
            <Empty icon={<IconChecklist size={48} stroke={1.2} aria-hidden />} sentence={t('audit.noMatch')} />
          )}
          {log.count > 0 && (
            <>
              <p className="hidden-text" role="status">
                {t('audit.count', { count: log.count })}
              </p>
              <div className="card log-table">
                <VirtualList
                  label={t('screen.audit')}
                  count={log.count}
                  selected={selected}
                  select={setSelected}
                  wanted={log.wanted}
                  head={head}
                  row={(index) => <Cells entry={log.entry(index)} />}
                />
              </div>
            </>
          )}
        </div>
      </main>
      <aside className="panel" aria-label={t('audit.details')}>
        {seq === undefined ? (
          <p className="muted">{t('audit.pick')}</p>
        ) : (
          <EntryPanel key={seq} seq={seq} broken={seq === broken} />
        )}
      </aside>
    </>
  )
}
