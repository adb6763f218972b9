// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import type { AuditLog } from '../audit/entry.ts'
import type { Reauthentication, Role, Session, Signatures } from '../identity/session.ts'
import type { JobContext } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import { factsOf, listFolder, makeFolder, remove } from '../platform/files.ts'
import type { VolumeFiles } from '../platform/volume-io.ts'
import type { Store } from '../store/open.ts'
import { archiveOnce } from './archive-once.ts'
import { openClearStore, type ClearStore } from './clear-store.ts'
import { collectExport, type Wanted } from './collect.ts'
import { approveExport, rejectExport, type Shown } from './decide.ts'
import { readPreview } from './preview-store.ts'
import type { Preview } from './preview.ts'
import { listCopies, listRequests, readRequest, type ExportCopy, type ExportRow } from './request.ts'
import type { LeakHit } from './sanitize/leak/leak-scan.ts'
import type { SiteWords } from './sanitize/lexicon.ts'
import type { LoadedPolicy } from './sanitize/policy.ts'
import type { RawRecord } from './sanitize/raw-record.ts'
import { readHits } from './sealed-notes.ts'
import type { SiteKeys } from './site-keys.ts'
import { writeToMedium, type Medium } from './write.ts'

/** What exports need of the rest of the station. */
export type ExportDependencies = {
  readonly store: Store
  readonly audit: AuditLog
  /** vkey line that the log's checkpoints open with. */
  readonly auditKey: string
  readonly clock: Clock
  readonly signatures: Pick<Signatures, 'sign'>
  /** Folder of everything below: clear bytes, previews, archives, sealed maps. */
  readonly folder: string
  /** Site pseudonym and random station id: what archives call this place. */
  readonly names: { readonly site: string; readonly station: string }
  readonly keys: SiteKeys
  /** Records of a period that is over, from every source that exports. */
  readonly records: (from: number, to: number) => Iterable<RawRecord>
  readonly policy: () => LoadedPolicy
  /** Undefined while the officer has set no dictionary: then nothing leaves. */
  readonly siteWords: () => SiteWords | undefined
  /** Values planted on purpose, to see whether they come out. */
  readonly canaries: readonly string[]
  /** age keys and version of the trust policy in force. */
  readonly recipients: () => readonly string[]
  readonly trustPolicy: () => number
  /** CMS over the manifest by the station's key. */
  readonly sign: (manifest: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

/** The dependencies, with what the parts of this folder share. */
export type ExportContext = ExportDependencies & { readonly clear: ClearStore }

/** Exports: cleaned, looked at, approved by somebody else, written (docs/formats/sanitization.md). */
export type Exports = {
  /** Long work; `job.id` becomes the id of the request. Errors: `export.leak`, `export.nothing`, `export.policy`. */
  request(wanted: Wanted, session: Session, role: Role, job: JobContext): Promise<ExportRow>
  list(): ExportRow[]
  get(id: string): ExportRow
  /** As it was approved, where it was. Error: `export.preview`. */
  preview(id: string): Preview
  /** What the leak search found in a request that it refused. Error: `not-found`. */
  hits(id: string): LeakHit[]
  /** Errors: `export.same-person`, `export.changed`, `export.policy`, `export.state`. */
  approve(shown: Shown, proof: Reauthentication, role: Role): ExportRow
  reject(id: string, reason: string, proof: Reauthentication, role: Role): ExportRow
  /** Long work: signs the archive once, copies it to the medium, reads it back. Safe to call again at any time. */
  write(
    id: string,
    medium: Medium,
    session: Session,
    role: Role,
    job: JobContext,
    files?: VolumeFiles,
  ): Promise<ExportCopy>
  /** The ledger of everything that left. */
  copies(number?: number): ExportCopy[]
  /** At start: removes what a crash left half-made. Gives the number of things removed. */
  recover(): number
}

/** Exports of a station. */
export const createExports = (dependencies: ExportDependencies): Exports => {
  const { folder, store } = dependencies
  makeFolder(folder)
  const context: ExportContext = { ...dependencies, clear: openClearStore(join(folder, 'clear')) }
  // Numbers have no gaps and each archive names the one before: archives are made one after the other.
  let turn: Promise<unknown> = Promise.resolve()
  const writing = new Set<string>()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work)
    turn = result.catch(() => undefined)
    return result
  }
  return {
    request: (wanted, session, role, job) => collectExport(context, wanted, session, role, job),
    list: () => listRequests(store.read),
    get: (id) => readRequest(store.read, id),
    hits: (id) => readHits(context, id),
    preview: (id) => readPreview(folder, store.read, readRequest(store.read, id)),
    approve: (shown, proof, role) => approveExport(context, shown, proof, role),
    reject: (id, reason, proof, role) => rejectExport(context, id, reason, proof, role),
    async write(id, medium, session, role, job, files) {
      // Two at once would write to one temporary name.
      if (writing.has(id)) throw new AirlockError('job.busy', { export: id })
      writing.add(id)
      try {
        job.progress({ stage: 'signing' })
        const archive = await inTurn(() => archiveOnce(context, id, job.signal))
        return await writeToMedium(context, archive, medium, session, role, job, files)
      } finally {
        writing.delete(id)
      }
    },
    copies: (number) => listCopies(store.read, number),
    recover: () => recoverExports(context),
  }
}

/**
 * Removes what no request speaks of: half-written files, staging folders, an archive whose number was never given,
 * clear bytes of requests that were rejected or voided. What was approved or written stays.
 */
const recoverExports = ({ folder, store, clear }: ExportContext): number => {
  const rows = listRequests(store.read)
  const before = entriesBelow(folder)
  for (const name of listFolder(folder)) if (name.startsWith('.')) remove(join(folder, name))
  const archives = new Set(rows.flatMap(({ sha256 }) => (sha256 === null ? [] : [`${sha256}.airtlm`])))
  removeBut(join(folder, 'archives'), archives)
  removeBut(join(folder, 'previews'), new Set(rows.map(({ id }) => `${id}.json`)))
  const alive = rows.filter(({ state }) => state !== 'rejected' && state !== 'voided')
  clear.keepOnly(new Set(alive.flatMap(({ tables }) => tables.map(({ sha256 }) => sha256))))
  return before - entriesBelow(folder)
}

const removeBut = (folder: string, kept: ReadonlySet<string>): void => {
  if (factsOf(folder) === undefined) return
  for (const name of listFolder(folder)) if (!kept.has(name)) remove(join(folder, name))
}

const entriesBelow = (folder: string): number =>
  listFolder(folder).reduce((sum, name) => {
    const path = join(folder, name)
    return sum + 1 + (factsOf(path)?.kind === 'folder' ? listFolder(path).length : 0)
  }, 0)
