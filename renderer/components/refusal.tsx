// SPDX-License-Identifier: Apache-2.0
import { IconShieldX } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { RefusalSheet, useRefusalWords } from '../print/refusal-sheet.tsx'
import type { RefusedResult } from '../state/imports.ts'
import { askPrint } from '../state/print.ts'
import { useText } from '../text/use-text.ts'
import { AskException } from './ask-exception.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Status } from './status.tsx'

/** The checks that were made, in their order, up to the one that said no. */
const Checks = ({ checks }: { checks: RefusedResult['verdict']['checks'] }): ReactElement => (
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
  result,
  onClose,
}: {
  name: string
  drive: string
  result: RefusedResult
  onClose: () => void
}): ReactElement => {
  const t = useText()
  const { verdict, entry } = result
  const { title, reason, next, quote, number, code } = useRefusalWords(result)
  const [before, after] = quote.split(number)
  const print = (): void =>
    askPrint({
      kind: 'refusal',
      ids: [String(entry)],
      title: name,
      draw: ([copy]) => <RefusalSheet name={name} drive={drive} result={result} copy={copy} />,
    })
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button prints onPress={print}>
            {t('common.print')}
          </Button>
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
          <li>
            {before}
            <b className="mono">{number}</b>
            {after}
          </li>
        </ol>
      </div>
      <AskException result={result} />
      <p className="muted">{t('refusal.entry', { entry })}</p>
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
