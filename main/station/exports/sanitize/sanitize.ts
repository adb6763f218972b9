// SPDX-License-Identifier: Apache-2.0
import { setImmediate } from 'node:timers/promises'
import type { JobContext } from '../../jobs/job.ts'
import type { ClearTable } from '../archive/clear-table.ts'
import { detectorVersions } from './detectors/all.ts'
import { finished, replacements } from './finish.ts'
import { createKGate } from './k-gate.ts'
import { createKnownValues } from './known.ts'
import { createLexicon, type SiteWords } from './lexicon.ts'
import type { LoadedPolicy } from './policy.ts'
import { createPseudonyms, type KindKeys } from './pseudonym.ts'
import { createRawRoot } from './raw-root.ts'
import type { RawRecord } from './raw-record.ts'
import { createTally, type RuleCount } from './report.ts'
import { noFoundValues, type FoundValues } from './secrets-found.ts'
import { sortLines } from './sort-lines.ts'
import type { Run } from './strings.ts'
import { tablePlan } from './table-plan.ts'
import { dropper, noteDroppedField, rawField } from './transform.ts'

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
  const run: Run = { policy, lexicon: createLexicon(request.site), pseudonyms, tally, values }
  const gate = createKGate(policy.k)
  const tables = new Map(
    Object.entries(policy.tables).map(([table, rules]) => [table, tablePlan(run, gate, table, rules)]),
  )
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
  const clear: CleanTable[] = []
  const samples: RawSample[] = []
  for (const [table, plan] of [...tables].sort(([a], [b]) => (a < b ? -1 : 1))) {
    watch.progress({ stage: 'finishing', note: table })
    const done = await finished(run, plan, { known, gate }, breathe)
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

const countUnlisted = (run: Run, { table, fields }: RawRecord): string => {
  let raw = table
  for (const [field, value] of Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const counter of dropper(run, table, field, 'unlisted-table')(value).counters) counter.count++
    if (typeof value === 'string') noteDroppedField(run, undefined, value)
    raw += rawField(field, value)
  }
  return raw
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
