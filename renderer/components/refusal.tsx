// SPDX-License-Identifier: Apache-2.0
import { IconShieldX } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import type { ImportResult } from '../state/imports.ts'
import { useErrorText } from '../text/error-text.ts'
import { useText } from '../text/use-text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Status } from './status.tsx'

/** The checks that were made, in their order, up to the one that said no. */
const Checks = ({ checks }: { checks: ImportResult['verdict']['checks'] }): ReactElement => (
  <ul className="ticks">
    {checks.map(({ id, ok, detail }) => (
      <li key={id}>
        <Status shape={ok ? 'done' : 'octagon'} tone={ok ? 'good' : 'bad'} word={id} />
        {detail !== undefined && <span className="muted small">{detail}</span>}
      </li>
    ))}
  </ul>
)

/** Why a bundle was refused: the reason, the state now, what to do, the code to quote. */
export const Refusal = ({
  name,
  drive,
  verdict,
  onClose,
}: {
  name: string
  drive: string
  verdict: ImportResult['verdict']
  onClose: () => void
}): ReactElement => {
  const t = useText()
  const textOf = useErrorText()
  const code = verdict.code ?? 'internal'
  const detail = verdict.checks.find((check) => !check.ok)?.detail
  const { headline, state, next, number } = textOf(code, detail === undefined ? {} : { detail })
  // The dialog's title is the first sentence of every refusal; what follows it is the reason.
  const title = t('refusal.title')
  const reason = headline.startsWith(`${title}.`) ? headline.slice(title.length + 1).trim() : headline
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onPress={() => window.print()}>{t('common.print')}</Button>
          <Button kind="primary" onPress={onClose} autoFocus>
            {t('refusal.back')}
          </Button>
        </>
      }
    >
      <div className="notice notice-bad">
        <IconShieldX size={30} stroke={1.8} aria-hidden className="tone-bad" />
        <div className="grow">
          <p className="strong">{reason}</p>
          <p className="notice-more">{t('refusal.where', { name, drive })}</p>
        </div>
      </div>
      <div>
        <h3>{t('refusal.next')}</h3>
        <ol className="steps">
          {next.map((step) => (
            <li key={step}>{step}</li>
          ))}
          <li>{t('refusal.quote', { number })}</li>
        </ol>
      </div>
      <p className="muted">{state}</p>
      <details className="details">
        <summary>{t('common.details')}</summary>
        <p>
          {t('common.code')} <span className="mono strong">{number}</span> · <span className="mono">{code}</span>
        </p>
        <Checks checks={verdict.checks} />
      </details>
    </Dialog>
  )
}
