// SPDX-License-Identifier: Apache-2.0
import { useEffect, type ReactElement, type ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { progressOf, useRun } from '../state/run.ts'
import { useText } from '../text/use-text.ts'

/** The one h1 of a page and the sentence of what is true now; the window's title says how far a run is, too. */
export const PageHead = ({
  title,
  lead,
  children,
}: {
  title: string
  lead: string
  children?: ReactNode
}): ReactElement => {
  const t = useText()
  const progress = useRun(useShallow(progressOf))
  const ahead = progress === undefined ? '' : `${t('bench.doneOf', progress)} – `
  useEffect(() => {
    document.title = `${ahead}${title} – Airlock`
  }, [ahead, title])
  return (
    <div className="page-head">
      <div className="grow">
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
      </div>
      {children !== undefined && <div className="row">{children}</div>}
    </div>
  )
}
