// SPDX-License-Identifier: Apache-2.0
import { quasiOf, type KGate, type QuasiFields } from './k-gate.ts'
import { createMarks, type Marks } from './marks.ts'
import type { FieldRule, SanitizationPolicy } from './policy.ts'
import type { RawRecord } from './raw-record.ts'
import type { Run } from './strings.ts'
import { dropper, noteDroppedField, transformOf, type FieldTransform } from './transform.ts'

/** Records of each table that a reviewer sees side by side. */
const sampleSize = 25

/** A record whose salted digest is among the lowest of its table, and the place of its line. */
export type Sampled = { readonly digest: string; readonly before: RawRecord['fields']; readonly index: number }

/** A table while its records are cleaned. */
export type TablePlan = {
  readonly table: string
  readonly lines: string[]
  /** Gives the texts of the table their marks. */
  readonly marks: Marks
  /** Marks of the texts of each line. */
  readonly lineMarks: number[]
  /** Group of each line, where the table has quasi-identifiers. */
  readonly groups: (string | undefined)[]
  readonly quasi: QuasiFields
  readonly samples: Sampled[]
  /** Cleans a record; `digest` takes its raw form, the same in whatever order its fields stand. */
  take(record: RawRecord, digest: (raw: string) => string): void
}

type Step = {
  readonly field: string
  readonly apply: FieldTransform
  readonly quasiIndex: number
  readonly type: FieldRule['type'] | undefined
}

/** The plan of a table that the policy names. */
export const tablePlan = (
  run: Run,
  gate: KGate,
  table: string,
  { fields, subject }: SanitizationPolicy['tables'][string],
): TablePlan => {
  const quasi = quasiOf(fields)
  const marks = createMarks()
  const known = new Map<string, Step>()
  for (const [field, rule] of Object.entries(fields))
    known.set(field, {
      field,
      apply: transformOf(run, marks, table, field, rule),
      quasiIndex: quasi.findIndex((part) => part.field === field),
      type: rule.type,
    })
  const unlisted = (field: string): Step => {
    const fresh = { field, apply: dropper(run, table, field, 'unlisted'), quasiIndex: -1, type: undefined }
    known.set(field, fresh)
    return fresh
  }
  const lines: string[] = []
  const lineMarks: number[] = []
  const groups: (string | undefined)[] = []
  const samples: Sampled[] = []
  let order: readonly string[] = []
  let steps: readonly Step[] = []
  const take = ({ fields: values }: RawRecord, digest: (raw: string) => string): void => {
    // Canonical JSON wants its keys sorted; records of a table nearly always have the same ones.
    const keys = Object.keys(values)
    if (!isSame(keys, order)) {
      order = keys
      steps = keys.toSorted().map((field) => known.get(field) ?? unlisted(field))
    }
    // Joined, not added up: a string that was added up keeps all of its parts alive.
    const members: string[] = []
    const groupOf: (string | undefined)[] = []
    const dropped: Step[] = []
    let raw = table
    let mark = 0
    for (const step of steps) {
      const value = values[step.field] ?? null
      const done = step.apply(value)
      raw += done.raw
      mark |= done.mark
      for (const counter of done.counters) counter.count++
      if (done.member !== undefined) members.push(done.member)
      else if (typeof value === 'string') dropped.push(step)
      if (step.quasiIndex >= 0) groupOf[step.quasiIndex] = done.member
    }
    for (const { field, type } of dropped) {
      const value = String(values[field])
      // A line without anything variable is its own template: what another field lets out is no secret.
      if (!steps.some((step) => values[step.field] === value && !dropped.includes(step)))
        noteDroppedField(run, type, value)
    }
    const leaf = digest(raw)
    if (members.length === 0) return
    if (samples.length < sampleSize || leaf < (samples.at(-1)?.digest ?? '')) {
      samples.push({ digest: leaf, before: values, index: lines.length })
      samples.sort((a, b) => (a.digest < b.digest ? -1 : 1)).splice(sampleSize)
    }
    members[0] = `{${members[0]}`
    members.push(`${members.pop()}}`)
    lines.push(members.join(','))
    lineMarks.push(mark)
    if (quasi.length > 0) groups.push(gate.note(quasi, groupOf, String(values[subject ?? ''] ?? '')))
  }
  return { table, lines, marks, lineMarks, groups, quasi, samples, take }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
