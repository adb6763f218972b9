// SPDX-License-Identifier: Apache-2.0
import { AirlockError } from '../../../shared/errors.ts'
import { millis, type Millis } from '../../../shared/units.ts'
import type { ReadHandle, Store, WriteHandle } from '../store/open.ts'
import { originOf } from './checkpoint.ts'
import { followClock, type ClockMark } from './clock-mark.ts'
import { stationActor, type AuditEntry, type AuditLog, type Recorded } from './entry.ts'
import { genesisEntry } from './genesis.ts'
import type { HeadFile } from './head-file.ts'
import { parseLeaf } from './leaf.ts'
import { inclusionProof, type Frontier } from './merkle.ts'
import { checkStart } from './start.ts'
import { isHead, readAnchors, readHead, readLeaves, storedNodes, writeAnchor } from './tables.ts'
import type { AnchorRow, HeadRow } from './tables.ts'
import { verifyLog, type Verification, type VerifyOptions } from './verify.ts'
import type { LogFault } from './walk.ts'
import { createWriter, type Moment, type Writer, type WriterDependencies } from './writer.ts'

/** What the log needs of its station. */
export type AuditDependencies = WriterDependencies & {
  readonly store: Store
  readonly headFile: HeadFile
  readonly epoch: number
}

/** Why a head is kept. */
export type AnchorKind = 'export' | 'print' | 'sign-off' | 'shutdown' | 'key-change' | 'day'

/** The log of a station: `AuditLog` for those who write, and what only the composition root uses. */
export type StationAuditLog = AuditLog & {
  /** What was found wrong; the log is then read-only (recovery). Undefined: fine. */
  fault(): LogFault | undefined
  /** Somebody found a fault while the log is open: from now on it is read-only. */
  distrust(found: LogFault): void
  /** Verifies everything, on a connection of its own; what is wrong makes the log read-only. */
  verify(options?: Omit<VerifyOptions, 'key'>): Promise<Verification>
  /** The last time that every entry was verified and fitted; undefined before the first. */
  checked(): { readonly at: Millis; readonly size: number; readonly root: string } | undefined
  /** Highest time of an entry under a credible clock, milliseconds UTC: a system clock far below it went back. */
  lastTime(): Millis
  /** What the log says of time; undefined for a log that cannot be read. */
  clock(): ClockMark | undefined
  /** Writes down that the clock was set, when it was: else the next entry says so, whenever that comes. */
  watchClock(): void
  /** Keeps the newest head for good. Errors: `audit.read-only`. */
  anchor(kind: AnchorKind): void
  anchors(): readonly AnchorRow[]
  /** Keeps the head of the shutdown and waits for the head file. */
  close(): Promise<void>
}

type Tree = { readonly frontier: Frontier; readonly last: Moment; readonly head: HeadRow }

const openTree = ({ store, key, headFile, epoch }: AuditDependencies, writer: Writer): Tree | LogFault => {
  const start = checkStart(store.read, key.note, headFile.read())
  if (start.state === 'fault') return start.fault
  if (start.state === 'good') {
    const { wall_ms, mono_ns, boot } = parseLeaf(start.lastLeaf)
    headFile.writeSoon(start.head.note)
    return { ...start, last: { wallMs: wall_ms, monoNs: BigInt(mono_ns), boot } }
  }
  // The first entry says whose log it is; without it there is nothing to sign.
  const frontier: Frontier = { size: 0, peaks: [] }
  const last = writer.now()
  const { head } = store.transact((tx) => writer.write(tx, frontier, last, last, genesisEntry(key.note, epoch)))
  headFile.writeNow(head.note)
  return { frontier, last, head }
}

const prove = (read: ReadHandle, seq: number, size: number): ReturnType<AuditLog['prove']> => {
  const [row] = readLeaves(read, seq, Math.min(seq + 1, size))
  if (row === undefined) throw new AirlockError('not-found', { seq })
  return { leaf: row.leaf, size, proof: inclusionProof(storedNodes(read), seq, size) }
}

/**
 * Opens the log of a station; an empty store without a head file gets the genesis entry. After a fault (changed, cut or
 * rolled back) it still reads, proves and verifies, and every change is refused with `audit.read-only`.
 * Errors: `audit.key` when the key belongs to another log.
 */
export const createAuditLog = (dependencies: AuditDependencies): StationAuditLog => {
  const { store, clock, key, headFile } = dependencies
  if (key.note.name !== originOf(dependencies.stationId, dependencies.epoch)) {
    throw new AirlockError('audit.key', { why: 'the key belongs to another log' })
  }
  const writer = createWriter(dependencies)
  const opened = openTree(dependencies, writer)
  let fault: LogFault | undefined = 'code' in opened ? opened : undefined
  let tree: Tree | undefined = 'code' in opened ? undefined : opened

  let checked: ReturnType<StationAuditLog['checked']>
  const marks = followClock(store.read)
  const mark = (): ClockMark | undefined => (tree === undefined ? undefined : marks())

  const readOnly = (found: LogFault): never => {
    fault = found
    throw new AirlockError('audit.read-only', { cause: found.code, why: found.why })
  }

  const usable = (): Tree => {
    if (fault !== undefined) return readOnly(fault)
    return tree ?? readOnly({ code: 'audit.unreadable', why: 'no tree' })
  }

  const change = <T>(entry: AuditEntry | ((result: T) => AuditEntry), work: (tx: WriteHandle) => T): Recorded<T> => {
    const { frontier: before, last, head } = usable()
    headFile.settle()
    const frontier: Frontier = { size: before.size, peaks: [...before.peaks] }
    const time = writer.now()
    const done = store.transact((tx) => {
      // Never sign backwards: what stands there must be what this process signed last.
      if (!isHead(tx, head.note)) readOnly({ code: 'audit.changed', why: 'head changed from outside' })
      const result = work(tx)
      if (result instanceof Promise) throw new AirlockError('internal', { what: 'a change that does not end inside' })
      const written = writer.write(tx, frontier, last, time, typeof entry === 'function' ? entry(result) : entry)
      return { ...written, result }
    })
    tree = { frontier, last: time, head: done.head }
    headFile.writeSoon(done.head.note)
    return { result: done.result, seq: done.seq, entryId: done.entryId }
  }

  const newest = (): HeadRow =>
    tree?.head ?? readHead(store.read) ?? readOnly({ code: 'audit.truncated', why: 'no head' })

  const anchor = (kind: AnchorKind): void => {
    const { size, note } = usable().head
    store.transact((tx) => writeAnchor(tx, { size, kind, at_ms: clock.now(), note }))
  }

  return {
    change,
    note: (entry) => change(entry, () => undefined),
    head: newest,
    prove: (seq) => prove(store.read, seq, newest().size),
    fault: () => fault,
    distrust(found) {
      fault ??= found
    },
    async verify(options) {
      const reader = store.openReader()
      try {
        const result = await verifyLog(reader.read, { ...options, key: key.note })
        const { code, why = '', firstBad } = result
        if (code !== undefined) fault ??= { code, why, ...(firstBad === undefined ? {} : { firstBad }) }
        else checked = { at: clock.now(), size: result.size, root: result.root }
        return result
      } finally {
        reader.close()
      }
    },
    checked: () => checked,
    lastTime: () => millis(mark()?.reference ?? 0),
    clock: mark,
    watchClock() {
      if (fault !== undefined || tree === undefined || !writer.stepped(tree.last, writer.now())) return
      const object = { type: 'clock', id: 'system' }
      change({ actor: stationActor, action: 'clock.noticed', object, outcome: 'ok' }, () => undefined)
    },
    anchor,
    anchors: () => readAnchors(store.read),
    async close() {
      if (fault === undefined) anchor('shutdown')
      await headFile.flush()
    },
  }
}
