// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { SecondSignature } from '../../components/second-signature.tsx'
import { call } from '../../state/connection.ts'
import { useStation } from '../../state/station.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { sayChanges } from './policy-change.ts'

/** A policy that a drive brought: what it changes, in words, and the second signature without which it is not in force. */
export const WaitingPolicy = (): ReactElement | null => {
  const t = useText()
  const { full } = useFormat()
  const waiting = useStation((state) => state.waitingPolicy) ?? null
  if (waiting === null) return null
  const { from, version, broughtBy, broughtAt, changes, content } = waiting
  const acts = (['sign', 'decline'] as const).map((act) => ({
    name: t(`policy.${act}`, { version }),
    say: (reason: string, password: string) => call(`trust.${act}`, { content, reason, password }),
  }))
  const title = t('policy.waits', { version })
  return (
    <section className="card stack tight" aria-label={title}>
      <h2>{title}</h2>
      <p className="small">{t('policy.brought', { name: broughtBy, at: full(broughtAt) })}</p>
      <p className="strong">{t('keys.changes', { from, to: version })}</p>
      <ul className="changes">
        {sayChanges(t, full, changes).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="muted small">{t('policy.how')}</p>
      <SecondSignature thing={waiting} own={t('policy.own')} acts={acts} />
    </section>
  )
}
