// SPDX-License-Identifier: Apache-2.0
import { dirname, join } from 'node:path'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import { AirlockError } from '../../../shared/errors.ts'
import type { TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import type { Question } from '../../station/bundles/checklist.ts'
import type { Opened } from '../../station/bundles/open-envelope.ts'
import { createFile, makeFolder, publish, remove, type FileWriter } from '../../station/platform/files.ts'
import { newId } from '../../station/platform/ids.ts'
import type { Log } from '../../station/platform/log.ts'
import { linkOf, openArchive, type ArchiveRules } from './archive-opening.ts'
import { judgeAuditHead, readAuditHead } from './audit-head.ts'
import { addArchive } from './catalogue.ts'
import { decryptTable } from './decrypt-table.ts'
import type { Lake } from './lake.ts'
import { judgeChain, judgeStationKey, type Link } from './link.ts'
import { stageTable, type StagedFile } from './load-table.ts'

/** What importing needs besides the file; `links` is what the lake knew when this archive's turn came. */
export type ImportContext = {
  readonly lake: Lake
  readonly rules: Omit<ArchiveRules, 'sink' | 'neighbours'>
  readonly identities: readonly string[]
  readonly links: readonly Link[]
  /** Takes an archive although the one before it is missing, or although its station has a new key. */
  readonly gapReason: string | null
  readonly log: Log
}

/** What became of one file. `rows`: new rows in the lake; `already`: the archive was in it before. */
export type Imported = {
  readonly verdict: 'accepted' | 'refused' | 'quarantined'
  readonly code?: ErrorCode
  readonly detail?: string
  readonly archiveId?: string
  readonly manifest?: TelemetryManifest
  readonly rows: number
  readonly already: boolean
  /** The link that later archives of the same run are compared with. */
  readonly link?: Link
}

/** Codes that a person can lift: the file is kept, and tried again when what was missing is there. */
const waiting: readonly ErrorCode[] = ['archive.gap', 'archive.unknown-station']

/**
 * Takes one archive into the lake (docs/formats/telemetry-archive.md, clause 6): judge → decrypt → compare → stage →
 * publish → catalogue. The rows are there when this returns `accepted`, and none of them otherwise. Errors: those of
 * the disk; whatever is wrong with the file is a verdict.
 */
export const importArchive = async (path: string, context: ImportContext): Promise<Imported> => {
  const staging = join(context.lake.folder, '.staging', newId())
  makeFolder(staging)
  try {
    return await judgeAndLoad(path, staging, context)
  } finally {
    remove(staging)
  }
}

const judgeAndLoad = async (path: string, staging: string, context: ImportContext): Promise<Imported> => {
  const files: FileWriter[] = []
  const outcome = await openArchive(path, {
    ...context.rules,
    sink({ path: payload }) {
      const file = createFile(encryptedFile(staging, payload))
      files.push(file)
      return { write: (chunk) => file.write(chunk), end: () => undefined }
    },
    neighbours: (link, manifest) => neighbourQuestions(link, manifest, context),
  }).finally(() => files.forEach((file) => file.close()))
  const { opened, verdict } = outcome
  const facts = opened === undefined ? {} : { archiveId: opened.digest, manifest: opened.manifest }
  if (outcome.cause !== undefined) context.log.error('archive', outcome.cause)
  if (verdict.verdict === 'refused' || opened === undefined) {
    // A signer that no pinned station CA stands behind is a station that this policy does not know, or not yet.
    const code = verdict.code === 'trust.unknown-signer' ? 'archive.unknown-station' : (verdict.code ?? 'internal')
    const detail = verdict.checks.find(({ ok }) => !ok)?.detail
    return {
      verdict: waiting.includes(code) ? 'quarantined' : 'refused',
      ...told(code, detail),
      ...facts,
      rows: 0,
      already: false,
    }
  }
  if (context.links.some(({ id }) => id === opened.digest))
    return { verdict: 'accepted', ...facts, rows: 0, already: true }
  const staged = await stageAll(opened, staging, context)
  if (!staged.ok) return { verdict: 'refused', ...told(staged.code, staged.detail), ...facts, rows: 0, already: false }
  const link = await publishAll(opened, staged.files, context)
  const rows = staged.files.reduce((sum, file) => sum + file.rows, 0)
  return { verdict: 'accepted', ...facts, rows, already: false, link }
}

const told = (code: ErrorCode, detail: string | undefined): { code: ErrorCode; detail?: string } =>
  detail === undefined ? { code } : { code, detail }

/** A reason lifts a gap and a new key; a contradiction in the chain or in the audit log is never lifted. */
const neighbourQuestions = (link: Link, manifest: TelemetryManifest, context: ImportContext): Question[] => {
  const { links, gapReason } = context
  const unlessReason = (ask: typeof judgeChain, code: ErrorCode) => () => {
    const found = ask(link, links)
    return found?.code === code && gapReason !== null ? { remark: `${code}: ${gapReason}` } : found
  }
  return [
    { id: 'station', ask: unlessReason(judgeStationKey, 'archive.unknown-station') },
    { id: 'chain', ask: unlessReason(judgeChain, 'archive.gap') },
    { id: 'audit-log', ask: () => judgeAuditHead(link, manifest, links) },
  ]
}

const fileName = (payload: string): string => payload.slice('payload/'.length)
const encryptedFile = (staging: string, payload: string): string => join(staging, fileName(payload))

/** Decrypts, compares and stages table after table; each clear file is removed as soon as it is loaded. */
const stageAll = async (
  { manifest, digest }: Opened<TelemetryManifest>,
  staging: string,
  { lake, identities, log }: ImportContext,
): Promise<{ ok: true; files: StagedFile[] } | { ok: false; code: ErrorCode; detail?: string }> => {
  const files: StagedFile[] = []
  for (const payload of manifest.payloads) {
    const clear = join(staging, `${payload.table}.ndjson`)
    const found = await decryptTable(payload, encryptedFile(staging, payload.path), identities, clear)
    if (found !== undefined) return { ok: false, ...found }
    const staged = await stageTable(lake, { id: digest, manifest }, payload, clear, join(staging, 'parquet'))
    remove(clear)
    if (!staged.ok) {
      if (staged.cause !== undefined) log.error('archive', staged.cause)
      return { ok: false, ...told(staged.code, staged.detail) }
    }
    files.push(...staged.files)
  }
  return { ok: true, files }
}

/** Files first, then the row that makes them count: what a crash leaves between the two is replaced by the next import. */
const publishAll = async (
  opened: Opened<TelemetryManifest>,
  files: readonly StagedFile[],
  { lake, rules, links, gapReason }: ImportContext,
): Promise<Link> => {
  const head = readAuditHead(opened.manifest)
  if (!head.ok) throw new AirlockError(head.code)
  const link = linkOf(opened, head.value)
  for (const { from, to } of files) {
    const target = join(lake.folder, to)
    makeFolder(dirname(target))
    publish(from, target)
  }
  const lifted = judgeChain(link, links) ?? judgeStationKey(link, links)
  const archive = {
    link,
    manifest: opened.manifest,
    gapReason: lifted === undefined ? null : gapReason,
    importedAt: rules.now,
  }
  await addArchive(lake, archive, files)
  return link
}
