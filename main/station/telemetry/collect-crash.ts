// SPDX-License-Identifier: Apache-2.0
import { startTime, type Living, type OpenCrash } from './collector-state.ts'
import { crashFingerprint } from './fingerprint.ts'
import type { Crash, Identity, Output } from './output.ts'
import type { CrashKind, CrashLine } from './reading.ts'

/** Program addresses kept of a crash: three make its fingerprint, and a device may go on telling them for ever. */
const maxFrames = 64

/** Lines of one crash dump come within this time, ms. */
const dumpTime = 10_000

/** A line of a crash dump: the first makes the crash's record, further ones complete it. */
export const collectCrash = (state: Living, line: CrashLine, t: number, outputs: Output[]): Living => {
  const { session } = state
  const { past, crash: open, ordinal, facts } = session
  if (line.past && past !== undefined && t - session.openedAt <= startTime) {
    const crash = complete(past.crash, line, past.identity, past.ordinal, outputs)
    return { ...state, session: { ...session, past: { ...past, crash } } }
  }
  if (open === undefined || t - open.t > dumpTime) return firstLine(state, line, t, outputs)
  return { ...state, session: { ...session, crash: complete(open, line, facts.identity, ordinal, outputs) } }
}

const firstLine = (state: Living, line: CrashLine, t: number, outputs: Output[]): Living => {
  const { session, seq } = state
  if (line.kind === undefined) return state
  const { reason = '', frames = [], kind, rank } = line
  const crash = fingerprinted(session.facts.identity, { kind, reason, frames })
  outputs.push({ type: 'crash', crash, session: session.ordinal, t, tDev: null, seq })
  return { ...state, seq: seq + 1, session: { ...session, crash: { crash, rank, t, seq } } }
}

/** A line of higher rank names the crash anew; frames add up. */
const complete = (
  open: OpenCrash,
  line: CrashLine,
  identity: Identity,
  session: number,
  outputs: Output[],
): OpenCrash => {
  const { t, seq } = open
  const named = line.kind !== undefined && line.rank > open.rank
  const crash = fingerprinted(identity, {
    kind: (named ? line.kind : undefined) ?? open.crash.kind,
    reason: named ? (line.reason ?? '') : open.crash.reason,
    frames: [...open.crash.frames, ...(line.frames ?? [])].slice(0, maxFrames),
  })
  outputs.push({ type: 'crash-more', crash, session, t, tDev: null, seq })
  return { crash, rank: Math.max(open.rank, line.rank), t, seq }
}

const fingerprinted = (
  { firmware = '', build = firmware }: Identity,
  crash: { kind: CrashKind; reason: string; frames: readonly string[] },
): Crash => ({ ...crash, fingerprint: crashFingerprint({ ...crash, build }) })
