// SPDX-License-Identifier: Apache-2.0
import type { Living } from './collector-state.ts'
import { crashFingerprint } from './fingerprint.ts'
import type { Crash, Identity, Output } from './output.ts'
import type { CrashKind, CrashLine } from './reading.ts'

/** Lines of one crash dump come within this time, ms. */
const dumpTime = 10_000

/** A line of a crash dump: the first makes the crash's record, further ones complete it. */
export const collectCrash = (state: Living, line: CrashLine, t: number, outputs: Output[]): Living => {
  const { session } = state
  const open = session.crash
  if (open === undefined || t - open.t > dumpTime) return firstLine(state, line, t, outputs)
  const kind = line.rank > open.rank ? line.kind : undefined
  const crash = fingerprinted(session.facts.identity, {
    kind: kind ?? open.crash.kind,
    reason: kind === undefined ? open.crash.reason : (line.reason ?? ''),
    frames: [...open.crash.frames, ...(line.frames ?? [])],
  })
  outputs.push({ type: 'crash-more', crash, session: session.ordinal, t: open.t, seq: open.seq })
  return { ...state, session: { ...session, crash: { ...open, crash, rank: Math.max(open.rank, line.rank) } } }
}

const firstLine = (state: Living, line: CrashLine, t: number, outputs: Output[]): Living => {
  const { session, seq } = state
  if (line.kind === undefined) return state
  const { reason = '', frames = [], kind, rank } = line
  const crash = fingerprinted(session.facts.identity, { kind, reason, frames })
  outputs.push({ type: 'crash', crash, session: session.ordinal, t, seq })
  return { ...state, seq: seq + 1, session: { ...session, crash: { crash, rank, t, seq } } }
}

const fingerprinted = (
  { firmware = '', build = firmware }: Identity,
  crash: { kind: CrashKind; reason: string; frames: readonly string[] },
): Crash => ({ ...crash, fingerprint: crashFingerprint({ ...crash, build }) })
