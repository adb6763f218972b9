// SPDX-License-Identifier: Apache-2.0
import type { ReactElement, ReactNode } from 'react'

/** Nothing there yet: a picture of lines, one sentence, one action. */
export const Empty = ({
  icon,
  sentence,
  children,
}: {
  icon: ReactNode
  sentence: string
  children?: ReactNode
}): ReactElement => (
  <div className="empty">
    {icon}
    <p>{sentence}</p>
    {children}
  </div>
)

/** Loading, with the final layout's height; after a while it says what happens. */
export const Loading = ({ sentence }: { sentence: string }): ReactElement => (
  <div className="empty loading" role="status">
    <p className="muted">{sentence}</p>
  </div>
)
