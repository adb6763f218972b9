// SPDX-License-Identifier: Apache-2.0
import { dictionaryOf } from '../../main/station/exports/collect.ts'
import { leakScan, type LeakScanResult } from '../../main/station/exports/sanitize/leak/leak-scan.ts'
import type { SiteWords } from '../../main/station/exports/sanitize/lexicon.ts'
import { ownWords } from '../../main/station/exports/sanitize/own-words.ts'
import {
  policyText,
  readPolicy,
  type LoadedPolicy,
  type SanitizationPolicy,
} from '../../main/station/exports/sanitize/policy.ts'
import type { RawRecord } from '../../main/station/exports/sanitize/raw-record.ts'
import { sanitize, type Sanitized } from '../../main/station/exports/sanitize/sanitize.ts'
import { defaultPolicy, testKeys } from './export-policy.ts'
import { corpusSite } from './leak-corpus.ts'

const quiet = { signal: new AbortController().signal, progress: () => undefined }

/** Cleans records with the test keys. */
export const cleaned = (
  records: Iterable<RawRecord>,
  policy: LoadedPolicy = defaultPolicy(),
  site: SiteWords = corpusSite,
): Promise<Sanitized> => sanitize({ records, policy, site, keys: testKeys.ofKind, rawSalt: testKeys.rawSalt }, quiet)

/** The finished bytes of every table as one text. */
export const textOf = ({ tables }: Sanitized): string =>
  tables.map(({ path, pieces }) => `${path}\n${Buffer.concat([...pieces]).toString('utf8')}`).join('')

/** The leak scan over a finished run. */
export const scanned = (
  run: Sanitized,
  policy: LoadedPolicy = defaultPolicy(),
  site: SiteWords = corpusSite,
): Promise<LeakScanResult> =>
  leakScan(
    {
      tables: run.tables,
      documents: [{ name: 'report', value: run.report.input }],
      found: run.values.found.keys(),
      dropped: run.values.dropped,
      dictionary: dictionaryOf(site),
      canaries: [],
      exempt: new Set([...ownWords(policy.policy), ...run.values.open]),
    },
    quiet.signal,
  )

/** A policy of one table `events` with these fields, for what the default policy keeps shut. */
export const policyOf = (
  fields: SanitizationPolicy['tables'][string]['fields'],
  changes: Partial<SanitizationPolicy> = {},
): LoadedPolicy =>
  readPolicy(
    Buffer.from(
      policyText({
        ...defaultPolicy().policy,
        tables: {
          events: { subject: 'device', fields: { device: { type: 'word', action: 'pseudonym:device' }, ...fields } },
        },
        ...changes,
      }),
    ),
  )

/** A policy that lets lines out as text. */
export const linePolicy = (): LoadedPolicy => policyOf({ line: { type: 'text', action: 'keep' } })

/** A line of a device. */
export const lineOf = (line: string, device = 'KX-1'): RawRecord => ({ table: 'events', fields: { device, line } })
