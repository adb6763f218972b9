// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactElement } from 'react'
import { useAction } from '../state/action.ts'
import { call } from '../state/connection.ts'
import { useSession } from '../state/session.ts'
import { refresh, useStation, type Withdrawal } from '../state/station.ts'
import { useFormat, useText } from '../text/use-text.ts'
import { BundleList } from './bundle-list.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Loading } from './empty.tsx'
import { Fault } from './fault.tsx'
import { SecondSignature } from './second-signature.tsx'
import { Statement } from './statement.tsx'
import { Status } from './status.tsx'

type Target = Pick<Withdrawal, 'act' | 'kind' | 'subject' | 'what'>
type Effect = Withdrawal['effect']

/** What it comes to, as the station judges it: bundles by name, devices, the run that is open. */
const EffectList = ({ act, effect }: { act: Withdrawal['act']; effect: Effect }): ReactElement => {
  const t = useText()
  const { bundles, devices, runs } = effect
  return (
    <>
      <p className="strong">{t(`withdrawal.effect.${act}`, { count: bundles.length })}</p>
      {bundles.length > 0 && <BundleList bundles={bundles} />}
      {act === 'withdraw' && bundles.length > 0 && (
        <p className="small">{t('withdrawal.devices', { count: devices })}</p>
      )}
      {act === 'withdraw' &&
        runs.map(({ id, product, version }) => (
          <p key={id} className="small">
            {t('withdrawal.run', { what: `${product} ${version}` })}
          </p>
        ))}
    </>
  )
}

/** Says first what it comes to; then the first of two people asks for it. */
const AskDialog = ({ target, onClose }: { target: Target; onClose: () => void }): ReactElement => {
  const t = useText()
  const [effect, setEffect] = useState<Effect | undefined>(undefined)
  const [action, run] = useAction()
  const { act, kind, subject, what } = target
  useEffect(
    () => run(async () => setEffect(await call('withdrawal.look', { act, kind, subject }))),
    [act, kind, subject],
  )
  const say = async (reason: string, password: string): Promise<void> => {
    await call('withdrawal.ask', { act, kind, subject, shown: effect?.digest ?? '', reason, password })
    await refresh.withdrawals()
    onClose()
  }
  return (
    <Dialog
      title={t(`withdrawal.${act}.${kind}`, { what })}
      onClose={onClose}
      foot={
        <Button autoFocus onPress={onClose}>
          {t('common.cancel')}
        </Button>
      }
    >
      <Fault fault={action.fault} />
      {effect === undefined && action.busy && <Loading sentence={t('common.loading')} />}
      {effect !== undefined && (
        <>
          <EffectList act={act} effect={effect} />
          <p className="muted small">{t(`withdrawal.how.${act}`)}</p>
          <Statement acts={[{ name: t(`withdrawal.ask.${act}`, { what }), say }]} />
        </>
      )}
    </Dialog>
  )
}

/** Opens the dialog, for those who may ask; nothing while it waits for a second person already. */
export const WithdrawButton = (target: Target): ReactElement | null => {
  const t = useText()
  const roles = useSession(({ person }) => person?.roles) ?? []
  const waits = useStation(({ withdrawals = [] }) =>
    withdrawals.some(({ decision, subject }) => decision === null && subject === target.subject),
  )
  const [open, setOpen] = useState(false)
  if (!(roles.includes('officer') || roles.includes('administrator'))) return null
  if (waits) return <Status shape="triangle" tone="attention" word={t('withdrawal.waiting')} />
  return (
    <>
      <div>
        <Button kind="in-row" onPress={() => setOpen(true)}>
          {t(`withdrawal.${target.act}.open`)}
          <span className="hidden-text"> {target.what}</span>
        </Button>
      </div>
      {open && <AskDialog target={target} onClose={() => setOpen(false)} />}
    </>
  )
}

/** One request with what it comes to, and for whoever may: the signature. */
const Waiting = ({ one }: { one: Withdrawal }): ReactElement => {
  const t = useText()
  const { full } = useFormat()
  const { id, act, kind, what, askedBy, askedAt, reason, effect, content } = one
  const title = t(`withdrawal.${act}.${kind}`, { what })
  const acts = [
    {
      name: t(`withdrawal.sign.${act}`),
      say: (why: string, password: string) => call('withdrawal.sign', { id, content, reason: why, password }),
    },
    {
      name: t('withdrawal.decline'),
      say: (why: string, password: string) => call('withdrawal.decline', { id, reason: why, password }),
    },
  ]
  return (
    <section className="stack tight" aria-label={title}>
      <h3>{title}</h3>
      <p className="small">{t('withdrawal.asked', { name: askedBy, at: full(askedAt), reason })}</p>
      <EffectList act={act} effect={effect} />
      <SecondSignature thing={one} own={t('withdrawal.own')} acts={acts} />
    </section>
  )
}

/** What waits for a second signature, keys or bundles; nothing where nothing waits. */
export const WaitingWithdrawals = ({ kind }: { kind: Withdrawal['kind'] }): ReactElement | null => {
  const t = useText()
  const waiting = (useStation(({ withdrawals }) => withdrawals) ?? []).filter(
    (one) => one.kind === kind && one.decision === null,
  )
  if (waiting.length === 0) return null
  return (
    <section className="card stack tight" aria-label={t('withdrawal.waiting')}>
      <h2>{t('withdrawal.waiting')}</h2>
      {waiting.map((one) => (
        <Waiting key={one.id} one={one} />
      ))}
    </section>
  )
}

/** Everything that was asked about a key or a bundle and decided, the newest first: it is shown for ever. */
export const WithdrawalStory = ({ subject }: { subject: string }): ReactElement | null => {
  const t = useText()
  const { full } = useFormat()
  const withdrawals = useStation((state) => state.withdrawals) ?? []
  const decided = withdrawals.filter((one) => one.subject === subject && one.decision !== null)
  if (decided.length === 0) return null
  return (
    <details className="details">
      <summary>{t('withdrawal.ended')}</summary>
      <ul className="stack tight">
        {decided.map(({ id, act, kind, what, askedBy, askedAt, reason, decision }) => (
          <li key={id} className="small">
            <p>{t(`withdrawal.${act}.${kind}`, { what })}</p>
            <p>{t('withdrawal.asked', { name: askedBy, at: full(askedAt), reason })}</p>
            {decision !== null && (
              <p>
                {t(`withdrawal.outcome.${decision.outcome}`, {
                  name: decision.by,
                  at: full(decision.at),
                  reason: decision.reason ?? '',
                })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
