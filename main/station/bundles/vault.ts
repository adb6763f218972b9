// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { AirlockError } from '../../../shared/errors.ts'
import { bytes, type Bytes } from '../../../shared/units.ts'
import {
  createFile,
  factsOf,
  listFolder,
  makeFolder,
  openReader,
  publish,
  remove,
  syncFolder,
  type FileWriter,
} from '../platform/files.ts'
import { newId } from '../platform/ids.ts'
import type { ContentWriter } from './envelope/contents.ts'

/** Contents of accepted bundles, each under its SHA-256, readable by the station's account only. */
export type Vault = {
  /** A private folder for one import; nothing in it counts before `publish`. */
  stage(): Staging
  /**
   * Hashes a content again and gives its size: the disk may have changed since the import.
   * Errors: `payload.digest` (changed or gone), `storage.io`, the signal's reason.
   */
  rehash(digest: string, signal?: AbortSignal): Promise<Bytes>
  /**
   * The content, hashed after it was read: these bytes are the ones that were signed, whatever happens to the file.
   * Errors: as `rehash`; RangeError over `limit` bytes.
   */
  read(digest: string, limit: Bytes): Uint8Array
  /** At start: removes what a crash left, and contents that no bundle names. Says how many of each. */
  recover(isNamed: (digest: string) => boolean): VaultLeftovers
}

/** What a crash in the middle of imports left behind: staging folders, and contents without a bundle. */
export type VaultLeftovers = { readonly stagings: number; readonly contents: number }

/** One import's private folder. */
export type Staging = {
  /** Takes one content; `end` makes it durable. Errors: `storage.full`, `storage.io`. */
  writer(digest: string): ContentWriter
  /** Moves every ended content into the vault; when this returns they are on the disk. Errors: `storage.io`. */
  publish(): void
  /** Removes the folder with what is left in it. */
  discard(): Promise<void>
}

const chunkBytes = 262_144
/** Synced as it comes, so that the disk works while the rest is read, and the end does not wait for all of it. */
const syncedBytes = 33_554_432

/** The vault below a folder, which it makes with its parents. */
export const openVault = (folder: string): Vault => {
  const contents = join(folder, 'contents')
  const stagings = join(folder, 'staging')
  for (const path of [contents, stagings]) onDisk(() => makeFolder(path))
  const pathOf = (digest: string): string => join(contents, digest)

  const chunksOf = function* (digest: string): Generator<Uint8Array> {
    if (factsOf(pathOf(digest))?.kind !== 'file') throw new AirlockError('payload.digest', { digest, found: 'nothing' })
    const reader = onDisk(() => openReader(pathOf(digest)))
    const hash = createHash('sha256')
    try {
      for (let at = 0; at < reader.size; at += chunkBytes) {
        const chunk = onDisk(() => reader.read(at, chunkBytes))
        hash.update(chunk)
        yield chunk
      }
    } finally {
      reader.close()
    }
    if (hash.digest('hex') !== digest) throw new AirlockError('payload.digest', { digest, found: 'other bytes' })
  }

  return {
    stage: () => stageIn(join(stagings, newId()), pathOf),
    async rehash(digest, signal) {
      let size = 0
      for (const chunk of chunksOf(digest)) {
        signal?.throwIfAborted()
        size += chunk.length
        await setImmediate()
      }
      return bytes(size)
    },
    read(digest, limit) {
      const size = factsOf(pathOf(digest))?.size ?? 0
      if (size > limit) throw new RangeError(`${digest} has ${size} bytes, at most ${limit} are read`)
      return Buffer.concat([...chunksOf(digest)])
    },
    recover(isNamed) {
      const left = listFolder(stagings)
      const orphans = listFolder(contents).filter((digest) => !isNamed(digest))
      for (const name of left) remove(join(stagings, name))
      for (const digest of orphans) remove(pathOf(digest))
      return { stagings: left.length, contents: orphans.length }
    },
  }
}

const stageIn = (folder: string, pathOf: (digest: string) => string): Staging => {
  onDisk(() => makeFolder(folder))
  const open = new Map<FileWriter, Promise<void>>()
  const ended: { path: string; digest: string }[] = []
  return {
    writer(digest) {
      const path = join(folder, newId())
      const file = onDisk(() => createFile(path))
      open.set(file, Promise.resolve())
      let unsynced = 0
      return {
        async write(chunk) {
          await file.append(chunk).catch(storageFailure)
          unsynced += chunk.length
          if (unsynced < syncedBytes) return
          unsynced = 0
          await open.get(file)
          open.set(file, later(file.flush()))
        },
        async end() {
          await open.get(file)
          await file.flush().catch(storageFailure)
          file.close()
          open.delete(file)
          ended.push({ path, digest })
        },
      }
    },
    publish() {
      // The folder's names first: a power cut between the renames then loses nothing that was staged.
      onDisk(() => syncFolder(folder))
      for (const { path, digest } of ended) onDisk(() => publish(path, pathOf(digest)))
    },
    async discard() {
      for (const [file, syncing] of open) {
        // Its number may serve another file once it is closed: nothing may be under way then.
        await Promise.allSettled([syncing])
        file.close()
      }
      open.clear()
      remove(folder)
    },
  }
}

/** A sync whose failure is told to whoever waits for it next, and is no unhandled one until then. */
const later = (syncing: Promise<void>): Promise<void> => {
  const mapped = syncing.catch(storageFailure)
  mapped.catch(() => undefined)
  return mapped
}

const onDisk = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    return storageFailure(error)
  }
}

const storageFailure = (cause: unknown): never => {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  throw new AirlockError(code === 'ENOSPC' || code === 'EDQUOT' ? 'storage.full' : 'storage.io', {}, { cause })
}
