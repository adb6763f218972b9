// SPDX-License-Identifier: Apache-2.0
import type { CrashKind, LogEvent, Sample, SessionKind } from './reading.ts'

/** Who a device is, as far as is known at a moment. `device` is never empty: at worst it is the port. */
export type Identity = {
  readonly device: string
  readonly serial?: string
  readonly model?: string
  readonly hardware?: string
  readonly firmware?: string
  readonly build?: string
}

/** Where and when a record belongs: the session's ordinal in its capture, host time, device time, number in the capture. */
type Place = { readonly session: number; readonly t: number; readonly tDev: number | null; readonly seq: number }

/** What is known of a crash so far; a later line of the same dump may say more. */
export type Crash = {
  readonly kind: CrashKind
  readonly reason: string
  readonly frames: readonly string[]
  readonly fingerprint: string
}

/** What the collector makes of lines, in the order in which it is to be stored. */
export type Output =
  | ({ readonly type: 'session-open'; readonly session: number; readonly t: number } & SessionFacts)
  | ({ readonly type: 'session-facts'; readonly session: number; readonly t: number } & SessionFacts)
  | { readonly type: 'session-close'; readonly session: number; readonly t: number; readonly reason: EndReason }
  | ({ readonly type: 'point'; readonly device: string; readonly sample: Sample } & Place)
  | ({ readonly type: 'event'; readonly event: LogEvent; readonly line: string; readonly encoding: string } & Place)
  | ({ readonly type: 'crash'; readonly crash: Crash } & Place)
  | ({ readonly type: 'crash-more'; readonly crash: Crash } & Place)
  | ({ readonly type: 'line'; readonly text: string; readonly encoding: string; readonly whole: boolean } & Place)

/** What a session is known by. */
export type SessionFacts = {
  readonly identity: Identity
  readonly kind: SessionKind
  readonly reason: string
  readonly boots?: number
}

/** Why a session ended; `interrupted`: the station stopped without closing it. */
export const endReasons = ['boot', 'uptime', 'closed', 'unplugged', 'interrupted'] as const
export type EndReason = (typeof endReasons)[number]
