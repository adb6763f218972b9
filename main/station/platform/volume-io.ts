// SPDX-License-Identifier: Apache-2.0
/**
 * Files of foreign volumes, off this thread. Whoever asks may stop waiting: what was asked goes on by itself then, and
 * what it opens is closed. Errors of the operating system pass through as they are (with `code`).
 */
import { constants } from 'node:fs'
import { lstat, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { bytes, type Bytes } from '../../../shared/units.ts'
import type { FileFacts } from './files.ts'
import { flushFolder, spaceOf } from './volume-files.ts'

/** Waits for one thing that a volume is asked: `written` for what may take as long as a slow drive writes. */
export type Ask = <T>(work: () => Promise<T>, kind?: 'asked' | 'written') => Promise<T>

/** As the file of the station's own disk (files.ts), off this thread. */
export type VolumeReader = {
  readonly size: Bytes
  /** Up to `length` bytes from `position`; fewer at the end. They lie in `room` where it is given. */
  readonly read: (position: number, length: number, room?: Uint8Array) => Promise<Uint8Array>
  close(): Promise<void>
}

/** A new file that nobody takes for whole before it is synced and has its name. */
export type VolumeWriter = {
  append(chunk: Uint8Array): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

/** What can be done to the files of a volume. */
export type VolumeFiles = {
  /** As `lstat` says: links are not followed; undefined where nothing is there. */
  factsOf(path: string): Promise<FileFacts | undefined>
  /** A link at the end of the path is refused by the kernel (ELOOP), a FIFO does not block. */
  openReader(path: string): Promise<VolumeReader>
  /** A file that must not exist yet. */
  createFile(path: string): Promise<VolumeWriter>
  makeFolder(path: string): Promise<void>
  /** Moves a finished file or folder to its name, durably. */
  publish(from: string, to: string): Promise<void>
  /** What is not there is no error. */
  remove(path: string): Promise<void>
  freeBytes(path: string): Promise<Bytes>
}

const atOnce: Ask = (work) => work()
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * The files of a volume, each step asked by `ask`; without it each waits as long as the system lets it. New ones get `mode`,
 * less the umask: by default they are this account's alone.
 */
export const volumeFiles = (ask: Ask = atOnce, mode = 0o600): VolumeFiles => ({
  factsOf: (path) => ask(() => factsAt(path)),
  async openReader(path) {
    const { handle, value } = await opened(
      ask,
      () => open(path, readFlags),
      (file) => file.stat(),
    )
    return readerOf(ask, handle, bytes(value.size))
  },
  async createFile(path) {
    const { handle } = await opened(
      ask,
      () => open(path, 'wx', mode),
      () => Promise.resolve(),
    )
    return writerOf(ask, handle)
  },
  // Whoever may read its files may look into a folder.
  makeFolder: (path) =>
    ask(async () => void (await mkdir(path, { recursive: true, mode: mode | ((mode & 0o444) >> 2) }))),
  publish: (from, to) =>
    ask(async () => {
      await rename(from, to)
      await flushFolder(dirname(to))
    }, 'written'),
  remove: (path) => ask(() => rm(path, { recursive: true, force: true })),
  freeBytes: async (path) => (await ask(() => spaceOf(path))).free,
})

/** Writes a file under another name, syncs it, then gives it its own: no part of it ever has that. */
export const putFile = async (
  files: VolumeFiles,
  path: string,
  content: Uint8Array | Iterable<Uint8Array>,
): Promise<void> => {
  const temporary = `${path}.part`
  await files.remove(temporary)
  const file = await files.createFile(temporary)
  try {
    for (const piece of content instanceof Uint8Array ? [content] : content) await file.append(piece)
    await file.flush()
  } finally {
    await file.close()
  }
  await files.publish(temporary, path)
}

/** Closes a file when the work on it has ended. */
export const closeAfter = async <T>(file: VolumeReader, work: (file: VolumeReader) => Promise<T>): Promise<T> => {
  try {
    return await work(file)
  } finally {
    await file.close()
  }
}

const factsAt = async (path: string): Promise<FileFacts | undefined> => {
  try {
    const stat = await lstat(path)
    const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'other'
    return { kind, size: bytes(stat.size), modified: Math.floor(stat.mtimeMs) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Opens a file and asks it something; it is closed when that fails, and when nobody waits for it any more. */
const opened = async <T>(ask: Ask, begin: () => Promise<FileHandle>, first: (file: FileHandle) => Promise<T>) => {
  let givenUp = false
  const work = async () => {
    const handle = await begin()
    try {
      const value = await first(handle)
      if (givenUp) await handle.close()
      return { handle, value }
    } catch (error) {
      await handle.close()
      throw error
    }
  }
  try {
    return await ask(work)
  } catch (error) {
    givenUp = true
    throw error
  }
}

/** The handle waits by itself for what is under way on it; nobody waits longer for it than for anything else. */
const closing = (ask: Ask, handle: FileHandle) => async (): Promise<void> => {
  // Everything that counts was read or synced before: what closing says changes nothing.
  const closed = handle.close().catch(() => undefined)
  await ask(() => closed).catch(() => undefined)
}

const readerOf = (ask: Ask, handle: FileHandle, size: Bytes): VolumeReader => ({
  size,
  async read(position, length, room = Buffer.allocUnsafeSlow(length)) {
    let filled = 0
    while (filled < length) {
      const at = filled
      const { bytesRead } = await ask(() => handle.read(room, at, length - at, position + at))
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return room.subarray(0, filled)
  },
  close: closing(ask, handle),
})

const writerOf = (ask: Ask, handle: FileHandle): VolumeWriter => ({
  async append(chunk) {
    for (let at = 0; at < chunk.length;)
      at += (await ask(() => handle.write(chunk, at, chunk.length - at), 'written')).bytesWritten
  },
  flush: () => ask(() => handle.sync(), 'written'),
  close: closing(ask, handle),
})
