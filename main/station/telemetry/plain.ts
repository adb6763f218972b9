// SPDX-License-Identifier: Apache-2.0
import { severity, severityOf } from './severity.ts'

/** A log line taken apart: who wrote it, how loud, when by the device, and the message itself. */
export type LogLine = {
  readonly severity: number
  readonly code: string
  readonly text: string
  readonly tDev?: number
  readonly sinceBoot?: boolean
}

const uptime = /(\d{2,6}):(\d{2}):(\d{2})[.,](\d{3})(?:,\d{3})?/.source
const zephyr = new RegExp(`^\\[${uptime}\\] <(err|wrn|inf|dbg)> ([\\w.:-]{1,64}?): (.*)$`, 's')
const espIdf = /^([EWIDV]) \((\d{1,12})\) ([\w.:-]{1,64}): (.*)$/s
const nrf = /^<(error|warning|info|debug)> ([\w.:-]{1,64}): (.*)$/s
const bracket = /^\[ {0,8}(\d{1,12})\] ([A-Za-z]{3,8}) (?:([\w.-]{1,40}): )?(.*)$/s
const dmesg = /^\[ {0,8}(\d{1,9})\.(\d{3})\d{3}\] (?:([\w.: -]{1,40}?): )?(.*)$/s
const syslog3164 = /^<(\d{1,3})>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,255} ([\w./-]{1,48})(?:\[\d{1,10}\])?: (.*)$/s
const syslog5424 =
  /^<(\d{1,3})>1 \S{1,40} \S{1,255} (\S{1,48}) \S{1,128} \S{1,32} (?:-|(?:\[(?:[^\]\\]|\\.)*\])+)(?: (.*))?$/s

type Preset = (text: string) => LogLine | undefined

const readZephyr: Preset = (text) => {
  const found = zephyr.exec(text)
  if (found === null) return undefined
  const [, h, m, s, ms, level, code = '', message = ''] = found
  const tDev = ((Number(h) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms)
  return { severity: severityOf(level) ?? severity.info, code, text: message, tDev, sinceBoot: true }
}

const readEspIdf: Preset = (text) => {
  const found = espIdf.exec(text)
  if (found === null) return undefined
  const [, level, ms, code = '', message = ''] = found
  return { severity: severityOf(level) ?? severity.info, code, text: message, tDev: Number(ms), sinceBoot: true }
}

const readNrf: Preset = (text) => {
  const [, level, code, message] = nrf.exec(text) ?? []
  if (code === undefined || message === undefined) return undefined
  return { severity: severityOf(level) ?? severity.info, code, text: message }
}

/** What hand-written loggers print: `[uptime] LEVEL module: text`, uptime in ms. */
const readBracket: Preset = (text) => {
  const [, ms, word, code = '', message = ''] = bracket.exec(text) ?? []
  const level = severityOf(word)
  return level === undefined ? undefined : { severity: level, code, text: message, tDev: Number(ms), sinceBoot: true }
}

const readDmesg: Preset = (text) => {
  const found = dmesg.exec(text)
  if (found === null) return undefined
  const [, s, ms, code = '', message = ''] = found
  return { severity: severity.info, code, text: message, tDev: Number(s) * 1000 + Number(ms), sinceBoot: true }
}

const readSyslog: Preset = (text) => {
  const [, priority, code, message = ''] = syslog5424.exec(text) ?? syslog3164.exec(text) ?? []
  if (priority === undefined || code === undefined || Number(priority) > 191) return undefined
  return { severity: severityOf(Number(priority) % 8) ?? severity.info, code, text: message }
}

/** A preset is looked at only where the line begins as its lines do. */
const presets: Readonly<Record<string, readonly Preset[]>> = {
  '[': [readZephyr, readDmesg, readBracket],
  '<': [readNrf, readSyslog],
  E: [readEspIdf],
  W: [readEspIdf],
  I: [readEspIdf],
  D: [readEspIdf],
  V: [readEspIdf],
}

/** The log line by one of the presets Zephyr, ESP-IDF, nRF, dmesg, `[uptime] LEVEL`, syslog (RFC 3164 and 5424), or undefined. */
export const readPlain = (text: string): LogLine | undefined => {
  const first = text[0] ?? ''
  for (const preset of Object.hasOwn(presets, first) ? (presets[first] ?? []) : []) {
    const found = preset(text)
    if (found !== undefined) return found
  }
  return undefined
}
