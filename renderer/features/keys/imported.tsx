// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Notice } from '../../components/notice.tsx'
import { useErrorText } from '../../text/error-text.ts'
import { useFormat, useText } from '../../text/use-text.ts'
import { sayChanges } from './policy-change.ts'
import type { Imported } from './trust.ts'

/** What a drive brought: each file with its verdict, and what the policy of now changes against the one before. */
export const ImportedTrust = ({ imported }: { imported: Imported }): ReactElement => {
  const t = useText()
  const textOf = useErrorText()
  const { full } = useFormat()
  const changes = sayChanges(t, full, imported.changes)
  const applied = imported.files.filter((file) => file.applied)
  const refused = imported.files.filter(({ verdict }) => verdict.verdict === 'refused')
  return (
    <section className="stack" aria-label={t('keys.brought')}>
      <Notice
        live
        tone={refused.length > 0 ? 'attention' : 'good'}
        title={applied.length === 0 ? t('keys.broughtNothing') : t('keys.broughtSome', { count: applied.length })}
      >
        <ul>
          {imported.files.map(({ name, verdict, applied: taken }) => (
            <li key={name}>
              <span className="mono">{name}</span>:{' '}
              {verdict.code === undefined
                ? t(taken ? 'keys.file.applied' : 'keys.file.known')
                : `${textOf(verdict.code).headline} (${textOf(verdict.code).number})`}
            </li>
          ))}
        </ul>
        {changes.length > 0 && (
          <>
            <p className="strong">{t('keys.changes', { from: imported.from, to: imported.version })}</p>
            <ul>
              {changes.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
      </Notice>
    </section>
  )
}
