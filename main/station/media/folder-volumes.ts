// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { placeFacts, realPlace } from '../platform/volume-files.ts'
import type { Volume, VolumeSource } from './volume.ts'

/** The folder itself, however its path is spelled; nothing where there is none now. */
const volumeAt = async (path: string): Promise<Volume[]> => {
  const folder = await realPlace(path)
  const facts = folder === undefined ? undefined : await placeFacts(folder)
  if (folder === undefined || facts?.isFolder !== true) return []
  return [
    {
      path: folder,
      id: createHash('sha256').update(folder).digest('hex').slice(0, 16),
      mount: String(facts.device),
      name: basename(folder),
      filesystem: '',
      readOnly: false,
      inputDevice: false,
    },
  ]
}

/** Configured folders count as drives while they are there. */
export const folderVolumes =
  (folders: readonly string[]): VolumeSource =>
  async () => {
    const found = (await Promise.all(folders.map(volumeAt))).flat()
    return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index)
  }
