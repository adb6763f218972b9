// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path'
import type { Bytes } from '../../../shared/units.ts'
import { fileIn, namesIn, spaceOf } from '../platform/volume-files.ts'

/** What Airlock reads or writes on a drive, by suffix; nothing else is ever opened, and nothing is ever run. */
export type DriveFile = {
  readonly name: string
  readonly size: Bytes
  /** Milliseconds UTC by the drive; tells two files of one name apart. */
  readonly modified: number
  readonly kind: 'bundle' | 'trust' | 'archive' | 'request' | 'certificate'
}

/** The first that fits counts. */
const suffixes = {
  '.cert.airtrust': 'certificate',
  '.airfw': 'bundle',
  '.airtrust': 'trust',
  '.airtlm': 'archive',
  '.airreq': 'request',
} as const
const shown = 1000

const known = (name: string): Pick<DriveFile, 'name' | 'kind'>[] => {
  const kind = Object.entries(suffixes).find(([suffix]) => name.endsWith(suffix))?.[1]
  return kind === undefined ? [] : [{ name, kind }]
}

/** What Airlock knows in the top folder of a volume. Errors: the system's own. */
export const filesIn = async (folder: string): Promise<DriveFile[]> => {
  const files: DriveFile[] = []
  // Whatever else lies there crowds nothing out: a recall list among a thousand pictures is read.
  for (const { name, kind } of ((await namesIn(folder)) ?? []).flatMap(known).slice(0, shown)) {
    // Links and devices are listed too: opening them is refused with medium.not-regular, which people should see.
    const facts = await fileIn(join(folder, name))
    if (facts !== undefined) files.push({ name, ...facts, kind })
  }
  return files
}

/** What one look at a volume finds. */
export type Look = { readonly free: Bytes; readonly total: Bytes; readonly files: readonly DriveFile[] }

/** Looks at a volume once. Errors: the system's own. */
export const lookAt = async (folder: string): Promise<Look> => ({
  ...(await spaceOf(folder)),
  files: await filesIn(folder),
})
