// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { Shape, Tone } from '../../components/icons.ts'
import { Facts } from '../../components/facts.tsx'
import { Status } from '../../components/status.tsx'
import { groups } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import type { Key } from './trust.ts'

const look = {
  trusted: { shape: 'done', tone: 'good' },
  'ends-soon': { shape: 'triangle', tone: 'attention' },
  ended: { shape: 'octagon', tone: 'bad' },
  'not-yet': { shape: 'waiting', tone: 'quiet' },
  withdrawn: { shape: 'notSuitable', tone: 'bad' },
} as const satisfies Record<Key['state'], { shape: Shape; tone: Tone }>

/** One trusted key: whose, until when, what it signed here. */
export const KeyCard = ({ trusted }: { trusted: Key }): ReactElement => {
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
          <ul>
            {bundles.map(({ id, product, version }) => (
              <li key={id} className="mono small">
                {product} {version}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}
