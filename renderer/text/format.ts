// SPDX-License-Identifier: Apache-2.0

/** A narrow space that does not break: between a number and its unit, and between thousands. */
const thin = '\u202f'
/** A space that does not break. */
const solid = '\u00a0'

const grouped = (value: number): string => {
  const text = String(Math.trunc(value))
  return Math.abs(value) < 10_000 ? text : text.replace(/\B(?=(\d{3})+$)/g, thin)
}

const units = ['B', 'kB', 'MB', 'GB', 'TB']

const sizeOf = (bytes: number, decimal: string): string => {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** step
  const text = step > 0 && value < 10 ? value.toFixed(1).replace('.', decimal) : String(Math.round(value))
  return `${text}${thin}${units[step] ?? ''}`
}

/** Time left: to 1 s below 1 min, 10 s below 5 min, else whole minutes. */
export const countdown = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  if (seconds >= 300) return `${Math.round(seconds / 60)}${thin}min`
  const rounded = seconds < 60 ? seconds : Math.ceil(seconds / 10) * 10
  return `${Math.floor(rounded / 60)}:${String(rounded % 60).padStart(2, '0')}`
}

/** How long something is: to 1 s below 5 min, else hours and minutes; whole days from three days on. */
const durationOf = (ms: number, day: string): string => {
  const seconds = Math.round(ms / 1000)
  if (seconds < 300) return `${seconds}${thin}s`
  const minutes = Math.round(seconds / 60)
  if (minutes >= 3 * 1440) return `${grouped(Math.round(minutes / 1440))}${thin}${day}`
  const parts = [
    minutes >= 60 ? `${Math.floor(minutes / 60)}${thin}h` : '',
    minutes % 60 > 0 ? `${minutes % 60}${thin}min` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** A whole digest in groups of four. */
export const groups = (hex: string): string =>
  hex
    .toUpperCase()
    .match(/.{1,4}/g)
    ?.join(' ') ?? hex

/** The first twelve characters of a digest in groups of four. */
export const shortDigest = (hex: string): string => groups(hex.slice(0, 12))

/** Writes numbers, sizes and times; times are milliseconds UTC, shown in the computer's zone. */
export const createFormat = (language: 'en' | 'de') => {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const decimal = language === 'de' ? ',' : '.'
  const formatter = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, options)
    return (ms: number): string => made.format(ms)
  }
  const clock = formatter({ hour: '2-digit', minute: '2-digit' })
  const second = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const day = formatter({ day: 'numeric', month: 'short' })
  const weekday = formatter({ weekday: 'short', day: 'numeric', month: 'short' })
  const year = formatter({ year: 'numeric' })
  const date = formatter({ day: 'numeric', month: 'short', year: 'numeric' })
  const offset = (ms: number): string => {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'shortOffset' }).formatToParts(ms)
    return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC')
  }
  const at = (ms: number, now: number): string => `${year(ms) === year(now) ? day(ms) : date(ms)}${' '}${second(ms)}`
  return {
    number: grouped,
    /** A measured value, to a thousandth. */
    value: (value: number): string => String(Math.round(value * 1000) / 1000).replace('.', decimal),
    size: (bytes: number): string => sizeOf(bytes, decimal),
    duration: (ms: number): string => durationOf(ms, language === 'de' ? 'Tage' : 'days'),
    clock,
    second,
    weekday,
    date,
    offset,
    /** In lists: the year only when it is not this one. */
    at,
    /** In details: with the year and the zone. It breaks between the day and the time only. */
    full: (ms: number): string => `${date(ms).replaceAll(' ', solid)} ${second(ms)}${solid}${offset(ms)}`,
    /** Names or numbers in one sentence. */
    list: (parts: readonly string[]): string => new Intl.ListFormat(locale).format(parts),
    percent: (part: number): string => `${Math.floor(part * 100)}${thin}%`,
  }
}
export type Format = ReturnType<typeof createFormat>
