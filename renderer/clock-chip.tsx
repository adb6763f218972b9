// SPDX-License-Identifier: Apache-2.0
import { IconClockExclamation, IconClockHour4 } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { go } from './state/route.ts'
import { useStation } from './state/station.ts'
import { useFormat, useText } from './text/use-text.ts'

/** The station's time, date and offset; with a shape and a word where it needs a look. One press leads to it. */
export const ClockChip = (): ReactElement => {
  const t = useText()
  const format = useFormat()
  const now = useStation(({ status }) => status?.now) ?? 0
  const state = useStation(({ status }) => status?.clock.state) ?? 'good'
  const good = state === 'good'
  const tone = good ? '' : state === 'stepped' ? 'tone-attention' : 'tone-bad'
  const Icon = good ? IconClockHour4 : IconClockExclamation
  return (
    <button type="button" className="chip boxed" onClick={() => go('station')}>
      <Icon size={22} stroke={1.8} aria-hidden className={tone} />
      <span>
        <b>
          {format.clock(now)}
          {!good && <span className={tone}> · {t(`clock.${state}`)}</span>}
        </b>
        <small>
          {format.weekday(now)} · {format.offset(now)}
        </small>
      </span>
    </button>
  )
}
