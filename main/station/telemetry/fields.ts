// SPDX-License-Identifier: Apache-2.0
import { labelsText, noLabels, type LogEvent, type Reading, type Sample } from './reading.ts'
import { severity, severityOf } from './severity.ts'
import { unitOf, unitOfName } from './series-unit.ts'

/** What named values may be, after objects and lists were flattened. */
export type Field = readonly [name: string, value: string | number | boolean]

/** Longest text that is taken as the name of a state. */
const stateLength = 64

const textNames = ['msg', 'message']
const clockNames = ['uptime_ms', 't']

/**
 * Named values of one line → samples and at most one event (docs/formats/telemetry.md, section 3):
 * `uptime_ms` and `t` are the device's time, `msg` (or `message`, `event`) with `level` an event, numbers samples,
 * strings the event's fields, or states where the line is no event.
 */
export const readFields = (fields: readonly Field[]): Reading => {
  const named = new Map(fields)
  const text = textNames.map((name) => named.get(name)).find(isText) ?? textOf(named.get('event'))
  const samples: Sample[] = []
  const details: string[] = []
  for (const [name, value] of fields) {
    if (clockNames.includes(name) && isTime(value)) continue
    if (text !== undefined && isEventField(name)) continue
    const sample = sampleOf(name, value, text === undefined)
    if (sample === undefined) details.push(`${name}=${JSON.stringify(value)}`)
    else samples.push(sample)
  }
  const event = eventOf(named, text, details)
  return { ...timeOf(named), samples, ...(event === undefined ? {} : { event }) }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined)
const isTime = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 2 ** 53
const isEventField = (name: string): boolean =>
  textNames.includes(name) || name === 'event' || name === 'level' || name === 'code'

const timeOf = (named: ReadonlyMap<string, Field[1]>): { tDev?: number; sinceBoot?: boolean } => {
  const uptime = named.get('uptime_ms')
  if (isTime(uptime)) return { tDev: Math.round(uptime), sinceBoot: true }
  const t = named.get('t')
  return isTime(t) ? { tDev: Math.round(t) } : {}
}

const eventOf = (
  named: ReadonlyMap<string, Field[1]>,
  text: string | undefined,
  details: readonly string[],
): LogEvent | undefined => {
  if (text === undefined && details.length === 0) return undefined
  const level = severityOf(named.get('level')) ?? severity.info
  const name = text === undefined ? 'text' : (textOf(named.get('event')) ?? named.get('code') ?? '')
  return {
    severity: level,
    code: String(name).slice(0, stateLength),
    text: [...(text === undefined ? [] : [text]), ...details].join(' '),
  }
}

const withUnit = /^([-+]?\d{1,15}(?:\.\d{1,15})?)([A-Za-z%]{1,7})$/

/** A sample, or undefined for text that is neither a number with a unit nor a state. */
const sampleOf = (name: string, value: string | number | boolean, states: boolean): Sample | undefined => {
  if (typeof value === 'number') {
    const kind = /(?:^|_)(?:total|count)$/.test(name) ? 'counter' : 'gauge'
    return { name, labels: noLabels, kind, unit: unitOfName(name), value }
  }
  if (typeof value === 'boolean') return { name, labels: noLabels, kind: 'state', unit: '', value: value ? 1 : 0 }
  const [, number, suffix] = withUnit.exec(value) ?? []
  if (number !== undefined && suffix !== undefined && unitOf(suffix) !== '')
    return { name, labels: noLabels, kind: 'gauge', unit: unitOf(suffix), value: Number(number) }
  if (!states || value.length > stateLength) return undefined
  return { name, labels: labelsText({ state: value }), kind: 'state', unit: '', value: 1 }
}
