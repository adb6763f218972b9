// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import { bytes } from '../../../shared/units.ts'
import { makeFolder, readWhole } from '../platform/files.ts'
import { previewSchema, type Preview } from './preview.ts'

/** A preview lists at most some thousand strings a field. */
const largest = bytes(256 * 1024 * 1024)

/** Where the preview of a request lies: it can be opened again years later as it was. */
export const previewPath = (folder: string, id: string): string => {
  const previews = join(folder, 'previews')
  makeFolder(previews)
  return join(previews, `${id}.json`)
}

/** The preview as it was when the request was made. */
export const readPreview = (folder: string, id: string): Preview =>
  previewSchema.parse(JSON.parse(Buffer.from(readWhole(previewPath(folder, id), largest)).toString('utf8')))
