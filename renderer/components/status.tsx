// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { shapes, type Shape, type Tone } from './icons.ts'

/** A status: shape, word, colour, in this order of weight. */
export const Status = ({ shape, tone, word }: { shape: Shape; tone: Tone; word: string }): ReactElement => {
  const Icon = shapes[shape]
  return (
    <span className={`status tone-${tone}`}>
      <Icon
        size={18}
        stroke={1.8}
        aria-hidden
        className={shape === 'reading' || shape === 'preparing' ? 'turning' : ''}
      />
      <span>{word}</span>
    </span>
  )
}
