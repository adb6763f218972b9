// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Facts } from '../components/facts.tsx'
import { roleLabel } from '../components/signer-role.ts'
import type { RefusedResult } from '../state/imports.ts'
import { useErrorText } from '../text/error-text.ts'
import { reasonOf } from '../text/error-words.ts'
import { useText } from '../text/use-text.ts'
import { Sheet } from './sheet.tsx'

type Refused = { readonly name: string; readonly drive: string; readonly result: RefusedResult }

/** The words of a refusal, less the sentence that each of them begins with; whom to give its code to is said once. */
export const useRefusalWords = ({ verdict }: Pick<RefusedResult, 'verdict'>) => {
  const t = useText()
  const textOf = useErrorText()
  const code = verdict.code ?? 'internal'
  const { role, ...facts } = verdict.checks.find((check) => !check.ok)?.facts ?? {}
  const words = textOf(code, role === undefined ? facts : { ...facts, role: roleLabel(t, String(role)) })
  const title = t('refusal.title')
  const next = words.next.filter((step) => step !== t('refusal.tell'))
  const quote = t(next.length === 0 ? 'refusal.quoteOnly' : 'refusal.quote', { number: words.number })
  return { ...words, next, quote, code, title, reason: reasonOf(words.headline, title) }
}

/** A refused bundle on paper, for the firmware contact and the file: why, what to do, and the log entry that says so. */
export const RefusalSheet = ({ name, drive, result, copy }: Refused & { copy: number | undefined }): ReactElement => {
  const t = useText()
  const { title, reason, state, next, quote, number, code } = useRefusalWords(result)
  const { entry, verdict } = result
  return (
    <Sheet title={title} copy={copy}>
      <p className="sheet-big">{reason}</p>
      <p>{state}</p>
      <Facts
        facts={[
          [t('print.file'), <span className="mono">{name}</span>],
          [t('print.drive'), drive],
          [t('common.code'), <span className="mono">{`${number} · ${code}`}</span>],
          [t('print.entry'), String(entry)],
        ]}
      />
      <h3>{t('refusal.next')}</h3>
      <ol className="steps">
        {next.map((step) => (
          <li key={step}>{step}</li>
        ))}
        <li>{quote}</li>
      </ol>
      <h3>{t('print.checks')}</h3>
      <ul>
        {verdict.checks.map(({ id, ok, detail }) => (
          <li key={id}>
            {ok ? '✓' : '✗'} <span className="mono">{id}</span> {detail ?? ''}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
