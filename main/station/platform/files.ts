// SPDX-License-Identifier: Apache-2.0
/**
 * Durable files. A function that returns has its bytes on the disk: file and folder are synced.
 * Errors of the operating system pass through as they are (with `code`), callers at the edge map them.
 */
import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  fsync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  read,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  write,
  writeSync,
} from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { bytes, type Bytes } from '../../../shared/units.ts'
import { newId } from './ids.ts'

/** What `lstat` says of a path: links are not followed. */
export type FileFacts = { kind: 'file' | 'folder' | 'link' | 'other'; size: Bytes; modified: number }

/** A file opened for reading at positions, once, without following a link. */
export type FileReader = {
  readonly size: Bytes
  /**
   * Up to `length` bytes from `position`; fewer at the end of the file. They lie in `room` where it is given, which is
   * as long at least, and stand only until it is used again; else in memory of their own.
   */
  read(position: number, length: number, room?: Uint8Array): Uint8Array
  close(): void
}

/** A new file that nobody else sees until it is closed and renamed. */
export type FileWriter = {
  write(chunk: Uint8Array): void
  /** As `write`, off this thread; the caller keeps the order and leaves the chunk alone until it resolves. */
  append(chunk: Uint8Array): Promise<void>
  sync(): void
  /** As `sync`, off this thread: syncing a large file takes seconds on a slow disk, and ports have to be served. */
  flush(): Promise<void>
  /** What the file holds from `position` on, into `room`, off this thread; fewer bytes than that fit at its end. */
  readBack(position: number, room: Uint8Array): Promise<Uint8Array>
  close(): void
}

/** Facts of a path, or undefined where nothing is there. */
export const factsOf = (path: string): FileFacts | undefined => {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return undefined
  const kind = stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'other'
  return { kind, size: bytes(stat.size), modified: Math.floor(stat.mtimeMs) }
}

/** Tells one file at a path from the next one there: where it lies, and when it was last made or given away. */
export const madeAt = (path: string): string | undefined => {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? undefined : `${stat.dev}.${stat.ino}.${stat.ctimeMs}`
}

/** Names in a folder, sorted by code units. */
export const listFolder = (path: string): string[] => readdirSync(path).sort()

/** Where a path leads when every link is followed. */
export const realPath = (path: string): string => realpathSync(path)

/** Whether this user may read and write what is at `path`: for a port, before it is opened. */
export const mayUse = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    // The answer of the system is the error: there is no other way to ask.
    return false
  }
}

/** Pseudo-terminals, which sysfs does not list (Documentation/admin-guide/devices.txt). */
const pseudoTerminals = { from: 136, to: 143 }

/** Whether a terminal line is behind `path`, without opening it; what the system does not tell (not Linux) may be one. */
export const mayBeTerminal = (path: string): boolean => {
  const { rdev } = statSync(path)
  const [major, minor] = [(rdev >>> 8) & 0xfff, (rdev & 0xff) | ((rdev >>> 12) & 0xfff00)]
  if (process.platform !== 'linux' || (major >= pseudoTerminals.from && major <= pseudoTerminals.to)) return true
  const subsystem = `/sys/dev/char/${major}:${minor}/subsystem`
  return factsOf(subsystem) === undefined || basename(realpathSync(subsystem)) === 'tty'
}

/** Makes a folder and its parents, readable by the owner only. */
export const makeFolder = (path: string): void => void mkdirSync(path, { recursive: true, mode: 0o700 })

/** Opens a regular file for reading; a link at the end of the path is refused by the kernel (ELOOP), a FIFO does not block. */
export const openReader = (path: string): FileReader => {
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  const size = bytes(fstatSync(fd).size)
  return {
    size,
    // New memory is not zeroed first, which costs a third of the reading; only what was filled is given out.
    read(position, length, buffer = Buffer.allocUnsafeSlow(length)) {
      let filled = 0
      while (filled < length) {
        const n = readSync(fd, buffer, filled, length - filled, position + filled)
        if (n === 0) break
        filled += n
      }
      return buffer.subarray(0, filled)
    },
    close: () => closeSync(fd),
  }
}

/** The whole file, when it is at most `limit` bytes; RangeError otherwise. */
export const readWhole = (path: string, limit: Bytes): Uint8Array => {
  const reader = openReader(path)
  try {
    if (reader.size > limit) throw new RangeError(`${path} has ${reader.size} bytes, at most ${limit} are read`)
    return reader.read(0, reader.size)
  } finally {
    reader.close()
  }
}

/** A file that must not exist yet, readable by the owner only. */
export const createFile = (path: string, mode = 0o600): FileWriter => {
  const fd = openSync(path, 'wx+', mode)
  return {
    write(chunk) {
      let written = 0
      while (written < chunk.length) written += writeSync(fd, chunk, written, chunk.length - written)
    },
    async append(chunk) {
      let written = 0
      while (written < chunk.length) written += (await writeLater(fd, chunk, written)).bytesWritten
    },
    sync: () => fsyncSync(fd),
    flush: () => fsyncLater(fd),
    async readBack(position, room) {
      let filled = 0
      while (filled < room.length) {
        const { bytesRead } = await readLater(fd, room, filled, room.length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return room.subarray(0, filled)
    },
    close: () => closeSync(fd),
  }
}

const fsyncLater = promisify(fsync)
const readLater = promisify(read)
const writeLater = promisify(write)

/** Makes the names in a folder durable. A system that cannot sync folders (Windows) keeps them by its journal. */
export const syncFolder = (path: string): void => {
  if (process.platform === 'win32') return
  const fd = openSync(path, constants.O_RDONLY)
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Moves a finished file or folder to its name, durably. */
export const publish = (from: string, to: string): void => {
  renameSync(from, to)
  syncFolder(dirname(to))
}

/** Replaces a file in one step: readers see the old or the new content, never a part. Pieces are written as they come. */
export const writeDurable = (
  path: string,
  content: Uint8Array | string | Iterable<Uint8Array, void, void>,
  mode = 0o600,
): void => {
  const temporary = join(dirname(path), `.${newId()}.part`)
  const file = createFile(temporary, mode)
  try {
    for (const piece of piecesOf(content)) file.write(piece)
    file.sync()
  } catch (error) {
    remove(temporary)
    throw error
  } finally {
    file.close()
  }
  publish(temporary, path)
}

const piecesOf = (content: Uint8Array | string | Iterable<Uint8Array, void, void>): Iterable<Uint8Array> => {
  if (typeof content === 'string') return [new TextEncoder().encode(content)]
  return content instanceof Uint8Array ? [content] : content
}

/**
 * Replaces a small file in one step without holding up the caller: for one writer at a time. The content is synced before
 * it gets its name, so a crash leaves the old or the new content.
 */
export const replaceFile = async (path: string, content: string): Promise<void> => {
  const file = await open(`${path}.part`, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
}

/** Removes a file or a whole folder; what is not there is no error. */
export const remove = (path: string): void => rmSync(path, { recursive: true, force: true })

/** Bytes that this user may still write on the volume of `path`. */
export const freeBytes = (path: string): Bytes => volumeOf(path).free

/** The volume of `path`: what this user may still write, and all of it. */
export const volumeOf = (path: string): { readonly free: Bytes; readonly total: Bytes } => {
  const { bavail, blocks, bsize } = statfsSync(path)
  return { free: bytes(bavail * bsize), total: bytes(blocks * bsize) }
}

/** Takes `size` bytes of the disk for a file: they are written, because a file with holes takes nothing. */
export const allocate = (path: string, size: Bytes): void => {
  const temporary = join(dirname(path), `.${newId()}.part`)
  const file = createFile(temporary)
  try {
    const piece = new Uint8Array(Math.min(size, 1 << 20))
    for (let left = Number(size); left > 0; left -= piece.length) file.write(piece.subarray(0, left))
    file.sync()
  } catch (error) {
    remove(temporary)
    throw error
  } finally {
    file.close()
  }
  publish(temporary, path)
}

/** Bytes of a file, or of all files below a folder; what is not there has none. */
export const sizeBelow = (path: string): number => {
  const facts = factsOf(path)
  if (facts?.kind !== 'folder') return facts?.size ?? 0
  return listFolder(path).reduce((sum, name) => sum + sizeBelow(join(path, name)), 0)
}
