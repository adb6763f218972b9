// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'
import { canonicalize } from '../../../../shared/formats/canonical-json.ts'
import type { JobContext } from '../../jobs/job.ts'
import type { ClearTable } from '../archive/clear-table.ts'
import { detectorVersions } from './detectors/all.ts'
import { createKGate, merge, quasiOf, type KGate, type QuasiFields } from './k-gate.ts'
import { createKnownValues, type KnownValues } from './known.ts'
import { createLexicon, type SiteWords } from './lexicon.ts'
import { createMarks } from './marks.ts'
import { ownWords } from './own-words.ts'
import type { FieldRule, LoadedPolicy, SanitizationPolicy } from './policy.ts'
import { createPseudonyms, type KindKeys } from './pseudonym.ts'
import { createRawRoot } from './raw-root.ts'
import type { RawRecord } from './raw-record.ts'
import { createTally, type RuleCount } from './report.ts'
import { noFoundValues, type FoundValues } from './secrets-found.ts'
import { sortLines } from './sort-lines.ts'
import type { Run } from './strings.ts'
import { dropper, everyMark, noteDroppedField, transformOf, type FieldTransform } from './transform.ts'

export type SanitizeRequest = {
  readonly records: Iterable<RawRecord>
  readonly policy: LoadedPolicy
  readonly site: SiteWords
  readonly keys: KindKeys
  /** Salt of the raw root, from the site's keys. */
  readonly rawSalt: string
}

/** What leaves besides the tables: counts, versions and digests, never a value. */
export type SanitizeReport = {
  readonly policyDigest: string
  readonly detectors: string
  readonly rawRoot: string
  readonly input: Readonly<Record<string, number>>
  readonly output: Readonly<Record<string, number>>
  readonly rules: readonly RuleCount[]
}

/** A finished table; each piece ends with a line. */
export type CleanTable = ClearTable & { readonly pieces: readonly Uint8Array[] }

/** A record before and after, for the reviewer on the station. */
export type RawSample = { readonly table: string; readonly before: RawRecord['fields']; readonly line: string }

export type Sanitized = {
  readonly tables: readonly CleanTable[]
  readonly report: SanitizeReport
  readonly recordsIn: number
  readonly recordsOut: number
  readonly kHistogram: readonly { devices: number; groups: number }[]
  /** For the leak scan; forgotten afterwards. */
  readonly values: FoundValues
  /** A few records of each table, picked by their salted digest: the same in whatever order the records came. */
  readonly samples: readonly RawSample[]
  /** pseudonym → value: stays on site, sealed. */
  readonly pseudonymMap: ReadonlyMap<string, string>
}

type Watch = Pick<JobContext, 'signal' | 'progress'>

/** Records between two breaths: a few milliseconds of work. */
const batch = 1000
/** Records of each table that a reviewer sees side by side. */
const sampleSize = 25

/**
 * Cleans records by a policy (docs/formats/sanitization.md): what the policy does not list is dropped and counted,
 * strings go through the detectors, groups under k devices are merged, and what was found anywhere is replaced
 * everywhere. Same records, policy, words and keys give the same bytes, in whatever order the records come.
 * Rejects with the signal's reason when it is aborted. Nothing is written anywhere.
 */
export const sanitize = async (request: SanitizeRequest, watch: Watch): Promise<Sanitized> => {
  const { policy } = request.policy
  const pseudonyms = createPseudonyms(request.keys)
  const tally = createTally()
  const values = noFoundValues()
  const run: Run = { policy, lexicon: createLexicon(request.site), pseudonyms, tally, values, marks: createMarks() }
  const gate = createKGate(policy.k)
  const tables = tablePlans(run, gate)
  const raw = createRawRoot(request.rawSalt)
  const input: Record<string, number> = {}
  let recordsIn = 0
  const breathe = async (): Promise<void> => {
    watch.signal.throwIfAborted()
    await setImmediate()
  }

  for (const record of request.records) {
    if (recordsIn++ % batch === 0) {
      watch.progress({ stage: 'cleaning', done: recordsIn })
      await breathe()
    }
    input[record.table] = (input[record.table] ?? 0) + 1
    const plan = tables.get(record.table)
    if (plan === undefined) raw.add(countUnlisted(run, record))
    else plan.take(record, (text) => raw.add(text))
  }

  const known = createKnownValues(replacements(values, policy))
  const dirty = run.marks.dirty(known)
  const clear: CleanTable[] = []
  const samples: RawSample[] = []
  for (const [table, plan] of [...tables].sort(([a], [b]) => (a < b ? -1 : 1))) {
    watch.progress({ stage: 'finishing', note: table })
    const done = await finished(run, plan, { known, dirty, gate }, breathe)
    samples.push(...plan.samples.map(({ before, index }) => ({ table, before, line: done[index] ?? '' })))
    const lines = await sortLines(done, breathe)
    if (lines.length === 0) continue
    const pieces = await encodeLines(lines, breathe)
    clear.push({ path: `${table}.ndjson`, records: lines.length, pieces, bytes: () => pieces })
  }
  return {
    tables: clear,
    report: {
      policyDigest: request.policy.digest,
      detectors: detectorVersions,
      rawRoot: raw.root(),
      input,
      output: Object.fromEntries(clear.map(({ path, records }) => [path.replace('.ndjson', ''), records])),
      rules: tally.counts(),
    },
    recordsIn,
    recordsOut: clear.reduce((sum, { records }) => sum + records, 0),
    kHistogram: gate.histogram(),
    values,
    samples,
    pseudonymMap: pseudonyms.map,
  }
}

type Sampled = { readonly digest: string; readonly before: RawRecord['fields']; readonly index: number }

type Plan = {
  readonly table: string
  readonly lines: string[]
  /** Marks of the texts of each line. */
  readonly marks: number[]
  /** Group of each line, where the table has quasi-identifiers. */
  readonly groups: (string | undefined)[]
  readonly quasi: QuasiFields
  readonly samples: Sampled[]
  /** Cleans a record; `digest` takes its raw form, the same in whatever order its fields stand. */
  take(record: RawRecord, digest: (raw: string) => string): void
}

const tablePlans = (run: Run, gate: KGate): Map<string, Plan> =>
  new Map(Object.entries(run.policy.tables).map(([table, rules]) => [table, tablePlan(run, gate, table, rules)]))

const tablePlan = (
  run: Run,
  gate: KGate,
  table: string,
  { fields, subject }: SanitizationPolicy['tables'][string],
): Plan => {
  type Step = {
    field: string
    prefix: string
    apply: FieldTransform
    quasiIndex: number
    type: FieldRule['type'] | undefined
  }
  const quasi = quasiOf(fields)
  const transforms = new Map<string, Step>()
  for (const [field, rule] of Object.entries(fields))
    transforms.set(field, {
      field,
      prefix: `${JSON.stringify(field)}:`,
      apply: transformOf(run, table, field, rule),
      quasiIndex: quasi.findIndex((part) => part.field === field),
      type: rule.type,
    })
  const unlisted = (field: string): Step => {
    const fresh = { field, prefix: '', apply: dropper(run, table, field, 'unlisted'), quasiIndex: -1, type: undefined }
    transforms.set(field, fresh)
    return fresh
  }
  const lines: string[] = []
  const marks: number[] = []
  const groups: (string | undefined)[] = []
  let order: readonly string[] = []
  let steps: readonly Step[] = []
  const samples: Sampled[] = []
  const take = ({ fields: values }: RawRecord, digest: (raw: string) => string): void => {
    // Canonical JSON wants its keys sorted; records of a table nearly always have the same ones.
    const keys = Object.keys(values)
    if (keys.length !== order.length || keys.some((key, i) => key !== order[i])) {
      order = keys
      steps = keys.toSorted().map((field) => transforms.get(field) ?? unlisted(field))
    }
    // Joined, not added up: a string that was added up keeps all of its parts alive.
    const parts: string[] = []
    let raw = table
    const groupOf: (string | undefined)[] = []
    const dropped: string[] = []
    let mark = 0
    for (const { field, prefix, apply, quasiIndex } of steps) {
      const value = values[field] ?? null
      const { json, counters, mark: own } = apply(value)
      mark |= own
      for (const counter of counters) counter.count++
      if (json !== undefined) parts.push(parts.length === 0 ? '{' : ',', prefix, json)
      else if (typeof value === 'string') dropped.push(field)
      if (quasiIndex >= 0) groupOf[quasiIndex] = json
      raw += rawField(field, value)
    }
    for (const field of dropped) {
      const value = String(values[field])
      // A line without anything variable is its own template: what another field lets out is no secret.
      if (!order.some((name) => values[name] === value && !dropped.includes(name)))
        noteDroppedField(run, transforms.get(field)?.type, value)
    }
    const leaf = digest(raw)
    if (parts.length === 0) return
    parts.push('}')
    if (samples.length < sampleSize || leaf < (samples.at(-1)?.digest ?? '')) {
      samples.push({ digest: leaf, before: values, index: lines.length })
      samples.sort((a, b) => (a.digest < b.digest ? -1 : 1)).splice(sampleSize)
    }
    lines.push(parts.join(''))
    marks.push(mark)
    if (quasi.length > 0) groups.push(gate.note(quasi, groupOf, String(values[subject ?? ''] ?? '')))
  }
  return { table, lines, marks, groups, quasi, samples, take }
}

/** Strings with their length: no two records have the same raw form. */
const rawField = (field: string, value: string | number | null): string =>
  typeof value === 'string' ? `,${field}:${value.length}"${value}` : `,${field}=${value}`

type Row = Record<string, string | number | null>

/** A line that this file made. */
const parseRow = (line: string): Row => {
  const row: Row = {}
  const value: unknown = JSON.parse(line)
  for (const [key, member] of Object.entries(value ?? {}))
    row[key] = typeof member === 'number' || typeof member === 'string' ? member : null
  return row
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

const countUnlisted = (run: Run, { table, fields }: RawRecord): string => {
  let raw = table
  for (const [field, value] of Object.entries(fields).sort(byKey)) {
    for (const counter of dropper(run, table, field, 'unlisted-table')(value).counters) counter.count++
    if (typeof value === 'string') noteDroppedField(run, undefined, value)
    raw += rawField(field, value)
  }
  return raw
}

/** Merges small groups and replaces what was found elsewhere in the run. */
const finished = async (
  run: Run,
  plan: Plan,
  { known, dirty, gate }: { known: KnownValues; dirty: number; gate: KGate },
  breathe: () => Promise<void>,
): Promise<string[]> => {
  const { table, lines, marks, groups, quasi } = plan
  const rules = run.policy.tables[table]?.fields ?? {}
  for (let i = 0; i < lines.length; i++) {
    if (i % (batch * 8) === 0) await breathe()
    const group = groups[i]
    const small = group !== undefined && gate.isSmall(group)
    const mark = marks[i] ?? 0
    // All marks: a text that nobody remembers, to be looked at itself.
    const suspect = (mark & dirty) !== 0 || mark === everyMark
    if (!small && !suspect) continue
    const line = lines[i] ?? ''
    if (!small && !known.mayHold(line)) continue
    let row = parseRow(line)
    if (small) {
      row = merge(quasi, row, canonicalize)
      for (const { field } of quasi) run.tally.counter(table, field, 'k-gate', 'merge').count++
    }
    for (const [field, value] of Object.entries(row)) {
      const rule = rules[field]
      if (typeof value !== 'string' || rule === undefined || isExempt(run, rule.type, rule.action, value)) continue
      const { text, count } = replaceIn(rule.type, value, known)
      row[field] = text
      run.tally.counter(table, field, 'known', 'mask').count += count
    }
    lines[i] = canonicalize(row)
  }
  return lines
}

/** Enum values are the policy's own words, pseudonyms the station's, public values everybody's. */
const isExempt = (run: Run, type: string, action: string, value: string): boolean =>
  type === 'enum' || action.startsWith('pseudonym:') || run.values.open.has(value)

/** Replaces inside the strings of a list or of labels, so that the JSON around them stays JSON. */
const replaceIn = (type: string, value: string, known: KnownValues): { text: string; count: number } => {
  if (type !== 'labels' && type !== 'strings') return known.replace(value)
  let count = 0
  const one = (text: string): string => {
    const replaced = known.replace(text)
    count += replaced.count
    return replaced.text
  }
  const parsed: unknown = JSON.parse(value)
  const clean = Array.isArray(parsed)
    ? parsed.map((item: unknown) => one(String(item)))
    : Object.fromEntries(Object.entries(parsed ?? {}).map(([name, label]) => [one(name), one(String(label))]))
  return { text: canonicalize(clean), count }
}

/** Value → replacement: what was found, and dropped strings that are one token. A policy's own words are no secrets. */
const replacements = ({ found, dropped, open }: FoundValues, policy: SanitizationPolicy): Map<string, string> => {
  const own = new Set([...ownWords(policy)].map((word) => word.toLowerCase()))
  const map = new Map<string, string>()
  // Where two values share a replacement slot (upper and lower case), order must not decide: sort first.
  for (const [value, replacement] of [...found].sort(byKey))
    if (!own.has(value.toLowerCase()) && !open.has(value)) map.set(value, replacement)
  for (const value of [...dropped].sort())
    if (!/\s/.test(value) && !map.has(value) && !own.has(value.toLowerCase()) && !open.has(value))
      map.set(value, '[removed]')
  return map
}

/** UTF-8 in pieces that end with a line; the lines are let go as they are encoded. */
const encodeLines = async (lines: string[], breathe: () => Promise<void>): Promise<Uint8Array[]> => {
  const pieces: Uint8Array[] = []
  for (let start = 0; start < lines.length; start += 8192) {
    pieces.push(Buffer.from(`${lines.slice(start, start + 8192).join('\n')}\n`, 'utf8'))
    lines.fill('', start, start + 8192)
    await breathe()
  }
  return pieces
}
