// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { roleLabel } from '../../components/signer-role.ts'
import { groups } from '../../text/format.ts'
import { useText } from '../../text/use-text.ts'
import { KeyCard } from './key-card.tsx'
import type { Policy } from './trust.ts'

/** The keys of each role, and those that were withdrawn. */
export const RoleKeys = ({ policy }: { policy: Policy }): ReactElement => {
  const t = useText()
  return (
    <div className="cards">
      {policy.roles.map(({ role, threshold, products, keys }) => (
        <section key={role} className="stack tight" aria-label={roleLabel(t, role)}>
          <h2>{roleLabel(t, role)}</h2>
          <p className="muted small">
            {t('keys.threshold', { count: threshold })}{' '}
            {products.includes('*') ? t('keys.allProducts') : t('keys.products', { products: products.join(', ') })}
          </p>
          <ul className="key-cards">
            {keys.map((one) => (
              <KeyCard key={one.key} trusted={one} signsBundles={role === 'release' || role === 'qa'} />
            ))}
          </ul>
        </section>
      ))}
      {policy.revoked.length > 0 && (
        <section className="stack tight" aria-label={t('keys.revoked')}>
          <h2>{t('keys.revoked')}</h2>
          <ul className="stack tight">
            {policy.revoked.map(({ key, reason, bundles }) => (
              <li key={key} className="card stack tight">
                <p className="mono small">{groups(key)}</p>
                <p>{reason}</p>
                <p className="muted small">{t('keys.usedBy', { count: bundles.length })}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
