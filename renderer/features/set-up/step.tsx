// SPDX-License-Identifier: Apache-2.0
import type { ReactElement, ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { PageHead } from '../../components/page-head.tsx'
import { useText } from '../../text/use-text.ts'

/** Where a step can go. */
export type Ways = { readonly next: () => void; readonly back: (() => void) | undefined }

/** One step: a question, fields, one way on. */
export const Step = ({
  title,
  lead,
  ways,
  blocked,
  busy = false,
  nextName,
  children,
}: {
  title: string
  lead: string
  ways: Ways
  blocked?: string | undefined
  busy?: boolean
  nextName?: string
  children: ReactNode
}): ReactElement => {
  const t = useText()
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (blocked === undefined && !busy) ways.next()
      }}
    >
      <PageHead title={title} lead={lead} />
      {children}
      <div className="wizard-foot">
        {ways.back !== undefined && <Button onPress={ways.back}>{t('common.back')}</Button>}
        <div>
          <Button kind="primary" type="submit" blocked={blocked} showReason busy={busy}>
            {nextName ?? t('common.next')}
          </Button>
        </div>
      </div>
    </form>
  )
}
