// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { AirlockError } from '../../../shared/errors.ts'
import type { Bytes } from '../../../shared/units.ts'
import {
  createFile,
  factsOf,
  listFolder,
  makeFolder,
  openReader,
  publish,
  remove,
  syncFolder,
} from '../platform/files.ts'
import { newId } from '../platform/ids.ts'
import type { ContentWriter } from './envelope/contents.ts'
import { onDisk } from './on-disk.ts'
import { atOnce, stepByStep, stepBytes, type Steps } from './payload/steps.ts'
import { stageCopy, type StagedCopy } from './staged-copy.ts'

/** Contents of accepted bundles, each under its SHA-256, readable by the station's account only. */
export type Vault = {
  /** A private folder for one import; nothing in it counts before `publish`. */
  stage(): Staging
  /**
   * The content, hashed after it was read: these bytes are the ones that were signed, whatever happens to the file.
   * Errors: `payload.digest` (changed or gone), `storage.io`; RangeError over `limit` bytes.
   */
  read(digest: string, limit: Bytes): Uint8Array
  /** The same step by step, for what may be large: the ports are served meanwhile. Errors: as `read`. */
  readCalmly(digest: string, limit: Bytes): Promise<Uint8Array>
  /** At start: removes what a crash left, and contents that no bundle names. Says how many of each. */
  recover(isNamed: (digest: string) => boolean): VaultLeftovers
}

/** What a crash in the middle of imports left behind: staging folders, and contents without a bundle. */
export type VaultLeftovers = { readonly stagings: number; readonly contents: number }

/** One import's private folder. */
export type Staging = {
  /** Takes one content; when `end` is over it is on the disk and was read again. Errors: `storage.full`, `storage.io`. */
  writer(digest: string): ContentWriter
  /** Moves every ended content into the vault; when this returns they are on the disk. Errors: `storage.io`. */
  publish(): void
  /** Removes the folder with what is left in it. */
  discard(): Promise<void>
}

/** The vault below a folder, which it makes with its parents. `create` opens the files of its staging folders. */
export const openVault = (folder: string, create = createFile): Vault => {
  const contents = join(folder, 'contents')
  const stagings = join(folder, 'staging')
  for (const path of [contents, stagings]) onDisk(() => makeFolder(path))
  const pathOf = (digest: string): string => join(contents, digest)

  const chunksOf = function* (digest: string): Generator<Uint8Array> {
    if (factsOf(pathOf(digest))?.kind !== 'file') throw new AirlockError('payload.digest', { digest, found: 'nothing' })
    const reader = onDisk(() => openReader(pathOf(digest)))
    const hash = createHash('sha256')
    try {
      for (let at = 0; at < reader.size; at += stepBytes) {
        const chunk = onDisk(() => reader.read(at, stepBytes))
        hash.update(chunk)
        yield chunk
      }
    } finally {
      reader.close()
    }
    if (hash.digest('hex') !== digest) throw new AirlockError('payload.digest', { digest, found: 'other bytes' })
  }

  const steps = function* (digest: string, limit: Bytes): Steps<Uint8Array> {
    const size = factsOf(pathOf(digest))?.size ?? 0
    if (size > limit) throw new RangeError(`${digest} has ${size} bytes, at most ${limit} are read`)
    const whole = Buffer.alloc(size)
    let at = 0
    for (const chunk of chunksOf(digest)) {
      // A file that has grown since it was asked for its size is out of range, too.
      whole.set(chunk, at)
      at += chunk.length
      yield
    }
    return whole
  }

  return {
    stage: () => stageIn(join(stagings, newId()), pathOf, create),
    read: (digest, limit) => atOnce(steps(digest, limit)),
    readCalmly: (digest, limit) => stepByStep(steps(digest, limit)),
    recover(isNamed) {
      const left = listFolder(stagings)
      const orphans = listFolder(contents).filter((digest) => !isNamed(digest))
      for (const name of left) remove(join(stagings, name))
      for (const digest of orphans) remove(pathOf(digest))
      return { stagings: left.length, contents: orphans.length }
    },
  }
}

const stageIn = (folder: string, pathOf: (digest: string) => string, create: typeof createFile): Staging => {
  onDisk(() => makeFolder(folder))
  const open = new Set<StagedCopy>()
  const ended: { path: string; digest: string }[] = []
  return {
    writer(digest) {
      const path = join(folder, newId())
      const copy = stageCopy(onDisk(() => create(path)))
      open.add(copy)
      return {
        write: (chunk) => copy.write(chunk),
        async end() {
          await copy.finish()
          open.delete(copy)
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
      for (const copy of open) await copy.abandon()
      open.clear()
      remove(folder)
    },
  }
}
