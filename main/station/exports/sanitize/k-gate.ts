// SPDX-License-Identifier: Apache-2.0
import type { FieldRule } from './policy.ts'

/** What stands where a group of too few devices was merged. */
export const mergedGroup = 'other'

/** The quasi-identifiers of one table: fields, and labels inside a field. */
export type QuasiFields = readonly { readonly field: string; readonly labels: readonly string[] | undefined }[]

/** Which fields of a table tell few devices apart. */
export const quasiOf = (fields: Readonly<Record<string, FieldRule>>): QuasiFields =>
  Object.entries(fields)
    .filter(([, rule]) => rule.quasi !== undefined && rule.action !== 'drop')
    .map(([field, rule]) => ({ field, labels: rule.quasi === true ? undefined : rule.quasi }))

type Row = Record<string, string | number | null>

/** Counts devices by group of place and time; groups are one and the same for all tables of a run. */
export type KGate = {
  /** Notes the quasi-identifiers of a row (in the order of `quasi`, as `"field":json`) and gives their group, if they have one. */
  note(quasi: QuasiFields, values: readonly (string | undefined)[], device: string): string | undefined
  /** Whether the group has fewer devices than k. Ask when every row was noted. */
  isSmall(group: string): boolean
  /** Devices per group → number of such groups: what the reviewer sees. */
  histogram(): { devices: number; groups: number }[]
}

/** A gate for groups of at least `k` devices. */
export const createKGate = (k: number): KGate => {
  const groups = new Map<string, Set<string>>()
  const parts = new Map<string, string>()
  return {
    note(quasi, values, device) {
      let group = ''
      for (let i = 0; i < quasi.length; i++) {
        const member = values[i]
        if (member === undefined) continue
        let part = parts.get(member)
        if (part === undefined) parts.set(member, (part = partOf(quasi[i], member)))
        group += part
      }
      if (group === '') return undefined
      const devices = groups.get(group) ?? new Set<string>()
      groups.set(group, devices.add(device))
      return group
    },
    isSmall: (group) => (groups.get(group)?.size ?? 0) < k,
    histogram() {
      const counts = new Map<number, number>()
      for (const { size } of groups.values()) counts.set(size, (counts.get(size) ?? 0) + 1)
      return [...counts].sort(([a], [b]) => a - b).map(([devices, n]) => ({ devices, groups: n }))
    },
  }
}

/** What a member adds to the group: itself, or those of its labels that count. */
const partOf = (quasi: QuasiFields[number] | undefined, member: string): string => {
  if (quasi === undefined || member.endsWith(':null')) return ''
  const { field, labels } = quasi
  if (labels === undefined) return `${member};`
  const text: unknown = JSON.parse(member.slice(JSON.stringify(field).length + 1))
  const all = labelsIn(String(text))
  return labels
    .filter((name) => all[name] !== undefined)
    .map((name) => `${field}.${name}=${JSON.stringify(all[name])};`)
    .join('')
}

const labelsIn = (text: string): Record<string, string> => {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, label]) => [name, String(label)]))
    : {}
}

/** The row with its quasi-identifiers merged: strings become `other`, numbers go. */
export const merge = (quasi: QuasiFields, row: Row, encode: (labels: Record<string, string>) => string): Row => {
  const merged = { ...row }
  for (const { field, labels } of quasi) {
    const value = row[field]
    if (value === null || value === undefined) continue
    if (labels === undefined) merged[field] = typeof value === 'string' ? mergedGroup : null
    else {
      const all = labelsIn(String(value))
      for (const name of labels) if (all[name] !== undefined) all[name] = mergedGroup
      merged[field] = encode(all)
    }
  }
  return merged
}
