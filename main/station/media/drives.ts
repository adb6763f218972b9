// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import type { Bytes } from '../../../shared/units.ts'
import { factsOf, freeBytes, listFolder, realPath } from '../platform/files.ts'

/** What Airlock reads or writes on a drive, by suffix; nothing else is ever opened. */
export type DriveFile = {
  readonly name: string
  readonly size: Bytes
  readonly kind: 'bundle' | 'trust' | 'archive' | 'request' | 'certificate'
}

/** A drive as people see it: the page never learns a path. */
export type Drive = {
  readonly id: string
  readonly name: string
  readonly free: Bytes
  readonly files: readonly DriveFile[]
}

/** Drives that are there now. Configured folders count as drives; mounts come with the watch for removable media. */
export type Drives = {
  list(): readonly Drive[]
  /** What Airlock reads on a drive. Errors: `medium.gone`, `medium.unreadable`. */
  filesOn(driveId: string): readonly DriveFile[]
  /** The path of a listed file. Errors: `medium.gone`, `medium.unreadable`, `not-found`. */
  fileOn(driveId: string, name: string): string
  /** The folder to write to. Errors: `medium.gone`. */
  folderOf(driveId: string): string
}

const suffixes = {
  '.airfw': 'bundle',
  '.airtrust': 'trust',
  '.airtlm': 'archive',
  '.airreq': 'request',
  '.cert.pem': 'certificate',
} as const
const shown = 1000

const kindOf = (name: string): DriveFile['kind'] | undefined =>
  Object.entries(suffixes).find(([suffix]) => name.endsWith(suffix))?.[1]

/** The folder itself, however its path is spelled; nothing where there is none now. */
const folderAt = (path: string): string[] => {
  try {
    const folder = realPath(path)
    return factsOf(folder)?.kind === 'folder' ? [folder] : []
  } catch {
    // A drive that is not plugged in: the answer of the system is the answer.
    return []
  }
}

/** An id that says nothing about the path and stays the same while the folder does. */
const idOf = (folder: string): string => createHash('sha256').update(folder).digest('hex').slice(0, 16)

const filesIn = (folder: string): DriveFile[] =>
  listFolder(folder)
    .slice(0, shown)
    .flatMap((name) => {
      const kind = kindOf(name)
      const facts = kind === undefined ? undefined : factsOf(join(folder, name))
      // Links and devices are listed too: opening them is refused with medium.not-regular, which people should see.
      return kind === undefined || facts === undefined || facts.kind === 'folder'
        ? []
        : [{ name, size: facts.size, kind }]
    })

/** Drives by configured folders. Errors: `medium.unreadable` when a folder is there and cannot be read. */
export const createDrives = (folders: readonly string[]): Drives => {
  const present = (): string[] => [...new Set(folders.flatMap(folderAt))]
  const folderOf = (driveId: string): string => {
    const folder = present().find((path) => idOf(path) === driveId)
    if (folder === undefined) throw new AirlockError('medium.gone', { drive: driveId })
    return folder
  }
  const read = <T>(driveId: string, work: () => T): T => {
    try {
      return work()
    } catch (cause) {
      throw new AirlockError('medium.unreadable', { drive: driveId }, { cause })
    }
  }
  return {
    list: () =>
      present().map((folder) => {
        const id = idOf(folder)
        return read(id, () => ({ id, name: basename(folder), free: freeBytes(folder), files: filesIn(folder) }))
      }),
    folderOf,
    filesOn(driveId) {
      const folder = folderOf(driveId)
      return read(driveId, () => filesIn(folder))
    },
    fileOn(driveId, name) {
      const folder = folderOf(driveId)
      // The name is looked up, not joined: a path with a slash or dots names no listed file.
      if (!read(driveId, () => filesIn(folder)).some((file) => file.name === name))
        throw new AirlockError('not-found', { name })
      return join(folder, name)
    },
  }
}
