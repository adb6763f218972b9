// SPDX-License-Identifier: Apache-2.0
import { millis } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'
import { newId, randomOctets } from '../platform/ids.ts'
import type { WriteHandle } from '../store/open.ts'
import { signCheckpoint } from './checkpoint.ts'
import { stationActor, type AuditEntry } from './entry.ts'
import type { LogKey } from './keys.ts'
import { serializeLeaf, type ClockState } from './leaf.ts'
import { frontierRoot, type Frontier } from './merkle.ts'
import { appendLeaf, writeHead, type HeadRow } from './tables.ts'

/** Whose entries they are. */
export type WriterDependencies = {
  readonly clock: Clock
  readonly key: LogKey
  readonly stationId: string
  readonly appVersion: string
  /** Hex SHA-256 of the software that runs, or `source`. */
  readonly buildHash: string
}

/** The two clocks at one moment of one run of the station. */
export type Moment = { readonly wallMs: number; readonly monoNs: bigint; readonly boot: string }

/** What one entry left behind. */
export type Written = { readonly seq: number; readonly entryId: string; readonly head: HeadRow }

/** Writes entries inside a caller's transaction. */
export type Writer = {
  now(): Moment
  /** Whether the system clock was set since `last`, in this run or by going back between two. */
  stepped(last: Moment, time: Moment): boolean
  /** Leaf, nodes and signed head; moves `frontier` on. `last` is the moment of the entry before. */
  write(tx: WriteHandle, frontier: Frontier, last: Moment, time: Moment, entry: AuditEntry): Written
}

/** A system clock that moves this much against the monotonic counter was set. */
const stepLimit = millis(10_000)

/** Milliseconds by which the system clock left the time that was to be expected after the entry before. */
const drift = (last: Moment, now: Moment): number => {
  // Between two runs only going back is a fault: nobody knows how long the station was off.
  if (last.boot !== now.boot) return Math.min(0, now.wallMs - last.wallMs)
  return now.wallMs - last.wallMs - Number((now.monoNs - last.monoNs) / 1_000_000n)
}

/** The writer of one run of the station. */
export const createWriter = ({ clock, key, stationId, appVersion, buildHash }: WriterDependencies): Writer => {
  const boot = newId()

  const append = (tx: WriteHandle, frontier: Frontier, time: Moment, clockState: ClockState, entry: AuditEntry) => {
    const written = { seq: frontier.size, id: newId() }
    const salt = Buffer.from(randomOctets(16)).toString('hex')
    const zoneOffset = clock.zoneOffset()
    const stamp = { ...written, ...time, zoneOffset, clockState, station: stationId, appVersion, buildHash, salt }
    appendLeaf(tx, frontier, serializeLeaf(stamp, entry))
    return { seq: written.seq, entryId: written.id }
  }

  /** A clock that was set gets an entry of its own, with both values, before the entry that noticed it. */
  const noteStep = (tx: WriteHandle, frontier: Frontier, last: Moment, time: Moment): ClockState => {
    const moved = drift(last, time)
    if (Math.abs(moved) <= stepLimit) return 'steady'
    const state = moved < 0 ? 'back' : 'forward'
    append(tx, frontier, time, state, {
      actor: stationActor,
      action: 'clock.step',
      object: { type: 'clock', id: 'system' },
      outcome: 'ok',
      before: { wall_ms: time.wallMs - moved },
      after: { wall_ms: time.wallMs },
    })
    return state
  }

  return {
    now: () => ({ wallMs: clock.now(), monoNs: clock.monotonic(), boot }),
    stepped: (last, time) => Math.abs(drift(last, time)) > stepLimit,
    write(tx, frontier, last, time, entry) {
      const clockState = noteStep(tx, frontier, last, time)
      const appended = append(tx, frontier, time, clockState, entry)
      const checkpoint = { origin: key.note.name, size: frontier.size, root: frontierRoot(frontier) }
      const head = { size: checkpoint.size, root: checkpoint.root, note: signCheckpoint(checkpoint, key) }
      writeHead(tx, head)
      return { ...appended, head }
    },
  }
}
