// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Statement } from '../../components/statement.tsx'
import { Status } from '../../components/status.tsx'
import { call } from '../../state/connection.ts'
import type { Person } from '../../state/session.ts'
import { refresh, useStation, type Override } from '../../state/station.ts'
import { isOwn } from '../../state/waiting.ts'
import { useFormat, useText } from '../../text/use-text.ts'

/** Who, who, why and when: it stays at what was let in for ever. */
export const Story = ({ exception }: { exception: Override }): ReactElement => {
  const t = useText()
  const { full } = useFormat()
  const { askedBy, askedAt, reason, decision } = exception
  return (
    <>
      <p className="small">{t('exception.asked', { name: askedBy, at: full(askedAt), reason })}</p>
      {decision !== null && (
        <p className="small">
          {t(decision.granted ? 'exception.granted' : 'exception.declined', {
            name: decision.by,
            at: full(decision.at),
            reason: decision.reason,
          })}
        </p>
      )}
    </>
  )
}

const State = ({ exception: { decision, until } }: { exception: Override }): ReactElement => {
  const t = useText()
  const { date } = useFormat()
  if (decision === null) return <Status shape="triangle" tone="attention" word={t('exception.waits')} />
  if (!decision.granted) return <Status shape="notSuitable" tone="quiet" word={t('exception.no')} />
  const word = until === null ? t('exception.counts') : t('exception.until', { day: date(until) })
  return <Status shape="done" tone="good" word={word} />
}

/** Exceptions for what has expired, and what waits for an officer. */
export const Exceptions = ({ person }: { person: Person }): ReactElement | null => {
  const t = useText()
  const overrides = useStation((state) => state.overrides) ?? []
  if (overrides.length === 0) return null
  const decide =
    (name: 'override.grant' | 'override.decline', id: string) => async (reason: string, password: string) => {
      await call(name, { id, reason, password })
      await refresh.overrides()
    }
  return (
    <section className="card stack tight" aria-label={t('exception.title')}>
      <h2>{t('exception.title')}</h2>
      {overrides.map((exception) => {
        const { id, kind, what, decision } = exception
        const mine = isOwn(person, exception)
        return (
          <section key={id} className="stack tight" aria-label={t(`exception.${kind}`, { what })}>
            <h3>{t(`exception.${kind}`, { what })}</h3>
            <State exception={exception} />
            <Story exception={exception} />
            {decision === null && mine && <p className="muted small">{t('exception.own')}</p>}
            {decision === null && !mine && person.roles.includes('officer') && (
              <Statement
                acts={[
                  { name: t('exception.grant'), say: decide('override.grant', id) },
                  { name: t('exception.decline'), say: decide('override.decline', id) },
                ]}
              />
            )}
          </section>
        )
      })}
    </section>
  )
}
