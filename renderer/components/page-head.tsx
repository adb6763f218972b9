// SPDX-License-Identifier: Apache-2.0
import { useEffect, type ReactElement, type ReactNode } from 'react'

/** The one h1 of a page and the sentence of what is true now. */
export const PageHead = ({
  title,
  lead,
  children,
}: {
  title: string
  lead: string
  children?: ReactNode
}): ReactElement => {
  useEffect(() => {
    document.title = `${title} – Airlock`
  }, [title])
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
