// SPDX-License-Identifier: Apache-2.0
import { toTime } from '../../station/platform/clock.ts'
import { millis } from '../../../shared/units.ts'

/** Digits in groups of three, parted by a narrow space that does not break. */
const grouped = (digits: string): string => digits.replaceAll(/\B(?=(\d{3})+$)/g, '\u202f')

/** A number for reading: three significant digits below 1 000, whole above. */
export const figure = (value: number): string => {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 1000) return `${value < 0 ? '−' : ''}${grouped(String(Math.round(Math.abs(value))))}`
  if (Number.isInteger(value)) return String(value).replace('-', '−')
  return String(Number(value.toPrecision(3))).replace('-', '−')
}

/** A number with its noun: `1 device`, `2 devices`. */
export const counted = (count: number, what: string): string => `${figure(count)} ${what}${count === 1 ? '' : 's'}`

/** A share in percent: one digit behind the point, and never 100 % of what is not all. */
export const percent = (share: number): string => {
  const rounded = (share * 100).toFixed(1)
  return `${rounded === '100.0' && share < 1 ? '99.9' : rounded}\u202f%`
}

/** The largest time that is a date. A device's clock may say anything. */
const latest = 8.64e15

/** Day of a time in ms UTC, as YYYY-MM-DD: nobody takes its month for its day. */
export const dayOf = (time: number): string =>
  Math.abs(time) <= latest ? toTime(millis(Math.round(time))).slice(0, 10) : '–'
