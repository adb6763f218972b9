// SPDX-License-Identifier: Apache-2.0
import type { ReactElement } from 'react'
import { Area, ComposedChart, CartesianGrid, Line, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import { useFormat } from '../text/use-text.ts'

type Row = { readonly t: number; readonly min: number; readonly mean: number; readonly max: number }

/** A series with its spread: never the mean alone, which hides a spike. Beside it stand a summary and a table. */
export const RangeChart = ({ rows, unit }: { rows: readonly Row[]; unit: string }): ReactElement => {
  const { clock, value } = useFormat()
  const data = rows.map(({ t, min, mean, max }) => ({ t, mean, range: [min, max] }))
  const tick = { fontSize: 12, fill: 'var(--muted)' }
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={data} margin={{ top: 8, right: 12, bottom: 4, left: 4 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis dataKey="t" type="number" domain={['dataMin', 'dataMax']} tickFormatter={clock} tick={tick} />
        <YAxis unit={`\u202f${unit}`} tickFormatter={value} tick={tick} width={72} domain={['auto', 'auto']} />
        <Area dataKey="range" stroke="none" fill="var(--active-fill)" fillOpacity={0.25} isAnimationActive={false} />
        <Line dataKey="mean" stroke="var(--active)" strokeWidth={2} dot={false} isAnimationActive={false} />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
