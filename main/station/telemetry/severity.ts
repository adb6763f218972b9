// SPDX-License-Identifier: Apache-2.0

/** Severity numbers of the OpenTelemetry log model (1–24); the first of each range. */
export const severity = { trace: 1, debug: 5, info: 9, notice: 10, warn: 13, error: 17, fatal: 21 } as const

/** Events from here on count as errors. */
export const errorFrom = severity.error

const words: Readonly<Record<string, number>> = {
  trace: severity.trace,
  trc: severity.trace,
  verbose: severity.trace,
  v: severity.trace,
  debug: severity.debug,
  dbg: severity.debug,
  d: severity.debug,
  info: severity.info,
  inf: severity.info,
  i: severity.info,
  notice: severity.notice,
  warn: severity.warn,
  warning: severity.warn,
  wrn: severity.warn,
  w: severity.warn,
  error: severity.error,
  err: severity.error,
  e: severity.error,
  critical: severity.fatal,
  crit: severity.fatal,
  fatal: severity.fatal,
  alert: severity.fatal,
  emerg: severity.fatal,
  panic: severity.fatal,
}

/** RFC 5424 severities 0–7. */
const syslog = [24, 22, severity.fatal, severity.error, severity.warn, severity.notice, severity.info, severity.debug]
/** Levels of pino and bunyan. */
const tens = [severity.trace, severity.debug, severity.info, severity.warn, severity.error, severity.fatal]

/** Severity of a level as devices write it: a word, a syslog number 0–7, or 10, 20 … 60. Undefined: not a level. */
export const severityOf = (level: unknown): number | undefined => {
  if (typeof level === 'string')
    return Object.hasOwn(words, level.toLowerCase()) ? words[level.toLowerCase()] : undefined
  if (typeof level !== 'number') return undefined
  return level % 10 === 0 && level > 0 ? tens[level / 10 - 1] : syslog[level]
}
