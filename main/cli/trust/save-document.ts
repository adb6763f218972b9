// SPDX-License-Identifier: Apache-2.0
import { manifestName } from '../../station/bundles/envelope/names.ts'
import { entryOf } from '../../station/bundles/envelope/writer.ts'
import { factsOf } from '../../station/platform/files.ts'
import { saveEnvelope } from '../bundle/draft.ts'
import { unusable } from '../file-trouble.ts'

/** Writes an unsigned trust document to a new file. Errors: `file.unusable` (there is a file already, but for `force`). */
export const saveNewDocument = (path: string, manifest: Uint8Array, force = false): void => {
  if (!force && factsOf(path) !== undefined) throw unusable(path, 'it is there already')
  saveEnvelope(path, [entryOf(manifestName, manifest)], true)
}
