// SPDX-License-Identifier: Apache-2.0
/** Charts as inline SVG: no script, colours from the page's tokens, a text beside each for those who do not see it. */
import { figure } from '../figures.ts'
import { markup, none, type Html } from './markup.ts'

const width = 720
const left = 150
const right = 90
const plot = width - left - right
const rowHeight = 30

/** A place on an axis. */
type Scale = (value: number) => number

const linear =
  (low: number, high: number): Scale =>
  (value) =>
    left + (high > low ? ((value - low) / (high - low)) * plot : 0)

/** A pixel: one digit is enough, and the file stays small. */
const px = (value: number): string => String(Math.round(value * 10) / 10)

/** Round steps that cut a span into at most five parts. */
export const ticksOf = (low: number, high: number): number[] => {
  const span = high - low
  if (!(span > 0)) return [low]
  const power = 10 ** Math.floor(Math.log10(span / 5))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => span / size <= 5) ?? span
  const first = Math.ceil(low / step)
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, n) =>
    Number(((first + n) * step).toPrecision(12)),
  )
}

const frame = (label: string, height: number, content: readonly Html[]): Html =>
  markup`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${content}</svg>`

const gridOf = (low: number, high: number, height: number, scale: Scale, tell: (value: number) => string): Html[] =>
  ticksOf(low, high).map(
    (tick) =>
      markup`<line class="grid" x1="${px(scale(tick))}" y1="6" x2="${px(scale(tick))}" y2="${height - 24}" />
        <text class="axis" x="${px(scale(tick))}" y="${height - 8}" text-anchor="middle">${tell(tick)}</text>`,
  )

const rowName = (name: string, y: number): Html =>
  markup`<text class="name" x="${left - 12}" y="${y + 4}" text-anchor="end">${name.length > 20 ? `${name.slice(0, 19)}…` : name}</text>`

/** A value with its interval. */
export type IntervalRow = {
  readonly name: string
  readonly value: number
  readonly low: number
  readonly high: number
  readonly small: boolean
}

/** One row a version: a dot for the value, a line for its 95 % interval; hollow where the sample is small. */
export const intervalChart = (
  label: string,
  rows: readonly IntervalRow[],
  range: { low: number; high: number },
  tell: (value: number) => string = figure,
): Html => {
  if (rows.length === 0) return none
  const height = rows.length * rowHeight + 34
  const scale = linear(range.low, range.high)
  const inside: Scale = (value) => scale(Math.min(range.high, Math.max(range.low, value)))
  const marks = rows.map(({ name, value, low, high, small }, index) => {
    const y = 20 + index * rowHeight
    return markup`${rowName(name, y)}
      <line class="whisker" x1="${px(inside(low))}" y1="${y}" x2="${px(inside(high))}" y2="${y}" />
      <circle class="${small ? 'dot small' : 'dot'}" cx="${px(inside(value))}" cy="${y}" r="5" />
      <text class="value" x="${width - right + 12}" y="${y + 4}">${tell(value)}</text>`
  })
  return frame(label, height, [...gridOf(range.low, range.high, height, scale, tell), ...marks])
}

/** Quantiles of one version: 5, 25, 50, 75 and 95 %. */
export type QuantileRow = { readonly name: string; readonly quantiles: readonly number[] }

/** One row a version: a line from 5 to 95 %, a box from 25 to 75 %, a mark for the median. */
export const quantileChart = (label: string, rows: readonly QuantileRow[]): Html => {
  if (rows.length === 0) return none
  const all = rows.flatMap(({ quantiles }) => quantiles)
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const height = rows.length * rowHeight + 34
  const scale = linear(low, high)
  const marks = rows.map(({ name, quantiles }, index) => {
    const [a = low, b = low, c = low, d = low, e = low] = quantiles
    const y = 20 + index * rowHeight
    return markup`${rowName(name, y)}
      <line class="whisker" x1="${px(scale(a))}" y1="${y}" x2="${px(scale(e))}" y2="${y}" />
      <rect
        class="box"
        x="${px(scale(b))}"
        y="${y - 7}"
        width="${px(Math.max(1, scale(d) - scale(b)))}"
        height="14"
        rx="2"
      />
      <line class="median" x1="${px(scale(c))}" y1="${y - 9}" x2="${px(scale(c))}" y2="${y + 9}" />
      <text class="value" x="${width - right + 12}" y="${y + 4}">${figure(c)}</text>`
  })
  return frame(label, height, [...gridOf(low, high, height, scale, figure), ...marks])
}

/** A column of a stacked chart: parts from the bottom up, in the order of `names`. */
export type Stack = { readonly name: string; readonly parts: readonly number[] }

/** How many kinds of fill there are; what comes after them begins again. */
export const fills = 6

/** Columns over time; each part of a column is one of `names`. */
export const stackChart = (label: string, stacks: readonly Stack[]): Html => {
  if (stacks.length === 0) return none
  const height = 220
  const base = height - 28
  const most = Math.max(1, ...stacks.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0)))
  const scale = (value: number): number => (value / most) * (base - 12)
  const step = (width - 60) / Math.max(1, stacks.length)
  const labelled = Math.ceil(stacks.length / 6)
  const columns = stacks.map(({ name, parts }, index) => {
    const x = 50 + index * step
    let top = base
    const blocks = parts.map((part, kind) => {
      top -= scale(part)
      return part === 0
        ? none
        : markup`<rect
            class="fill f${kind % fills}"
            x="${px(x)}"
            y="${px(top)}"
            width="${px(Math.max(2, step * 0.78))}"
            height="${px(scale(part))}"
          />`
    })
    const under = markup`<text class="axis" x="${px(x + step * 0.39)}" y="${height - 8}" text-anchor="middle">${name}</text>`
    return markup`${blocks}${index % labelled === 0 ? under : none}`
  })
  const grid = ticksOf(0, most).map(
    (tick) =>
      markup`<line
          class="grid"
          x1="50"
          y1="${px(base - scale(tick))}"
          x2="${width - 10}"
          y2="${px(base - scale(tick))}"
        />
        <text class="axis" x="42" y="${px(base - scale(tick) + 4)}" text-anchor="end">${figure(tick)}</text>`,
  )
  return frame(label, height, [...grid, ...columns])
}
