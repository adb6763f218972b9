// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import { tableNames, type TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import { millis } from '../../../shared/units.ts'
import { stationActor } from '../audit/entry.ts'
import { consistencyProof, leafHash } from '../audit/merkle.ts'
import { storedNodes } from '../audit/tables.ts'
import { toTime } from '../platform/clock.ts'
import { factsOf, makeFolder, publish, remove } from '../platform/files.ts'
import { newId } from '../platform/ids.ts'
import { buildArchive, type ArchiveFacts } from './archive.ts'
import { filePieces } from './archive/write-file.ts'
import { dictionaryOf, reportWords } from './collect.ts'
import { voidExport } from './decide.ts'
import type { ExportContext } from './exports.ts'
import { lastArchive, readRequest, requireState, type ExportRow, type LastArchive } from './request.ts'
import { leakScan } from './sanitize/leak/leak-scan.ts'
import { createPseudonyms } from './sanitize/pseudonym.ts'

/** A request whose finished file lies on the station. */
export type ArchivedExport = {
  readonly row: ExportRow
  readonly file: string
  readonly number: number
  readonly sha256: string
  readonly bytes: number
}

const archivePath = (folder: string, sha256: string): string => join(folder, 'archives', `${sha256}.airtlm`)

/** SHA-256 of a file, lower-case hex. */
export const fileDigest = (path: string): string => {
  const hash = createHash('sha256')
  for (const piece of filePieces(path)) hash.update(piece)
  return hash.digest('hex')
}

/**
 * The finished archive of an approved request: made once, kept, and the same file at every later call. The number is
 * given together with the file's digest, in one transaction after the file is on the disk: a crash before it leaves a
 * stray file that recovery removes and no number. Not to be called twice at a time. Errors: `export.state`,
 * `export.changed`, `export.leak`, `export.no-recipient`, `storage.io` (the kept file is damaged or gone).
 */
export const archiveOnce = async (context: ExportContext, id: string, signal: AbortSignal): Promise<ArchivedExport> => {
  const row = requireState(context.store.read, id, 'approved', 'written')
  return finished(context, row) ?? make(context, row, signal)
}

const finished = ({ folder }: ExportContext, row: ExportRow): ArchivedExport | undefined => {
  const { number, sha256, bytes } = row
  if (number === null || sha256 === null || bytes === null) return undefined
  const file = archivePath(folder, sha256)
  if (factsOf(file)?.size !== bytes || fileDigest(file) !== sha256)
    throw new AirlockError('storage.io', { what: 'the kept archive is damaged', number })
  return { row, file, number, sha256, bytes }
}

const make = async (context: ExportContext, row: ExportRow, signal: AbortSignal): Promise<ArchivedExport> => {
  const { audit, clear, folder, store } = context
  if (!clear.isWhole(row.tables)) {
    voidExport(context, row.id, 'export.changed')
    throw new AirlockError('export.changed', { export: row.id })
  }
  const auditSize = audit.head().size
  const facts = factsOfArchive(context, row)
  await scanFacts(context, facts, signal)
  makeFolder(join(folder, 'archives'))
  const out = join(folder, 'archives', `.${newId()}.part`)
  const built = await buildArchive({
    tables: clear.tables(row.tables),
    facts,
    recipients: context.recipients(),
    sign: context.sign,
    staging: join(folder, `.staging-${row.id}`),
    out,
  }).catch((error: unknown) => {
    remove(out)
    throw error
  })
  publish(out, archivePath(folder, built.sha256))
  const { number, previous } = facts
  audit.change(
    {
      actor: stationActor,
      action: 'export.archive',
      object: { type: 'export', id: row.id },
      outcome: 'ok',
      after: { number, archive: built.archiveId, previous, content: row.content_digest },
      evidence: [{ type: 'archive', sha256: built.sha256, bytes: built.size }],
      corr: row.id,
    },
    (tx) =>
      tx.run(
        `INSERT INTO export_archive (number, request, archive_id, previous, sha256, bytes, audit_size, signed_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        number,
        row.id,
        built.archiveId,
        previous,
        built.sha256,
        built.size,
        auditSize,
        context.clock.now(),
      ),
  )
  const file = archivePath(folder, built.sha256)
  return { row: readRequest(store.read, row.id), file, number, sha256: built.sha256, bytes: built.size }
}

const time = (ms: number): string => toTime(millis(ms))

const factsOfArchive = (context: ExportContext, row: ExportRow): ArchiveFacts => {
  const last = lastArchive(context.store.read)
  const { rules, detectors, input, output, policyDigest, rawRoot, scan } = row.report
  const { inclusion, audit } = auditFacts(context, row, last)
  return {
    exportId: row.id,
    site: context.names.site,
    station: context.names.station,
    pseudonymKey: row.key_id,
    number: (last?.number ?? 0) + 1,
    previous: last?.archive_id ?? null,
    createdAt: time(context.clock.now()),
    range: { from: time(row.from_ms), to: time(row.to_ms) },
    trustPolicy: context.trustPolicy(),
    approval: {
      person: createPseudonyms(context.keys.ofKind).of('person', row.decided_by ?? ''),
      meaning: 'approved',
      time: time(row.decided_at ?? 0),
      contentDigest: row.content_digest,
      ...inclusion,
    },
    sanitization: {
      policyDigest,
      detectors: `sha256:${createHash('sha256').update(detectors).digest('hex')}`,
      rawRoot,
      input: known(input),
      output: known(output),
      rules,
      scan,
    },
    audit,
  }
}

/** Counts of the tables that an archive can have; others appear in the rules as `unlisted-table`. */
const known = (counts: Readonly<Record<string, number>>): TelemetryManifest['sanitization']['input'] =>
  Object.fromEntries(tableNames.flatMap((table) => (counts[table] === undefined ? [] : [[table, counts[table]]])))

/** The newest head, that the approval's entry is in it, and that it extends the head of the archive before. */
const auditFacts = ({ audit, auditKey, store }: ExportContext, { decision_seq }: ExportRow, last?: LastArchive) => {
  const { note: checkpoint, size } = audit.head()
  const from = last?.audit_size
  const grown =
    from === undefined ? {} : { consistency: { from, proof: consistencyProof(storedNodes(store.read), from, size) } }
  const head = { checkpoint, key: auditKey, ...grown }
  if (decision_seq === null) return { audit: head, inclusion: {} }
  const { leaf, proof } = audit.prove(decision_seq)
  return {
    audit: head,
    inclusion: { inclusion: { index: decision_seq, size, leaf: leafHash(leaf), proof: [...proof] } },
  }
}

/** The manifest is made after the review: it holds nothing but pseudonyms, counts and random ids, and that is checked. */
const scanFacts = async (context: ExportContext, facts: ArchiveFacts, signal: AbortSignal): Promise<void> => {
  const site = context.siteWords()
  const exempt = new Set([...Object.keys(facts), ...reportWords(facts.sanitization)])
  const documents = [{ name: 'manifest', value: facts }]
  const dictionary = site && dictionaryOf(site)
  const scan = await leakScan(
    { tables: [], documents, found: [], dropped: [], dictionary, canaries: context.canaries, exempt },
    signal,
  )
  if (!scan.clean) throw new AirlockError('export.leak', { hits: scan.hits.length, where: 'manifest' })
}
