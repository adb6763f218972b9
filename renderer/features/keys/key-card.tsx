// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { Shape, Tone } from '../../components/icons.ts'
import { BundleList } from '../../components/bundle-list.tsx'
import { Facts } from '../../components/facts.tsx'
import { Status } from '../../components/status.tsx'
import { WithdrawalStory, WithdrawButton } from '../../components/withdraw.tsx'
import { useStation } from '../../state/station.ts'
import { groups, shortDigest } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import type { Key } from './trust.ts'

const look = {
  trusted: { shape: 'done', tone: 'good' },
  'ends-soon': { shape: 'triangle', tone: 'attention' },
  ended: { shape: 'octagon', tone: 'bad' },
  'not-yet': { shape: 'waiting', tone: 'quiet' },
  withdrawn: { shape: 'notSuitable', tone: 'bad' },
  'withdrawn-here': { shape: 'notSuitable', tone: 'bad' },
} as const satisfies Record<Key['state'], { shape: Shape; tone: Tone }>

/** When, by whom and why a key was withdrawn at this site. */
const Here = ({ subject }: { subject: string }): ReactElement | null => {
  const t = useText()
  const { full } = useFormat()
  const withdrawals = useStation((state) => state.withdrawals) ?? []
  const by = withdrawals.find((one) => one.subject === subject && one.decision?.outcome === 'signed')
  if (by?.decision === undefined || by.decision === null) return null
  const { askedBy: first, reason, decision } = by
  return <p>{t('withdrawal.here', { at: full(decision.at), first, second: decision.by, reason })}</p>
}

/** One trusted key: whose, until when, what it signed here; two people may withdraw one that signs bundles. */
export const KeyCard = ({ trusted, signsBundles }: { trusted: Key; signsBundles: boolean }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const { key, kind, name, from, until, state, bundles } = trusted
  return (
    <li className="card stack tight">
      <div className="row apart">
        <h3>{name ?? t('keys.nameless')}</h3>
        <Status {...look[state]} word={t(`keys.state.${state}`)} />
      </div>
      <p className="muted small">{t(`keys.kind.${kind}`)}</p>
      <p className="mono small">{groups(key)}</p>
      <Facts
        facts={[
          [t('keys.valid'), t('keys.fromUntil', { from: format.date(from), until: format.date(until) })],
          [t('keys.used'), t('keys.usedBy', { count: bundles.length })],
        ]}
      />
      {bundles.length > 0 && (
        <details className="details">
          <summary>{t('keys.affects')}</summary>
          <BundleList bundles={bundles} />
        </details>
      )}
      {state === 'withdrawn-here' && <Here subject={key} />}
      {signsBundles && state !== 'withdrawn' && (
        <WithdrawButton
          act={state === 'withdrawn-here' ? 'restore' : 'withdraw'}
          kind="key"
          subject={key}
          what={name ?? shortDigest(key)}
        />
      )}
      <WithdrawalStory subject={key} />
    </li>
  )
}
