// SPDX-License-Identifier: Apache-2.0
import { createHash, type Hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { fault } from '../answer.ts'
import { judgePadding, nextEntry, type Head } from './head.ts'
import { blockSize, isZero, paddingOf } from './header.ts'
import type { Entry, Sequence } from './sequence.ts'
import type { Tape } from './tape.ts'
import type { Fault } from '../../trust/standing.ts'

/** One content as the manifest lists it: path, size in bytes and digests in lower-case hex. */
export type Listed = {
  readonly path: string
  readonly size: number
  readonly sha256: string
  readonly sha384?: string | undefined
}

/**
 * Takes the bytes of one content, in order. A chunk stands only until `write` is over: who keeps it keeps a copy.
 * `end` comes only when size and digests are right.
 */
export type ContentWriter = { write(chunk: Uint8Array): void | Promise<void>; end(): void | Promise<void> }

/** What goes along with reading: where the bytes go, who may stop it, who watches. */
export type ContentOptions = {
  /** Called for each content before its first byte; without it the bytes are only checked. */
  readonly sink?: (item: Listed) => ContentWriter
  readonly signal?: AbortSignal
  /** Content bytes done, of all that the manifest lists. */
  readonly progress?: (done: number, total: number) => void
}

/** So much is read and written at once: few enough turns, small enough to stay in the processor's cache. */
const chunkBytes = 1_048_576
/** So much is hashed at once: short enough that neither a port nor the disk's next step waits for this thread. */
const sliceBytes = 131_072
/** GNU tar fills its files with zeros to a multiple of this. */
const recordBytes = 10_240
const endBytes = 2 * blockSize

/**
 * Judges everything behind the signatures against the manifest's list (docs/formats/envelope.md, clauses 2.13 to 2.16).
 * With a length that the list does not allow, only headers are read. Errors: `medium.io`, the signal's reason, and
 * whatever the sink throws.
 */
export const judgeContents = async (
  tape: Tape,
  sequence: Sequence,
  head: Head,
  listed: readonly Listed[],
  options: ContentOptions = {},
): Promise<Fault | undefined> => {
  const shortest =
    listed.reduce((end, { size }) => end + blockSize + size + paddingOf(size), head.contentStart) + endBytes
  const allowed = [shortest, Math.ceil(shortest / recordBytes) * recordBytes]
  return allowed.includes(tape.size)
    ? await readListed(tape, sequence, head, listed, options)
    : await walkHeaders(tape, sequence, head, listed, options.signal)
}

const readListed = async (
  tape: Tape,
  sequence: Sequence,
  head: Head,
  listed: readonly Listed[],
  options: ContentOptions,
): Promise<Fault | undefined> => {
  const total = listed.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  let entry = head.next
  for (const item of listed) {
    const found = placeFault(entry, item, listed)
    if (found !== undefined) return found
    const before = done
    const wrong = await readContent(tape, item, options, (count) => options.progress?.(before + count, total))
    if (wrong !== undefined) return wrong
    done += item.size
    const next = await nextEntry(tape, sequence)
    if (!next.ok) return next
    entry = next.value
  }
  if (entry !== undefined) return fault('payload.unlisted', entry.name)
  return await judgeEnd(tape, options.signal)
}

const placeFault = (entry: Entry | undefined, item: Listed, listed: readonly Listed[]): Fault | undefined => {
  if (entry === undefined) return fault('payload.missing', item.path)
  if (entry.name !== item.path) {
    const known = listed.some(({ path }) => path === entry.name)
    return fault(known ? 'container.order' : 'payload.unlisted', entry.name)
  }
  return entry.size === item.size ? undefined : fault('payload.size', item.path)
}

const readContent = async (
  tape: Tape,
  item: Listed,
  { sink, signal }: ContentOptions,
  progress: (count: number) => void,
): Promise<Fault | undefined> => {
  const hashes: { hash: Hash; wanted: string }[] = [{ hash: createHash('sha256'), wanted: item.sha256 }]
  if (item.sha384 !== undefined) hashes.push({ hash: createHash('sha384'), wanted: item.sha384 })
  const writer = sink?.(item)
  // Two pieces of memory for all chunks: new memory for each costs as much as half the hashing.
  let [room, spare] = [new Uint8Array(Math.min(chunkBytes, item.size)), new Uint8Array(Math.min(chunkBytes, item.size))]
  let coming = pullUpTo(tape, item.size, room)
  for (let done = 0; done < item.size;) {
    signal?.throwIfAborted()
    const chunk = await coming
    if (chunk === undefined) return fault('container.truncated', item.path)
    // The drive reads and the disk writes while this thread hashes.
    ;[room, spare] = [spare, room]
    coming = pullUpTo(tape, item.size - done - chunk.length, room)
    const written = heardLater(writer?.write(chunk))
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      for (const { hash } of hashes) hash.update(chunk.subarray(at, at + sliceBytes))
      // Ports are served by this thread, and so is the disk's next step.
      await setImmediate()
    }
    await written
    done += chunk.length
    progress(done)
  }
  if (hashes.some(({ hash, wanted }) => hash.digest('hex') !== wanted)) {
    return fault(item.path.startsWith('payload/') ? 'payload.digest' : 'evidence.mismatch', item.path)
  }
  const padding = judgePadding(await tape.pull(paddingOf(item.size)), item.path)
  if (!padding.ok) return padding
  await writer?.end()
  return undefined
}

/** The next chunk of what is left. Whoever stops before it has come does not hear of its failure. */
const pullUpTo = (tape: Tape, left: number, room: Uint8Array): Promise<Uint8Array | undefined> =>
  heardLater(tape.pull(Math.min(chunkBytes, left), room))

/** What fails is told to whoever waits for it, whenever that is. */
const heardLater = <T extends Promise<unknown> | void>(work: T): T => {
  work?.catch(() => undefined)
  return work
}

/** The first zero block has been read: the second one, and nothing but zeros behind it. */
const judgeEnd = async (tape: Tape, signal: AbortSignal | undefined): Promise<Fault | undefined> => {
  const second = await tape.pull(blockSize)
  if (second === undefined || !isZero(second)) return fault('container.no-end')
  while (tape.position() < tape.size) {
    signal?.throwIfAborted()
    const rest = await tape.pull(Math.min(chunkBytes, tape.size - tape.position()))
    if (rest === undefined || !isZero(rest)) return fault('container.trailing-data')
    await setImmediate()
  }
  return undefined
}

/** Names the fault of a file whose length is wrong, by its headers alone. */
const walkHeaders = async (
  tape: Tape,
  sequence: Sequence,
  head: Head,
  listed: readonly Listed[],
  signal: AbortSignal | undefined,
): Promise<Fault> => {
  const names: string[] = []
  let entry = head.next
  let ended = entry === undefined
  while (entry !== undefined) {
    const { name, size }: Entry = entry
    const wanted = listed.find(({ path }) => path === name)
    if (wanted !== undefined && wanted.size !== size) return fault('payload.size', name)
    names.push(name)
    if (!tape.skip(size + paddingOf(size))) return fault('container.truncated', name)
    // A file that ends between two entries is no broken header: it has no end.
    if (tape.position() === tape.size) break
    const next = await nextEntry(tape, sequence)
    if (!next.ok) return next
    entry = next.value
    ended = entry === undefined
  }
  const found = listFault(names, listed)
  if (found !== undefined) return found
  return (ended ? await judgeEnd(tape, signal) : fault('container.no-end')) ?? fault('container.length')
}

const listFault = (names: readonly string[], listed: readonly Listed[]): Fault | undefined => {
  const paths = listed.map(({ path }) => path)
  const unlisted = names.find((name) => !paths.includes(name))
  if (unlisted !== undefined) return fault('payload.unlisted', unlisted)
  const missing = paths.find((path) => !names.includes(path))
  if (missing !== undefined) return fault('payload.missing', missing)
  const moved = names.find((name, index) => name !== paths[index])
  return moved === undefined ? undefined : fault('container.order', moved)
}
