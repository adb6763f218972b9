// SPDX-License-Identifier: Apache-2.0
import { canonicalize } from '../../../../shared/formats/canonical-json.ts'
import { merge, type KGate } from './k-gate.ts'
import type { KnownValues } from './known.ts'
import { ownWords } from './own-words.ts'
import type { SanitizationPolicy } from './policy.ts'
import type { FoundValues } from './secrets-found.ts'
import type { Run } from './strings.ts'
import type { TablePlan } from './table-plan.ts'
import { everyMark } from './transform.ts'

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)

type Row = Record<string, string | number | null>

/** A line that this file made. */
const parseRow = (line: string): Row => {
  const row: Row = {}
  const value: unknown = JSON.parse(line)
  for (const [key, member] of Object.entries(value ?? {}))
    row[key] = typeof member === 'number' || typeof member === 'string' ? member : null
  return row
}

/** Merges small groups and replaces what was found elsewhere in the run. */
export const finished = async (
  run: Run,
  plan: TablePlan,
  { known, gate }: { known: KnownValues; gate: KGate },
  breathe: () => Promise<void>,
): Promise<string[]> => {
  const { table, lines, marks, lineMarks, groups, quasi } = plan
  const dirty = marks.dirty(known)
  const rules = run.policy.tables[table]?.fields ?? {}
  for (let i = 0; i < lines.length; i++) {
    if (i % 8000 === 0) await breathe()
    const group = groups[i]
    const small = group !== undefined && gate.isSmall(group)
    const mark = lineMarks[i] ?? 0
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
export const replacements = (
  { found, dropped, open }: FoundValues,
  policy: SanitizationPolicy,
): Map<string, string> => {
  const own = new Set([...ownWords(policy)].map((word) => word.toLowerCase()))
  const map = new Map<string, string>()
  // Where two values share a replacement slot (upper and lower case), order must not decide: sort first.
  for (const [value, replacement] of [...found].sort(byKey))
    if (!own.has(value.toLowerCase()) && !open.has(value)) map.set(value, replacement)
  for (const value of [...dropped].filter((one) => !/\s/.test(one)).sort())
    if (!map.has(value) && !own.has(value.toLowerCase()) && !open.has(value)) map.set(value, '[removed]')
  return map
}
