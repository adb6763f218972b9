// SPDX-License-Identifier: Apache-2.0
import { canonicalize } from '../../../../shared/formats/canonical-json.ts'
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
export type RawValue = string | number | null

/** Decides one field's values; gives the same outcome for the same value within a run. */
export type FieldTransform = (value: RawValue) => Outcome

const kept: readonly RuleCount[] = []
/** All bits that a small integer holds. */
export const everyMark = 0x3fffffff
const nothing: Outcome = { json: 'null', counters: kept, mark: 0 }
const empty: Outcome = { json: '""', counters: kept, mark: 0 }
/** Distinct values of a field that are remembered; a field with more (counters, times) is not worth it. */
const remembered = 65_536
const rememberedLength = 256
/** Values after which it shows whether remembering is worth it. */
const trial = 8192

/** One word as types know it: printable, without blanks, quotes and backslashes. */
const word = /^[^\s\p{C}"\\]{0,128}$/u
const version = /^(?=.*\d)[A-Za-z0-9][\w.+~-]{0,63}$/
const digest =
  /^(?:[0-9a-f]{6,128}|[0-9A-F]{6,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:sha256:)[0-9a-f]{64})$/
const maxText = 65_536

/** The transform of a listed field. */
export const transformOf = (run: Run, table: string, field: string, rule: FieldRule): FieldTransform => {
  const apply = applier(run, table, field, rule)
  if (rule.action === 'drop') return apply
  const memory = new Map<string, Outcome>()
  let asked = 0
  let known = 0
  let last: { value: string; outcome: Outcome } = { value: '', outcome: empty }
  return (value) => {
    if (typeof value !== 'string') return value === null ? nothing : apply(value)
    if (value === last.value) return last.outcome
    // A field whose values hardly ever come again (raw lines) is not worth remembering.
    const worth = asked < trial || known * 4 > asked
    let outcome = worth ? memory.get(value) : undefined
    asked++
    if (outcome !== undefined) known++
    else {
      outcome = apply(value)
      if (worth && value.length <= rememberedLength && memory.size < remembered) {
        outcome = run.marks.remember(outcome)
        memory.set(value, outcome)
      }
    }
    last = { value, outcome }
    return outcome
  }
}

/** The transform of a field that is not to leave: gone, and counted. Whoever asks notes what was dropped. */
export const dropper = (run: Run, table: string, field: string, rule: string): FieldTransform => {
  const outcome: Outcome = { json: undefined, counters: [run.tally.counter(table, field, rule, 'drop')], mark: 0 }
  const absent: Outcome = { json: undefined, counters: kept, mark: 0 }
  return (value) => (value === null ? absent : outcome)
}

/** Notes a string that was dropped; of lists and labels each string in them. */
export const noteDroppedField = (run: Run, type: FieldRule['type'] | undefined, value: string): void => {
  const parts = type === 'strings' || type === 'labels' ? parsed(value) : undefined
  if (typeof parts !== 'object' || parts === null) noteDropped(run.values, value)
  else for (const part of Object.values(parts)) noteDropped(run.values, String(part))
}

const applier = (run: Run, table: string, field: string, rule: FieldRule): FieldTransform => {
  const { type, action } = rule
  if (action === 'drop') return dropper(run, table, field, 'field')
  const counter = (name: string, what: string): RuleCount => run.tally.counter(table, field, name, what)
  const removed = (value: RawValue, name: string): Outcome => {
    if (typeof value === 'string') noteDropped(run.values, value)
    return { json: 'null', counters: [counter(name, 'drop')], mark: 0 }
  }
  if (type === 'integer' || type === 'number' || type === 'time') return numberApplier(rule, counter, removed)
  const strings = stringApplier(run, table, field, rule, counter, removed)
  return (value) =>
    typeof value !== 'string' || value.length > maxText || !value.isWellFormed()
      ? removed(value, 'type')
      : strings(value)
}

type Counter = (name: string, what: string) => RuleCount
type Remove = (value: RawValue, name: string) => Outcome

const numberApplier = (rule: FieldRule, counter: Counter, removed: Remove): FieldTransform => {
  const { type, action, range } = rule
  const step = /bucket:(\d+)$/.exec(action)?.[1]
  const counters = step === undefined ? kept : [counter('field', action)]
  return (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return removed(value, 'type')
    if (type !== 'number' && !Number.isSafeInteger(value)) return removed(value, 'type')
    if (range !== undefined && (value < range[0] || value > range[1])) return removed(value, 'range')
    const kept = step === undefined ? value : Math.floor(value / Number(step)) * Number(step)
    return { json: String(kept), counters, mark: 0 }
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
