// SPDX-License-Identifier: Apache-2.0
import { AirlockError, toAirlockError } from '../../../shared/errors.ts'
import { actorOf, type Role, type Session } from '../identity/session.ts'
import type { JobContext } from '../jobs/job.ts'
import { newId } from '../platform/ids.ts'
import type { VolumeFiles } from '../platform/volume-io.ts'
import type { ArchivedExport } from './archive-once.ts'
import type { ExportContext } from './exports.ts'
import { insertCopy, listCopies, updateRequest, type ExportCopy } from './request.ts'
import { writeCopy } from './write-copy.ts'

/** Where a copy goes. `id` stands in the ledger; `folder` fails with `medium.gone` when the medium is not there. */
export type Medium = { readonly id: string; readonly folder: () => Promise<string> }

/** The name of an archive on a medium: its number, and enough of its digest to tell stations apart. */
export const archiveName = ({ number, sha256 }: Pick<ArchivedExport, 'number' | 'sha256'>): string =>
  `export-${String(number).padStart(6, '0')}-${sha256.slice(0, 8)}.airtlm`

/**
 * Writes a finished archive to a medium and into the ledger. A failure leaves the approval as it is and is in the log;
 * the same call again finishes the work, and one that was finished changes nothing. Errors: those of `writeCopy`.
 */
export const writeToMedium = async (
  context: ExportContext,
  archive: ArchivedExport,
  medium: Medium,
  session: Session,
  role: Role,
  job: JobContext,
  files?: VolumeFiles,
): Promise<ExportCopy> => {
  const { audit, store, clock } = context
  const name = archiveName(archive)
  const entry = {
    actor: actorOf(session, role),
    session: session.id,
    action: 'export.write' as const,
    object: { type: 'export', id: archive.row.id },
    evidence: [{ type: 'archive', sha256: archive.sha256, bytes: archive.bytes }],
    corr: job.id,
  }
  const after = { number: archive.number, medium: medium.id, name }
  try {
    job.signal.throwIfAborted()
    const progress = (done: number): void => job.progress({ stage: 'writing', done, total: archive.bytes })
    progress(0)
    await writeCopy(archive, medium.folder, name, files, progress)
  } catch (error) {
    const { code } = toAirlockError(error)
    audit.note({ ...entry, outcome: 'failed', reason: code, after })
    throw error instanceof AirlockError ? error : new AirlockError('medium.write', { name }, { cause: error })
  }
  const before = listCopies(store.read, archive.number).find((copy) => copy.medium === medium.id && copy.name === name)
  if (before !== undefined) return before
  const copy: ExportCopy = {
    id: newId(),
    number: archive.number,
    medium: medium.id,
    name,
    sha256: archive.sha256,
    bytes: archive.bytes,
    person: session.personId,
    written_at: clock.now(),
  }
  audit.change({ ...entry, outcome: 'ok', after }, (tx) => {
    insertCopy(tx, copy)
    updateRequest(tx, archive.row.id, 'written')
  })
  return copy
}
