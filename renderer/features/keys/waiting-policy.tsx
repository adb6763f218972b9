// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { SignedFacts } from '../../components/signed-facts.tsx'
import { Statement } from '../../components/statement.tsx'
import { call } from '../../state/connection.ts'
import type { Person } from '../../state/session.ts'
import { refreshAll, useStation } from '../../state/station.ts'
import { canSign } from '../../state/waiting.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { sayChanges } from './policy-change.ts'

/** A policy that a drive brought: what it changes, in words, and the second signature without which it is not in force. */
export const WaitingPolicy = ({ person }: { person: Person }): ReactElement | null => {
  const t = useText()
  const { full } = useFormat()
  const waiting = useStation((state) => state.waitingPolicy) ?? null
  if (waiting === null) return null
  const { from, version, broughtBy, broughtAt, changes, content } = waiting
  const settled = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
    } finally {
      await refreshAll()
    }
  }
  const acts = (['sign', 'decline'] as const).map((act) => ({
    name: t(`policy.${act}`, { version }),
    say: (reason: string, password: string) => settled(call(`trust.${act}`, { content, reason, password })),
  }))
  const title = t('policy.waits', { version })
  return (
    <section className="card stack tight" aria-label={title}>
      <h2>{title}</h2>
      <p className="small">{t('policy.brought', { name: broughtBy, at: full(broughtAt) })}</p>
      <p className="strong">{t('keys.changes', { from, to: version })}</p>
      <ul>
        {sayChanges(t, full, changes).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p className="muted small">{t('policy.how')}</p>
      {canSign(person, waiting) ? (
        <>
          <SignedFacts name={person.name} contentDigest={content} />
          <Statement acts={acts} />
        </>
      ) : (
        <p className="muted small">{t(broughtBy === person.name ? 'policy.own' : 'withdrawal.notYours')}</p>
      )}
    </section>
  )
}
