// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { hex64, whole } from '../../../shared/formats/scalars.ts'
import type { RawSample, Sanitized, SanitizeReport } from './sanitize/sanitize.ts'
import type { SanitizationPolicy } from './sanitize/policy.ts'

const scalar = z.union([z.string(), z.number(), z.null()])

/** What a reviewer looks at: stays on the station, with the values that were there before beside what leaves. */
export const previewSchema = z.strictObject({
  contentDigest: hex64,
  policyDigest: hex64,
  tables: z.array(z.strictObject({ table: z.string(), recordsIn: whole, recordsOut: whole, bytes: whole })),
  removed: z.array(
    z.strictObject({ table: z.string(), field: z.string(), rule: z.string(), action: z.string(), count: whole }),
  ),
  /** Distinct strings that leave, rarest first. */
  strings: z.array(z.strictObject({ table: z.string(), field: z.string(), value: z.string(), count: whole })),
  /** Fields with more distinct strings than are listed. */
  more: z.array(z.strictObject({ table: z.string(), field: z.string(), distinct: whole })),
  samples: z.array(z.strictObject({ table: z.string(), before: z.record(z.string(), scalar), line: z.string() })),
  kHistogram: z.array(z.strictObject({ devices: whole, groups: whole })),
  /** `table.field`, and `table.field.label`, of everything that has a value: what an approval lets out. */
  fields: z.array(z.string()),
  /** Those of `fields` that no earlier approval let out. */
  newFields: z.array(z.string()),
})
export type Preview = z.infer<typeof previewSchema>

/** Distinct strings listed per field; a field with more is named in `more`. */
const listed = 2000
/** Distinct strings counted per field, so that a field of unique texts does not fill the memory. */
const counted = 200_000

type Source = Pick<Sanitized, 'tables' | 'kHistogram'> & {
  readonly report: SanitizeReport
  readonly samples: readonly RawSample[]
  readonly contentDigest: string
  readonly policy: SanitizationPolicy
  /** Fields of the last approval; undefined: there was none, nothing is new. */
  readonly approvedFields: readonly string[] | undefined
}

/** Builds the preview from the finished bytes themselves, so that it shows what leaves and not what was meant. */
export const buildPreview = async (source: Source, signal: AbortSignal): Promise<Preview> => {
  const seen: { table: string; fields: Map<string, SeenField> }[] = []
  for (const { path, pieces } of source.tables) {
    const table = path.replace('.ndjson', '')
    const fields = new Map<string, SeenField>()
    seen.push({ table, fields })
    const rules = source.policy.tables[table]?.fields ?? {}
    for (const piece of pieces) {
      signal.throwIfAborted()
      await setImmediate()
      for (const line of Buffer.from(piece).toString('utf8').split('\n'))
        if (line !== '') countLine(rules, line, fields)
    }
  }
  const { report, kHistogram, contentDigest } = source
  const names = seen.flatMap(({ table, fields }) => namesOf(table, fields)).sort()
  return {
    contentDigest,
    policyDigest: report.policyDigest,
    tables: tablesOf(source),
    removed: report.rules.map((rule) => ({ ...rule })),
    ...stringsOf(seen),
    samples: source.samples.map((sample) => ({ ...sample, before: { ...sample.before } })),
    kHistogram: kHistogram.map((bar) => ({ ...bar })),
    fields: names,
    newFields:
      source.approvedFields === undefined ? [] : names.filter((name) => !source.approvedFields?.includes(name)),
  }
}

type Rules = SanitizationPolicy['tables'][string]['fields']

/** A field that has a value: its distinct strings and how often each is there, its labels. */
type SeenField = { readonly strings: Map<string, number>; readonly labels: Set<string> }

const countLine = (rules: Rules, line: string, fields: Map<string, SeenField>): void => {
  for (const [field, value] of entriesOf(line)) {
    if (value === null) continue
    const seen: SeenField = fields.get(field) ?? { strings: new Map(), labels: new Set() }
    fields.set(field, seen)
    if (typeof value !== 'string') continue
    const { strings, labels } = seen
    const n = strings.get(value)
    const rule = rules[field]
    // Labels that were counted before are known.
    if (n === undefined && rule?.type === 'labels') for (const [label] of entriesOf(value)) labels.add(label)
    // A code says nothing to a reviewer, and there are many of them.
    if (rule?.action.startsWith('pseudonym:')) continue
    if (n !== undefined || strings.size < counted) strings.set(value, (n ?? 0) + 1)
  }
}

const entriesOf = (text: string): [string, unknown][] => {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

const namesOf = (table: string, fields: ReadonlyMap<string, SeenField>): string[] =>
  [...fields].flatMap(([field, { labels }]) => {
    const name = `${table}.${field}`
    return [name, ...[...labels].map((label) => `${name}.${label}`)]
  })

const stringsOf = (
  seen: readonly { table: string; fields: ReadonlyMap<string, SeenField> }[],
): Pick<Preview, 'strings' | 'more'> => {
  const strings: Preview['strings'] = []
  const more: Preview['more'] = []
  for (const { table, fields } of seen)
    for (const [field, { strings: values }] of fields) {
      const rare = [...values].sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1))
      for (const [value, n] of rare.slice(0, listed)) strings.push({ table, field, value, count: n })
      if (rare.length > listed) more.push({ table, field, distinct: rare.length })
    }
  strings.sort((a, b) => a.count - b.count || (a.table + a.field + a.value < b.table + b.field + b.value ? -1 : 1))
  return { strings, more }
}

const tablesOf = ({ tables, report }: Source): Preview['tables'] =>
  Object.entries(report.input)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([table, recordsIn]) => {
      const pieces = tables.find(({ path }) => path === `${table}.ndjson`)?.pieces ?? []
      const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
      return { table, recordsIn, recordsOut: report.output[table] ?? 0, bytes }
    })
