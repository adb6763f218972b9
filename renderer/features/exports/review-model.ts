// SPDX-License-Identifier: Apache-2.0
/** What a reviewer sees of an export: pure, from the preview. */
import { z } from 'zod'
import type { exportPreview } from '../../../shared/contract/values.ts'

export type Preview = z.infer<typeof exportPreview>
type Sample = Preview['samples'][number]

/** One field of one record, beside what leaves of it. */
export type Pair = {
  readonly field: string
  readonly before: string
  readonly after: string | undefined
  readonly fate: 'kept' | 'coded' | 'rounded' | 'removed'
}

const leaving = z.record(z.string(), z.unknown())

/** Fields that are times in ms UTC: nobody reads those as numbers. */
const times = ['t', 'started', 'ended']
const latest = 8_640_000_000_000_000

const text = (value: unknown, field: string): string => {
  if (value === null || value === undefined) return ''
  if (times.includes(field) && typeof value === 'number' && Math.abs(value) <= latest)
    return new Date(value).toISOString().replace('T', ' ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const parse = (line: string): Readonly<Record<string, unknown>> => {
  try {
    return leaving.catch({}).parse(JSON.parse(line))
  } catch {
    // A line that is no JSON leaves nothing that could be shown beside its record.
    return {}
  }
}

/** The fields of a record with what leaves: by name, those that only leave at the end. */
export const pairsOf = ({ before, line }: Sample): readonly Pair[] => {
  const after = parse(line)
  const names = [...Object.keys(before), ...Object.keys(after).filter((name) => !(name in before))]
  return names.map((field) => {
    const was = text(before[field], field)
    if (after[field] === undefined) return { field, before: was, after: undefined, fate: 'removed' }
    const is = text(after[field], field)
    if (is === was) return { field, before: was, after: is, fate: 'kept' }
    const rounded = typeof before[field] === 'number' && typeof after[field] === 'number'
    return { field, before: was, after: is, fate: rounded ? 'rounded' : 'coded' }
  })
}

/** Records, fields and bytes in all. */
export const totalsOf = ({ tables, removed, fields }: Preview) => ({
  recordsIn: tables.reduce((sum, { recordsIn }) => sum + recordsIn, 0),
  recordsOut: tables.reduce((sum, { recordsOut }) => sum + recordsOut, 0),
  bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
  removed: removed.reduce((sum, { count }) => sum + count, 0),
  fields: fields.length,
})

/** What still keeps an officer from signing; undefined: nothing. */
export type Blocked = 'samePerson' | 'newFields' | 'notOfficer' | 'notOpen' | 'reason' | 'password'

/** Everything that the sign panel knows. */
export type SignState = {
  readonly officer: boolean
  readonly open: boolean
  readonly ownRequest: boolean
  readonly meaning: 'approve' | 'reject'
  readonly undecided: number
  readonly reason: string
  readonly password: string
}

/** The first thing that is missing, in the order in which it is mended. */
export const blockedBy = (state: SignState): Blocked | undefined => {
  if (!state.officer) return 'notOfficer'
  if (!state.open) return 'notOpen'
  if (state.ownRequest) return 'samePerson'
  if (state.meaning === 'approve' && state.undecided > 0) return 'newFields'
  if (state.meaning === 'reject' && state.reason.trim() === '') return 'reason'
  return state.password === '' ? 'password' : undefined
}

/** The words of a list, one a line; each once, without the empty ones. */
export const wordsOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]
