// SPDX-License-Identifier: Apache-2.0
import { canonicalize } from '../../../../shared/formats/canonical-json.ts'
import type { Marks } from './marks.ts'
import type { FieldRule } from './policy.ts'
import type { RuleCount } from './report.ts'
import { noteDropped, noteFound } from './secrets-found.ts'
import { cleanString, type Run } from './strings.ts'

/**
 * What becomes of one value: canonical JSON text, or undefined where it is dropped, and the counters to count up.
 * `mark`: 0 for what is no text; a bit that the field's remembered values share by chance; all bits where nothing is
 * remembered. A line's marks tell whether it can hold a value of which it turns out later that it is secret.
 */
export type Outcome = {
  readonly json: string | undefined
  readonly counters: readonly RuleCount[]
  readonly mark: number
}

/** The outcome as a line takes it, `"field":json`, and the value as the raw root takes it. */
export type Member = {
  readonly member: string | undefined
  readonly raw: string
  readonly counters: readonly RuleCount[]
  readonly mark: number
}
export type RawValue = string | number | null

/** Decides one field's values, the same way for the same value within a run. Read the answer before asking again. */
export type FieldTransform = (value: RawValue) => Member

const kept: readonly RuleCount[] = []
/** All bits that a small integer holds. */
export const everyMark = 0x3fffffff
/** Distinct values of a field that are remembered; a field with more (counters, times) is not worth it. */
const remembered = 65_536
const rememberedLength = 256
/** Values after which it shows whether remembering is worth it. */
const trial = remembered / 2

/** One word as types know it: printable, without blanks, quotes and backslashes. */
const word = /^[^\s\p{C}"\\]{0,128}$/u
const version = /^(?=.*\d)[A-Za-z0-9][\w.+~-]{0,63}$/
const digest =
  /^(?:[0-9a-f]{6,128}|[0-9A-F]{6,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:sha256:)[0-9a-f]{64})$/
const maxText = 65_536

/** Strings with their length: no two records have the same raw form. */
export const rawField = (field: string, value: RawValue): string =>
  typeof value === 'string' ? `,${field}:${value.length}"${value}` : `,${field}=${value}`

/** The transform of a listed field. */
export const transformOf = (run: Run, marks: Marks, table: string, field: string, rule: FieldRule): FieldTransform => {
  if (rule.action === 'drop') return dropper(run, table, field, 'field')
  const counter = (name: string, what: string): RuleCount => run.tally.counter(table, field, name, what)
  const removed = (value: RawValue, name: string): Outcome => {
    if (typeof value === 'string') noteDropped(run.values, value)
    return { json: 'null', counters: [counter(name, 'drop')], mark: 0 }
  }
  const prefix = `${JSON.stringify(field)}:`
  const memberOf = (value: RawValue, { json, counters, mark }: Outcome): Member => ({
    member: prefix + json,
    raw: rawField(field, value),
    counters,
    mark,
  })
  const absent = memberOf(null, { json: 'null', counters: kept, mark: 0 })
  if (rule.type === 'integer' || rule.type === 'number' || rule.type === 'time') {
    const numbers = numberTransform(field, prefix, rule, counter)
    return (value) => {
      if (value === null) return absent
      const fault = typeof value === 'string' ? 'type' : numberFault(rule, value)
      return fault === undefined ? numbers(Number(value)) : memberOf(value, removed(value, fault))
    }
  }
  const strings = stringApplier(run, table, field, rule, counter, removed)
  const apply = (value: string): Member => {
    const fits = value.length <= maxText && value.isWellFormed()
    return memberOf(value, fits ? strings(value) : removed(value, 'type'))
  }
  const remembering = memoryOf(marks, apply)
  return (value) =>
    value === null ? absent : typeof value === 'number' ? memberOf(value, removed(value, 'type')) : remembering(value)
}

/** Remembers what became of strings that come again. */
const memoryOf = (marks: Marks, apply: (value: string) => Member): ((value: string) => Member) => {
  const memory = new Map<string, Member>()
  let asked = 0
  let known = 0
  let last: string | undefined
  let outcome: Member | undefined
  return (value) => {
    if (outcome !== undefined && value === last) return outcome
    // A field whose values hardly ever come again (raw lines) is not worth remembering.
    const worth = asked < trial || known * 4 > asked
    let found = worth ? memory.get(value) : undefined
    asked++
    if (found !== undefined) known++
    else {
      found = apply(value)
      if (worth && value.length <= rememberedLength && memory.size < remembered) {
        found = marks.remember(found)
        memory.set(value, found)
      }
    }
    last = value
    outcome = found
    return found
  }
}

/** The transform of a field that is not to leave: gone, and counted. Whoever asks notes what was dropped. */
export const dropper = (run: Run, table: string, field: string, rule: string): FieldTransform => {
  const counters = [run.tally.counter(table, field, rule, 'drop')]
  return (value) => ({
    member: undefined,
    raw: rawField(field, value),
    counters: value === null ? kept : counters,
    mark: 0,
  })
}

/** Notes a string that was dropped; of lists and labels each string in them. */
export const noteDroppedField = (run: Run, type: FieldRule['type'] | undefined, value: string): void => {
  const parts = type === 'strings' || type === 'labels' ? parsed(value) : undefined
  if (typeof parts !== 'object' || parts === null) noteDropped(run.values, value)
  else for (const part of Object.values(parts)) noteDropped(run.values, String(part))
}

type Counter = (name: string, what: string) => RuleCount
type Remove = (value: RawValue, name: string) => Outcome

/** Why a number does not fit its field, or undefined. */
const numberFault = ({ type, range }: FieldRule, value: number): 'type' | 'range' | undefined => {
  if (type === 'number' ? !Number.isFinite(value) : !Number.isSafeInteger(value)) return 'type'
  return range !== undefined && (value < range[0] || value > range[1]) ? 'range' : undefined
}

/** One answer serves all numbers of a field: there are more of them than of anything else. */
const numberTransform = (field: string, prefix: string, { action }: FieldRule, counter: Counter) => {
  const step = Number(/bucket:(\d+)$/.exec(action)?.[1] ?? 0)
  const answer = { member: '', raw: '', counters: step === 0 ? kept : [counter('field', action)], mark: 0 }
  const head = rawField(field, null).slice(0, -'null'.length)
  let bucket = Number.NaN
  return (value: number): Member => {
    const text = String(value)
    answer.raw = head + text
    if (step === 0) answer.member = prefix + text
    else {
      const start = Math.floor(value / step) * step
      if (start !== bucket) answer.member = prefix + String(start)
      bucket = start
    }
    return answer
  }
}

const stringApplier = (
  run: Run,
  table: string,
  field: string,
  rule: FieldRule,
  counter: Counter,
  removed: Remove,
): ((value: string) => Outcome) => {
  const { type, action } = rule
  if (action === 'mask') {
    const counters = [counter('field', 'mask')]
    return (value) => {
      noteDropped(run.values, value)
      return { json: '"[removed]"', counters, mark: 0 }
    }
  }
  if (action.startsWith('pseudonym:')) {
    const counters = [counter('field', action)]
    return (value) => {
      const pseudonym = run.pseudonyms.of(action.slice('pseudonym:'.length), value.normalize('NFKC').trim())
      noteFound(run.values, value, pseudonym)
      return { json: JSON.stringify(pseudonym), counters, mark: 0 }
    }
  }
  if (type === 'enum')
    return (value) =>
      rule.values?.includes(value) ? { json: JSON.stringify(value), counters: kept, mark: 0 } : removed(value, 'enum')
  if (type === 'labels') return (value) => labels(run, table, field, rule, value, removed)
  if (type === 'strings') return (value) => list(run, table, field, rule, value, removed)
  const shape = type === 'word' ? word : type === 'version' ? version : type === 'hash' ? digest : undefined
  return (value) => {
    if (shape !== undefined && !shape.test(value)) return removed(value, 'type')
    const { text, counters } = cleanString(run, table, field, type, value)
    if (rule.public && text === value) run.values.open.add(value)
    if (action === 'keep') return { json: JSON.stringify(text), counters, mark: everyMark }
    const left = action === 'version-minor' ? minor(text) : enumerable(text)
    const acted = left === text ? counters : [...counters, counter('field', action)]
    return { json: JSON.stringify(left), counters: acted, mark: everyMark }
  }
}

/** `2.14.3-rc1` → `2.14`. */
const minor = (text: string): string => /^\D*\d+(?:\.\d+)?/.exec(text)?.[0] ?? ''

/** Numbers and hex runs as `<n>`, so that free text becomes a list that a person can read through. */
const enumerable = (text: string): string =>
  text.replace(/\b0x[0-9a-f]+\b|(?<![\w-])[0-9a-f]*\d[0-9a-f]{3,}\b|(?<!\w)[+-]?\d+(?:\.\d+)?/gi, '<n>')

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const labels = (run: Run, table: string, field: string, rule: FieldRule, text: string, removed: Remove): Outcome => {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return removed(text, 'type')
  const counters: RuleCount[] = []
  const out: Record<string, string> = {}
  const names = rule.names ?? []
  for (const [name, raw] of Object.entries(value)) {
    const label = String(raw)
    const listed = names.includes(name)
    // With `*` a name is itself a word that nobody looked at before.
    const allowed = listed || (names.includes('*') && /^[A-Za-z_][A-Za-z0-9_.]{0,63}$/.test(name))
    if (!allowed || !word.test(label)) {
      noteDropped(run.values, label)
      counters.push(run.tally.counter(table, field, allowed ? 'type' : 'unlisted-label', 'drop'))
      continue
    }
    const key = listed ? { text: name, counters: kept } : cleanString(run, table, field, 'word', name)
    const cleaned = cleanString(run, table, field, 'word', label)
    counters.push(...key.counters, ...cleaned.counters)
    out[key.text] = cleaned.text
  }
  return { json: JSON.stringify(canonicalize(out)), counters, mark: everyMark }
}

const list = (run: Run, table: string, field: string, rule: FieldRule, text: string, removed: Remove): Outcome => {
  const value = parsed(text)
  if (!Array.isArray(value)) return removed(text, 'type')
  const counters: RuleCount[] = []
  const out = value.map((item: unknown) => {
    const cleaned = cleanString(run, table, field, 'text', String(item))
    counters.push(...cleaned.counters)
    return rule.action === 'template' ? enumerable(cleaned.text) : cleaned.text
  })
  return { json: JSON.stringify(canonicalize(out)), counters, mark: everyMark }
}
