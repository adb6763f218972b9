// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import type { Tone } from './icons.ts'

/** A bar of our own: it keeps an edge and a fill in every contrast theme. `part` from 0 to 1; hatched where it is bad. */
export const Progress = ({ part, tone, label }: { part: number; tone: Tone; label?: string }): ReactElement => {
  const percent = Math.round(Math.min(1, Math.max(0, part)) * 100)
  return (
    <div
      className="bar"
      {...(label === undefined
        ? { 'aria-hidden': true }
        : {
            role: 'progressbar',
            'aria-label': label,
            'aria-valuenow': percent,
            'aria-valuemin': 0,
            'aria-valuemax': 100,
          })}
    >
      <div className={`bar-fill fill-${tone}`} style={{ width: `${percent}%` }} />
    </div>
  )
}

/** Parts of a whole, by count; the list beside it says the same in words. */
export const StackedBar = ({ parts }: { parts: readonly { tone: Tone; count: number }[] }): ReactElement => (
  <div className="stacked" aria-hidden>
    {parts
      .filter(({ count }) => count > 0)
      .map(({ tone, count }, place) => (
        <div key={place} className={`stacked-part fill-${tone}`} style={{ flexGrow: count }} />
      ))}
  </div>
)
