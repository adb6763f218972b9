// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core'
import { useMemo, useState, type ReactElement } from 'react'
import { useFormat, useText } from '../../text/use-text.ts'
import type { Preview } from './review-model.ts'

const shown = 100

/** Every distinct text that leaves, rarest first: what is rare is what gives somebody away. Searchable. */
export const Survivors = ({ preview }: { preview: Preview }): ReactElement => {
  const t = useText()
  const { number } = useFormat()
  const [search, setSearch] = useState('')
  const found = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return preview.strings.filter(({ value, field }) => `${field} ${value}`.toLowerCase().includes(wanted))
  }, [preview, search])
  return (
    <section className="card flush">
      <div className="card-head">
        <div>
          <h2>{t('survivors.title')}</h2>
          <p className="muted small" role="status">
            {t('survivors.count', { shown: Math.min(shown, found.length), count: found.length })}
          </p>
        </div>
        {preview.strings.length > 0 && (
          <TextInput
            aria-label={t('survivors.search')}
            placeholder={t('survivors.search')}
            value={search}
            onChange={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        )}
      </div>
      {found.length === 0 ? (
        <p className="muted pad">{t(search.trim() === '' ? 'survivors.empty' : 'survivors.none')}</p>
      ) : (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('survivors.title')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('review.field')}</th>
                <th scope="col">{t('survivors.text')}</th>
                <th scope="col" className="number">
                  {t('survivors.times')}
                </th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown).map(({ table, field, value, count }) => (
                <tr key={`${table}.${field}.${value}`}>
                  <th scope="row" translate="no">
                    {table}.{field}
                  </th>
                  <td className="mono wrap">{value}</td>
                  <td className="number">{number(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {preview.more.map(({ table, field, distinct }) => (
        <p key={`${table}.${field}`} className="muted small pad">
          {t('survivors.more', { field: `${table}.${field}`, distinct })}
        </p>
      ))}
    </section>
  )
}
