// SPDX-License-Identifier: Apache-2.0
import type { ReactElement, ReactNode } from 'react'
import { shapes, type Shape, type Tone } from './icons.ts'

const shapeOf: Readonly<Record<Tone, Shape>> = {
  good: 'done',
  active: 'ready',
  attention: 'triangle',
  bad: 'octagon',
  quiet: 'ready',
}

/** One thing that a person should know: a bold sentence, a second one, one button. */
export const Notice = ({
  tone,
  shape = shapeOf[tone],
  title,
  children,
  action,
  live = false,
}: {
  tone: Tone
  /** That of the thing it speaks of, where that has one. */
  shape?: Shape
  title: string
  children?: ReactNode
  action?: ReactNode
  live?: boolean
}): ReactElement => {
  const Icon = shapes[shape]
  return (
    <div className={`notice notice-${tone}`} {...(live ? { role: 'status' } : {})}>
      <Icon size={26} stroke={1.8} aria-hidden className={`tone-${tone}`} />
      <div className="grow">
        <p className="strong">{title}</p>
        {children !== undefined && <div className="notice-more">{children}</div>}
      </div>
      {action}
    </div>
  )
}
