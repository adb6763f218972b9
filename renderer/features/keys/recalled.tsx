// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Status } from '../../components/status.tsx'
import { useFormat, useText } from '../../text/use-text.ts'
import type { Trust } from './trust.ts'

const tones = { critical: 'bad', high: 'attention', low: 'quiet' } as const

/** The recall list in force: what must not be used any more, and which bundles here that concerns. */
export const Recalled = ({ recall }: { recall: Trust['recall'] }): ReactElement => {
  const t = useText()
  const format = useFormat()
  return (
    <section className="stack tight" aria-label={t('keys.recall')}>
      <h2>{t('keys.recall')}</h2>
      <p className="muted small">
        {recall === null
          ? t('keys.recallNone')
          : t('keys.recallLead', { version: recall.version, at: format.date(recall.issuedAt) })}
      </p>
      <ul className="stack tight">
        {recall?.entries.map(({ id, reason, severity, instead, bundles }) => (
          <li key={id} className="card stack tight">
            <div className="row apart">
              <h3 className="mono">{id}</h3>
              <Status shape="triangle" tone={tones[severity]} word={t(`keys.severity.${severity}`)} />
            </div>
            <p>{reason}</p>
            <p>{t('keys.instead', { instead })}</p>
            <p className="muted small">
              {bundles.length === 0
                ? t('keys.concernsNone')
                : t('keys.concerns', {
                    bundles: bundles.map(({ product, version }) => `${product} ${version}`).join(', '),
                  })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
