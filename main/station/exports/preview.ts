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
  const counts: Counts = new Map()
  const fields = new Set<string>()
  for (const { path, pieces } of source.tables) {
    const table = path.replace('.ndjson', '')
    const rules = source.policy.tables[table]?.fields ?? {}
    for (const piece of pieces) {
      signal.throwIfAborted()
      await setImmediate()
      for (const line of Buffer.from(piece).toString('utf8').split('\n'))
        if (line !== '') countLine(table, rules, line, counts, fields)
    }
  }
  const { report, kHistogram, contentDigest } = source
  const names = [...fields].sort()
  return {
    contentDigest,
    policyDigest: report.policyDigest,
    tables: tablesOf(source),
    removed: report.rules.map((rule) => ({ ...rule })),
    ...stringsOf(counts),
    samples: source.samples.map((sample) => ({ ...sample, before: { ...sample.before } })),
    kHistogram: kHistogram.map((bar) => ({ ...bar })),
    fields: names,
    newFields:
      source.approvedFields === undefined ? [] : names.filter((name) => !source.approvedFields?.includes(name)),
  }
}

type Counts = Map<string, Map<string, number>>

const countLine = (
  table: string,
  rules: SanitizationPolicy['tables'][string]['fields'],
  line: string,
  counts: Counts,
  fields: Set<string>,
): void => {
  for (const [field, value] of Object.entries(parse(line))) {
    if (value === null || value === undefined) continue
    const rule = rules[field]
    fields.add(`${table}.${field}`)
    if (typeof value !== 'string') continue
    if (rule?.type === 'labels') for (const label of Object.keys(parse(value))) fields.add(`${table}.${field}.${label}`)
    // A code says nothing to a reviewer, and there are many of them.
    if (!rule?.action.startsWith('pseudonym:')) count(counts, JSON.stringify([table, field]), value)
  }
}

const parse = (text: string): Record<string, unknown> => {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

const count = (counts: Counts, key: string, value: string): void => {
  const ofField = counts.get(key) ?? new Map<string, number>()
  counts.set(key, ofField)
  const n = ofField.get(value)
  if (n !== undefined || ofField.size < counted) ofField.set(value, (n ?? 0) + 1)
}

const stringsOf = (counts: ReadonlyMap<string, ReadonlyMap<string, number>>): Pick<Preview, 'strings' | 'more'> => {
  const strings: Preview['strings'] = []
  const more: Preview['more'] = []
  for (const [key, values] of counts) {
    const [table = '', field = ''] = z.array(z.string()).parse(JSON.parse(key))
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
