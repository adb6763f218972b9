// SPDX-License-Identifier: Apache-2.0
import { readBootMarker } from './boot-marker.ts'
import { readCrashMarker } from './crash-marker.ts'
import type { Line } from './framing.ts'
import { readInflux } from './influx.ts'
import { readJsonLine } from './json-lines.ts'
import { readLogfmt } from './logfmt.ts'
import { readPlain, type LogLine } from './plain.ts'
import type { Reading } from './reading.ts'
import { severity } from './severity.ts'

/** Name and version of these rules, kept with every capture: a later version may read the same bytes differently. */
export const parser = 'auto/1'

// oxlint-disable-next-line no-control-regex -- terminal colours and line noise are control characters
const noise = /^[\0-\x08\x0b-\x1a\x1c-\x1f\x7f-\xa0\xff]+|\x1b\[[0-9;]{0,16}[A-Za-z]/g

/**
 * What a line says, or undefined where nobody understands it. Colours and noise in front are ignored. A torn line
 * is read only by formats that show their own beginning: `p=21` may be the end of `temp=21`.
 */
export const decode = (line: Line): Reading | undefined => {
  if (!line.whole) return undefined
  const text = line.text.replace(noise, '')
  const log = readPlain(text)
  const body = log?.text ?? text
  const data =
    readBootMarker(body) ??
    readCrashMarker(body) ??
    readJson(body) ??
    (line.torn ? undefined : (readLogfmt(body) ?? (log === undefined ? readInflux(body) : undefined)))
  return log === undefined ? data : join(log, data)
}

/** A crash may be told in a JSON log line too. */
const readJson = (body: string): Reading | undefined => {
  const reading = readJsonLine(body)
  const crash = reading?.event === undefined ? undefined : readCrashMarker(reading.event.text)?.crash
  return reading === undefined || crash === undefined ? reading : { ...reading, crash }
}

/** The message of a log line may itself be data. It stays an event if it is loud, or if the data is not all of it. */
const join = (log: LogLine, data: Reading | undefined): Reading => {
  const time = log.tDev === undefined ? {} : { tDev: log.tDev, sinceBoot: log.sinceBoot === true }
  const event = { severity: log.severity, code: log.code, text: log.text }
  if (data === undefined) return { ...time, samples: [], event }
  if (data.event !== undefined || data.boot !== undefined || log.severity < severity.warn) return { ...time, ...data }
  return { ...time, ...data, event }
}
