// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import type { ErrorCode } from '../../../shared/error-codes.ts'
import type { TelemetryManifest } from '../../../shared/formats/telemetry-archive.ts'
import type { Question } from '../../station/bundles/checklist.ts'
import type { Outcome } from '../../station/bundles/open-envelope.ts'
import { createFile, makeFolder, remove, type FileWriter } from '../../station/platform/files.ts'
import { newId } from '../../station/platform/ids.ts'
import type { Log } from '../../station/platform/log.ts'
import type { Fault } from '../../station/trust/standing.ts'
import { linkOf, openArchive, type ArchiveRules } from './archive-opening.ts'
import { judgeAuditHead, readAuditHead } from './audit-head.ts'
import { decryptTable } from './decrypt-table.ts'
import type { Lake } from './lake.ts'
import { judgeChain, judgeStationKey, type Link } from './link.ts'

/** What importing needs besides the files. */
export type ImportContext = {
  readonly lake: Lake
  readonly rules: Omit<ArchiveRules, 'sink' | 'neighbours'>
  readonly identities: readonly string[]
  /** Takes an archive although the one before it is missing, or although its station has a new key. */
  readonly gapReason: string | null
  readonly log: Log
}

/** Why a file is not loaded. `quarantined`: something that a person can bring or settle is missing. */
export type TurnedAway = Fault & { readonly verdict: 'refused' | 'quarantined' }

/** A file that was judged, and decrypted where it is to be loaded: its clear tables lie in the folder `staging`. */
export type Prepared = {
  readonly staging: string
  readonly archiveId?: string
  readonly manifest?: TelemetryManifest
  readonly next:
    | { readonly kind: 'load'; readonly link: Link; readonly manifest: TelemetryManifest }
    | { readonly kind: 'already' }
    | { readonly kind: 'turned-away'; readonly why: TurnedAway }
}

/** Where a table's clear bytes lie. */
export const clearFile = (staging: string, table: string): string => join(staging, `${table}.ndjson`)

/** Codes that a person can lift: the file is kept, and tried again when what was missing is there. */
const waiting: readonly ErrorCode[] = ['archive.gap', 'archive.unknown-station']

/**
 * Judges a file by the rules and by the archives that the lake knows (`links`), then decrypts it and compares the clear
 * bytes with the manifest. Nothing of it is in the lake afterwards; the caller removes `staging`. Errors: those of the
 * disk; whatever is wrong with the file is a verdict.
 */
export const prepareArchive = async (
  path: string,
  context: ImportContext,
  links: readonly Link[],
): Promise<Prepared> => {
  const staging = join(context.lake.folder, '.staging', newId())
  makeFolder(staging)
  try {
    const outcome = await openInto(staging, path, context, links)
    const { opened } = outcome
    if (outcome.cause !== undefined) context.log.error('archive', outcome.cause)
    const facts = { staging, ...(opened === undefined ? {} : { archiveId: opened.digest, manifest: opened.manifest }) }
    const head = opened === undefined ? undefined : readAuditHead(opened.manifest)
    if (opened === undefined || head?.ok !== true || outcome.verdict.verdict === 'refused') {
      return { ...facts, next: { kind: 'turned-away', why: reasonOf(outcome) } }
    }
    if (links.some(({ id }) => id === opened.digest)) return { ...facts, next: { kind: 'already' } }
    const fault = await decryptAll(opened.manifest, staging, context.identities)
    if (fault !== undefined) return { ...facts, next: { kind: 'turned-away', why: { verdict: 'refused', ...fault } } }
    return { ...facts, next: { kind: 'load', link: linkOf(opened, head.value), manifest: opened.manifest } }
  } catch (error) {
    remove(staging)
    throw error
  }
}

const openInto = async (
  staging: string,
  path: string,
  context: ImportContext,
  links: readonly Link[],
): Promise<Outcome<TelemetryManifest>> => {
  const files: FileWriter[] = []
  try {
    return await openArchive(path, {
      ...context.rules,
      sink({ path: payload }) {
        const file = createFile(encryptedFile(staging, payload))
        files.push(file)
        return { write: (chunk) => file.write(chunk), end: () => undefined }
      },
      neighbours: (link, manifest) => neighbourQuestions(link, manifest, links, context.gapReason),
    })
  } finally {
    for (const file of files) file.close()
  }
}

const encryptedFile = (staging: string, payload: string): string => join(staging, payload.slice('payload/'.length))

/** A reason lifts a gap and a new key; a contradiction in the chain or in the audit log is never lifted. */
const neighbourQuestions = (
  link: Link,
  manifest: TelemetryManifest,
  links: readonly Link[],
  gapReason: string | null,
): Question[] => {
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

const reasonOf = ({ verdict }: Outcome<TelemetryManifest>): TurnedAway => {
  // A signer that no pinned station CA stands behind is a station that this policy does not know, or not yet.
  const code = verdict.code === 'trust.unknown-signer' ? 'archive.unknown-station' : (verdict.code ?? 'internal')
  const detail = verdict.checks.find(({ ok }) => !ok)?.detail
  return {
    verdict: waiting.includes(code) ? 'quarantined' : 'refused',
    code,
    ...(detail === undefined ? {} : { detail }),
  }
}

const decryptAll = async (
  { payloads }: TelemetryManifest,
  staging: string,
  identities: readonly string[],
): Promise<Fault | undefined> => {
  for (const payload of payloads) {
    const from = encryptedFile(staging, payload.path)
    const found = await decryptTable(payload, from, identities, clearFile(staging, payload.table))
    if (found !== undefined) return found
    remove(from)
  }
  return undefined
}
