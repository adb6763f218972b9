// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { Notice } from '../../components/notice.tsx'
import { useErrorText } from '../../text/error-text.ts'
import { reasonOf } from '../../text/error-words.ts'
import { useText } from '../../text/use-text.ts'
import type { Imported } from './trust.ts'

/** Why a trust file was not taken, and what to do: the reasons are those of bundles, the rest of their words is not. */
const RefusedFile = ({ code }: { code: ErrorCode }): ReactElement => {
  const t = useText()
  const { headline, next, number } = useErrorText()(code)
  const reason = reasonOf(headline, t('refusal.title'))
  return (
    <>
      {reason === headline ? headline : `${t('keys.file.refused')} ${reason}`} ({number}){' '}
      {reason === headline ? next.join(' ') : t('keys.file.next')}
    </>
  )
}

/** What a drive brought: each file with its verdict. A new policy is shown where it waits for its second signature. */
export const ImportedTrust = ({ imported }: { imported: Imported }): ReactElement => {
  const t = useText()
  const applied = imported.files.filter((file) => file.applied)
  const waits = imported.files.filter((file) => file.waits)
  const refused = imported.files.filter(({ verdict }) => verdict.verdict === 'refused')
  const titles = [
    ...(applied.length > 0 ? [t('keys.broughtSome', { count: applied.length })] : []),
    ...(waits.length > 0 ? [t('keys.broughtWaits', { count: waits.length })] : []),
    ...(refused.length > 0 ? [t('keys.broughtRefused', { count: refused.length })] : []),
  ]
  return (
    <section className="stack" aria-label={t('keys.brought')}>
      <Notice
        live
        tone={refused.length > 0 ? 'attention' : 'good'}
        title={titles.length === 0 ? t('keys.broughtNothing') : titles.join(' ')}
      >
        <ul>
          {imported.files.map(({ name, verdict, applied: taken, waits: held }) => (
            <li key={name}>
              <span className="mono">{name}</span>:{' '}
              {verdict.code === undefined ? (
                t(held ? 'keys.file.waits' : taken ? 'keys.file.applied' : 'keys.file.known')
              ) : (
                <RefusedFile code={verdict.code} />
              )}
            </li>
          ))}
        </ul>
      </Notice>
    </section>
  )
}
