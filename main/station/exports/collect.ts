// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { actorOf, type Role, type Session } from '../identity/session.ts'
import type { JobContext } from '../jobs/job.ts'
import { writeDurable } from '../platform/files.ts'
import { digestOfFiles } from './clear-store.ts'
import type { ExportContext } from './exports.ts'
import { previewPath, readPreview } from './preview-store.ts'
import { buildPreview } from './preview.ts'
import { insertRequest, listRequests, readRequest, type ExportReport, type ExportRow } from './request.ts'
import { keepHits, keepMap } from './sealed-notes.ts'
import { leakScan, leakScanVersion, type LeakScanResult } from './sanitize/leak/leak-scan.ts'
import type { SiteWords } from './sanitize/lexicon.ts'
import { ownWords } from './sanitize/own-words.ts'
import type { LoadedPolicy } from './sanitize/policy.ts'
import { sanitize, type Sanitized } from './sanitize/sanitize.ts'

/** What is asked for: a half-open period in milliseconds UTC, and why. */
export type Wanted = { readonly from: number; readonly to: number; readonly reason: string }

/** No dictionary: the detectors still run, the leak scan then refuses. */
const noWords: SiteWords = { words: [], people: [], serials: [], domains: [] }

/**
 * Cleans the period, scans the result, keeps the clear bytes and their preview on the disk, and writes the request with
 * its audit entry. Nothing leaves and nothing is approved. Errors: `export.leak` (no role can override it),
 * `export.nothing`, `export.policy`; the signal's reason when it is aborted.
 */
export const collectExport = async (
  context: ExportContext,
  wanted: Wanted,
  session: Session,
  role: Role,
  job: JobContext,
): Promise<ExportRow> => {
  const { audit, clock, keys } = context
  const policy = context.policy()
  const site = context.siteWords()
  const cleaned = await sanitize(
    {
      records: context.records(wanted.from, wanted.to),
      policy,
      site: site ?? noWords,
      keys: keys.ofKind,
      rawSalt: keys.rawSalt,
    },
    job,
  )
  if (cleaned.recordsOut === 0) throw new AirlockError('export.nothing', { recordsIn: cleaned.recordsIn })
  job.progress({ stage: 'leak-scan' })
  const scan = await scanAll(context, cleaned, policy, site, wanted, job.signal)
  const actor = actorOf(session, role)
  const object = { type: 'export', id: job.id }
  if (!scan.clean) {
    const rules = [...new Set(scan.hits.map(({ rule }) => rule))].sort()
    const after = { from: wanted.from, to: wanted.to, hits: scan.hits.length, rules }
    audit.note({
      actor,
      action: 'export.request',
      object,
      outcome: 'refused',
      reason: 'export.leak',
      after,
      corr: job.id,
    })
    keepHits(context, job.id, scan.hits)
    throw new AirlockError('export.leak', { hits: scan.hits.length, rules: rules.join(' '), export: job.id })
  }
  job.progress({ stage: 'keeping' })
  const row = await keep(context, cleaned, scan, policy, wanted, session, job)
  const after = {
    from: row.from_ms,
    to: row.to_ms,
    content: row.content_digest,
    policy: row.policy_digest,
    in: row.records_in,
    out: row.records_out,
  }
  audit.change(
    {
      actor,
      session: session.id,
      action: 'export.request',
      object,
      outcome: 'ok',
      reason: wanted.reason,
      after,
      corr: job.id,
    },
    (tx) => insertRequest(tx, { ...row, requested_at: clock.now() }),
  )
  return readRequest(context.store.read, job.id)
}

const scanAll = (
  context: ExportContext,
  { tables, report, values }: Sanitized,
  { policy }: LoadedPolicy,
  site: SiteWords | undefined,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<LeakScanResult> =>
  leakScan(
    {
      tables,
      documents: [
        { name: 'report', value: report },
        {
          name: 'manifest',
          value: { ...context.names, pseudonymKey: context.keys.id, from: wanted.from, to: wanted.to },
        },
      ],
      found: values.found.keys(),
      dropped: values.dropped,
      dictionary: site && dictionaryOf(site),
      canaries: context.canaries,
      exempt: new Set([...ownWords(policy), ...values.open, ...reportWords(report)]),
    },
    signal,
  )

/** Words, people, logins and serial numbers, as the leak scan and the last look at the manifest take them. */
export const dictionaryOf = ({ words, people, serials }: SiteWords): string[] => [
  ...words,
  ...people.flatMap(({ name, login }) => [name, login]),
  ...serials,
]

/** Names of rules and actions: the report's own vocabulary. */
export const reportWords = ({
  rules,
}: {
  readonly rules: readonly { readonly rule: string; readonly action: string }[]
}): string[] => [...vocabulary, ...rules.flatMap(({ rule, action }) => [rule, action])]

const vocabulary = (
  'rules rule action count input output scan manifest report from to site station policyDigest detectors rawRoot ' +
  'pseudonymKey table field'
).split(' ')

const keep = async (
  context: ExportContext,
  cleaned: Sanitized,
  scan: LeakScanResult,
  { policy }: LoadedPolicy,
  wanted: Wanted,
  session: Session,
  job: JobContext,
) => {
  const { clear, folder, keys, store } = context
  const tables = cleaned.tables.map(({ path, records, pieces }) => clear.put(path, records, pieces))
  const contentDigest = digestOfFiles(tables)
  const approved = listRequests(store.read).find(({ state }) => state === 'approved' || state === 'written')
  const preview = await buildPreview(
    {
      ...cleaned,
      policy,
      contentDigest,
      approvedFields: approved && readPreview(folder, store.read, approved).fields,
    },
    job.signal,
  )
  writeDurable(previewPath(folder, job.id), JSON.stringify(preview))
  keepMap(context, job.id, cleaned.pseudonymMap)
  const report: ExportReport = {
    ...cleaned.report,
    input: { ...cleaned.report.input },
    output: { ...cleaned.report.output },
    rules: cleaned.report.rules.map((rule) => ({ ...rule })),
    scan: { result: 'clean', bytes: scan.bytes, version: leakScanVersion },
  }
  return {
    id: job.id,
    from_ms: wanted.from,
    to_ms: wanted.to,
    reason: wanted.reason,
    requested_by: session.personId,
    requested_name: session.name,
    policy_digest: cleaned.report.policyDigest,
    key_id: keys.id,
    content_digest: contentDigest,
    records_in: cleaned.recordsIn,
    records_out: cleaned.recordsOut,
    tables,
    report,
  }
}
