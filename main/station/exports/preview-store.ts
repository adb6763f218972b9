// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import { hex64 } from '../../../shared/formats/scalars.ts'
import { bytes } from '../../../shared/units.ts'
import { readLeaves } from '../audit/tables.ts'
import { makeFolder, readWhole } from '../platform/files.ts'
import type { ReadHandle } from '../store/open.ts'
import { previewSchema, type Preview } from './preview.ts'
import type { ExportRow } from './request.ts'

/** A preview lists at most some thousand strings a field. */
const largest = bytes(256 * 1024 * 1024)

/** Where the preview of a request lies: it can be opened again years later as it was. */
export const previewPath = (folder: string, id: string): string => {
  const previews = join(folder, 'previews')
  makeFolder(previews)
  return join(previews, `${id}.json`)
}

const storedBytes = (folder: string, id: string): Uint8Array => readWhole(previewPath(folder, id), largest)
const digestOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** SHA-256 of the preview as it lies on the disk: an approval is for it, too. */
export const previewDigest = (folder: string, id: string): string => digestOf(storedBytes(folder, id))

const approval = z.object({ after: z.object({ preview: hex64 }) })

/** The digest that the log has of the preview which was approved. */
const approvedDigest = (db: ReadHandle, seq: number): string | undefined => {
  const [entry] = readLeaves(db, seq, seq + 1)
  const found = approval.safeParse(entry === undefined ? {} : JSON.parse(Buffer.from(entry.leaf).toString('utf8')))
  return found.success ? found.data.after.preview : undefined
}

/**
 * The preview as it was when the request was made. Of an approved one: exactly the bytes that were approved, which the
 * log knows by their digest. Errors: `export.preview` (they are others now).
 */
export const readPreview = (
  folder: string,
  db: ReadHandle,
  { id, decision_seq: seq }: Pick<ExportRow, 'id' | 'decision_seq'>,
): Preview => {
  const content = storedBytes(folder, id)
  if (seq !== null && digestOf(content) !== approvedDigest(db, seq))
    throw new AirlockError('export.preview', { export: id, entry: seq })
  return previewSchema.parse(JSON.parse(Buffer.from(content).toString('utf8')))
}
