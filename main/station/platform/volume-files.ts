// SPDX-License-Identifier: Apache-2.0
/**
 * Looking at foreign volumes off this thread: a drive that does not answer holds up whoever waits for it, never the
 * station. Errors of the operating system pass through as they are (with `code`).
 */
import { lstat, open, readdir, readFile, realpath, stat, statfs } from 'node:fs/promises'
import { bytes, type Bytes } from '../../../shared/units.ts'

/** What a path leads to: a folder or not, and the number of the device that it is on. */
export type PlaceFacts = { readonly isFolder: boolean; readonly device: number }

/** Facts of where a path leads, links followed; undefined where nothing is there. */
export const placeFacts = async (path: string): Promise<PlaceFacts | undefined> => {
  const facts = await orNothing(stat(path))
  return facts === undefined ? undefined : { isFolder: facts.isDirectory(), device: facts.dev }
}

/** The path with every link followed; undefined where nothing is there. */
export const realPlace = (path: string): Promise<string | undefined> => orNothing(realpath(path))

/** Names in a folder, sorted by code units; undefined where there is no such folder. */
export const namesIn = async (path: string): Promise<readonly string[] | undefined> =>
  (await orNothing(readdir(path)))?.sort()

/** Size and time of what has this name, links not followed; undefined for a folder, and where nothing is there. */
export const fileIn = async (path: string): Promise<{ size: Bytes; modified: number } | undefined> => {
  const facts = await orNothing(lstat(path))
  if (facts === undefined || facts.isDirectory()) return undefined
  return { size: bytes(facts.size), modified: Math.floor(facts.mtimeMs) }
}

/** Room on the volume of a path. */
export const spaceOf = async (path: string): Promise<{ free: Bytes; total: Bytes }> => {
  const { bavail, blocks, bsize } = await statfs(path)
  return { free: bytes(bavail * bsize), total: bytes(blocks * bsize) }
}

/** The text of a small file of the system; undefined where there is none. */
export const textOf = (path: string): Promise<string | undefined> => orNothing(readFile(path, 'utf8'))

/** Makes the names in a folder durable, off this thread. */
export const flushFolder = async (path: string): Promise<void> => {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const absent = new Set(['ENOENT', 'ENOTDIR'])

const orNothing = async <T>(asked: Promise<T>): Promise<T | undefined> => {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Error && 'code' in error && absent.has(String(error.code))) return undefined
    throw error
  }
}
