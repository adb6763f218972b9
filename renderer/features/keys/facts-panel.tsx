// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Facts } from '../../components/facts.tsx'
import { roleLabel } from '../../components/signer-role.ts'
import { groups } from '../../text/format.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import type { Policy, Trust } from './trust.ts'

const day = 86_400_000

/** Channels, rules and counters of the policy; the policies before it. */
export const PolicyPanel = ({ policy, history }: { policy: Policy; history: Trust['history'] }): ReactElement => {
  const t = useText()
  const format = useFormat()
  const names = (roles: readonly string[]): string => roles.map((role) => roleLabel(t, role)).join(', ')
  return (
    <>
      <section className="card stack tight">
        <h2>{t('keys.policy', { version: policy.version })}</h2>
        <Facts
          facts={[
            [t('keys.issued'), format.date(policy.issuedAt)],
            [t('keys.expires'), format.date(policy.expires)],
            [t('keys.grace'), format.date(policy.expires + policy.graceDays * day)],
            ...policy.require.map(({ channel, roles }) => [t(`keys.channel.${channel}`), names(roles)] as const),
            ...policy.counters.map(
              ({ product, counter }) => [t('keys.counter', { product }), String(counter)] as const,
            ),
          ]}
        />
        {policy.exclusive.map(({ roles }) => (
          <p key={roles.join()} className="small">
            {t('keys.exclusive', { roles: names(roles) })}
          </p>
        ))}
        <p className="small muted">{t('common.fingerprint')}</p>
        <p className="mono small">{groups(policy.manifest)}</p>
      </section>
      <section className="card stack tight">
        <h2>{t('keys.history')}</h2>
        <ul className="stack tight">
          {history.map(({ version, at, by, seq }) => (
            <li key={seq} className="small">
              {t('keys.applied', { version, at: format.full(at), by, seq })}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
