// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { AirlockError } from '../../shared/errors.ts'
import { useErrorText } from '../text/error-text.ts'
import { useText } from '../text/use-text.ts'
import type { Shape } from './icons.ts'
import { Notice } from './notice.tsx'

/** Why something did not work: headline, state now, steps, and in closed details the code to quote. */
export const Fault = ({
  fault,
  shape,
}: {
  fault: AirlockError | undefined
  /** That of the thing that is at fault, where it has one. */
  shape?: Shape
}): ReactElement | null => {
  const t = useText()
  const textOf = useErrorText()
  if (fault === undefined) return null
  const { headline, state, next, number } = textOf(fault.code, fault.details)
  return (
    <div role="alert">
      <Notice tone="bad" {...(shape === undefined ? {} : { shape })} title={headline}>
        <p>{state}</p>
        <ol className="steps">
          {next.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <details className="details">
          <summary>{t('common.details')}</summary>
          <p>
            {t('common.code')} <span className="mono">{number}</span> · <span className="mono">{fault.code}</span>
          </p>
          {Object.entries(fault.details).map(([key, value]) => (
            <p key={key} className="mono small">
              {key}: {String(value)}
            </p>
          ))}
        </details>
      </Notice>
    </div>
  )
}
