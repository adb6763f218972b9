// SPDX-License-Identifier: Apache-2.0
import { labelsText, type Reading, type Sample } from './reading.ts'
import { unitOfName } from './series-unit.ts'

const escaped = /\\([,= \\])/g
const measurement = /((?:[^,=\s\\#]|\\.){1,128})/y
const tag = /,((?:[^,=\s\\]|\\.){1,128})=((?:[^,=\s\\]|\\.){1,256})/y
const field =
  /((?:[^,=\s\\]|\\.){1,128})=(?:"((?:[^"\\]|\\.)*)"|([-+]?\d{1,19}(?:\.\d{0,17})?(?:[eE][-+]?\d{1,3})?)([iu]?)|(true|false|[tTfF]|True|False|TRUE|FALSE))(,?)/y
const timestamp = /(?:\s+(-?\d{1,19}))?\s*$/y

/**
 * A line of InfluxDB's line protocol: `measurement[,tag=v…] field=1.5[,field2=2i…] [ns]`. The series is
 * `measurement.field`, tags are its labels, text fields become states, the time stamp is the device's time.
 */
export const readInflux = (text: string): Reading | undefined => {
  const at = { index: 0 }
  const name = next(measurement, text, at)?.[1]
  if (name === undefined) return undefined
  const labels: Record<string, string> = {}
  for (let found = next(tag, text, at); found !== null; found = next(tag, text, at)) {
    labels[clean(found[1])] = clean(found[2])
  }
  if (text[at.index] !== ' ') return undefined
  at.index += 1
  const tags = { labels, text: labelsText(labels) }
  const samples: Sample[] = []
  for (let more = true; more;) {
    const found = next(field, text, at)
    if (found === null) return undefined
    samples.push(sampleOf(clean(name), tags, found))
    more = found[6] === ','
  }
  const end = next(timestamp, text, at)
  if (end === null || !samples.every(({ value }) => Number.isFinite(value))) return undefined
  return { samples, ...(end[1] === undefined ? {} : { tDev: Math.floor(Number(end[1]) / 1e6) }) }
}

const next = (pattern: RegExp, text: string, at: { index: number }): RegExpExecArray | null => {
  pattern.lastIndex = at.index
  const found = pattern.exec(text)
  if (found !== null) at.index = pattern.lastIndex
  return found
}

const clean = (text = ''): string => (text.includes('\\') ? text.replaceAll(escaped, '$1') : text)

type Tags = { readonly labels: Readonly<Record<string, string>>; readonly text: string }

const sampleOf = (prefix: string, tags: Tags, found: RegExpExecArray): Sample => {
  const [, key, quoted, number, , truth] = found
  const name = `${prefix}.${clean(key)}`
  if (number !== undefined)
    return { name, labels: tags.text, kind: 'gauge', unit: unitOfName(name), value: Number(number) }
  if (truth !== undefined) return { name, labels: tags.text, kind: 'state', unit: '', value: /^t/i.test(truth) ? 1 : 0 }
  const state = (quoted ?? '').replaceAll(/\\(["\\])/g, '$1').slice(0, 64)
  return { name, labels: labelsText({ ...tags.labels, state }), kind: 'state', unit: '', value: 1 }
}
