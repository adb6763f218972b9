// SPDX-License-Identifier: Apache-2.0
import { NumberInput } from '@mantine/core'
import { useEffect, useState, type ReactElement } from 'react'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { Result } from '../../../shared/rpc/contract-table.ts'
import { Button } from '../../components/button.tsx'
import { Facts } from '../../components/facts.tsx'
import { Fault } from '../../components/fault.tsx'
import { Form, Reason } from '../../components/form.tsx'
import { Notice } from '../../components/notice.tsx'
import { Status } from '../../components/status.tsx'
import { useAction } from '../../state/action.ts'
import { call } from '../../state/connection.ts'
import type { Person } from '../../state/session.ts'
import { refresh, useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'

type Storage = Result<Contract, 'storage.get'>
const megabyte = 1_000_000

/** When to warn: what was typed stays after an error. */
const Limits = ({ storage, changed }: { storage: Storage; changed: () => Promise<void> }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const [low, setLow] = useState(Math.round(storage.low / megabyte))
  const [full, setFull] = useState(Math.round(storage.full / megabyte))
  const [reason, setReason] = useState('')
  const [done, setDone] = useState(false)
  const [action, run] = useAction()
  const wrong = full < 1 || full > low || low * megabyte > storage.total / 2
  const blocked = (): string | undefined => {
    if (wrong) return t('storage.wrong', { half: format.size(storage.total / 2) })
    return reason.trim() === '' ? t('storage.needReason') : undefined
  }
  const set = (): void =>
    run(async () => {
      setDone(false)
      await call('storage.set', { low: low * megabyte, full: full * megabyte, reason })
      setReason('')
      setDone(true)
      await changed()
    })
  const number = (label: string, value: number, take: (value: number) => void): ReactElement => (
    <NumberInput
      label={label}
      value={value}
      min={1}
      allowDecimal={false}
      hideControls
      onChange={(next) => take(Number(next) || 0)}
    />
  )
  return (
    <details className="details">
      <summary>{t('storage.thresholds')}</summary>
      <Form blocked={blocked()} send={set}>
        {number(t('storage.lowField'), low, setLow)}
        {number(t('storage.fullField'), full, setFull)}
        <Reason label={t('storage.reason')} value={reason} change={setReason} />
        <Fault fault={action.fault} />
        {done && <Notice tone="good" title={t('storage.setDone')} live />}
        <div>
          <Button type="submit" blocked={blocked()} showReason busy={action.busy}>
            {t('storage.set')}
          </Button>
        </div>
      </Form>
    </details>
  )
}

const toneOf = { good: 'good', low: 'attention', full: 'bad', reserve: 'bad' } as const
const shapeOf = { good: 'done', low: 'triangle', full: 'octagon', reserve: 'octagon' } as const

/** Free room, how long it lasts, what takes it, and when to warn. */
export const StorageCard = ({ person }: { person: Person }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const [storage, setStorage] = useState<Storage | undefined>(undefined)
  const state = useStation(({ status }) => status?.storage.state)
  const [action, run] = useAction()
  const load = async (): Promise<void> => setStorage(await call('storage.get', {}))
  useEffect(() => run(load), [state])
  if (action.fault !== undefined) return <Fault fault={action.fault} />
  if (storage === undefined)
    return (
      <section className="card stack tight" aria-label={t('storage.title')}>
        <h2>{t('storage.title')}</h2>
        <p className="muted" role="status">
          {t('common.loading')}
        </p>
      </section>
    )
  const { look, total, reserve, sizes } = storage
  const kept = format.size(reserve.size)
  return (
    <section className="card stack tight" aria-label={t('storage.title')}>
      <h2>{t('storage.title')}</h2>
      <Status shape={shapeOf[look.state]} tone={toneOf[look.state]} word={t(`storage.${look.state}`)} />
      <Facts
        facts={[
          [t('storage.free'), t('storage.ofTotal', { free: format.size(look.free), total: format.size(total) })],
          [t('storage.lasts'), look.days === null ? t('storage.noPace') : t('storage.days', { days: look.days })],
          [t('storage.theReserve'), t(reserve.held ? 'storage.held' : 'storage.given', { size: kept })],
        ]}
      />
      <h3>{t('storage.kinds')}</h3>
      <Facts facts={sizes.map(({ kind, bytes }) => [t(`storage.kind.${kind}`), format.size(bytes)] as const)} />
      {person.roles.includes('administrator') && (
        <Limits
          storage={storage}
          changed={async () => {
            await load()
            await refresh.status()
          }}
        />
      )}
    </section>
  )
}
