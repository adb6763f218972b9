// SPDX-License-Identifier: Apache-2.0
import type { Crash, EndReason, Identity, Output, SessionFacts } from './output.ts'
import type { Boot, SessionKind } from './reading.ts'

/** ROM, boot loader, system and application of one start speak within this time, ms. */
export const startTime = 30_000

/** A crash that is still being told, line by line: its record's place and the rank of the line that named it. */
export type OpenCrash = { readonly crash: Crash; readonly rank: number; readonly t: number; readonly seq: number }

/** The session that runs. */
export type OpenSession = {
  readonly ordinal: number
  readonly facts: SessionFacts
  readonly openedAt: number
  /** Last stage that spoke; undefined where no boot marker opened the session. */
  readonly stage?: Boot['stage']
  /** Device time since its start as last heard, ms. */
  readonly uptime?: number
  readonly crash?: OpenCrash
  /** The crash before this start, in whose session it is, and what ran there: a report of it may follow. */
  readonly past?: { readonly ordinal: number; readonly identity: Identity; readonly crash: OpenCrash }
}

/** A capture between two lines. A value: the next state is a new one. */
export type CollectorState = {
  /** Number of the next record; gap-free in the capture. */
  readonly seq: number
  readonly sessions: number
  readonly identity: Identity
  /** What the first boot marker of the capture means whatever its cause: a flash job has just reset the device. */
  readonly expect?: SessionKind
  readonly session?: OpenSession
  readonly openedAt: number
  readonly deviceIdOf: DeviceIdOf
}

/** The station's own id of a device that has told who it is, where it is registered. */
export type DeviceIdOf = (model: string, serial: string) => string | undefined

/** A state with a session. */
export type Living = CollectorState & { readonly session: OpenSession }

/** Opens the next session; tells `outputs`. */
export const beginSession = (state: CollectorState, facts: SessionFacts, t: number, outputs: Output[]): Living => {
  outputs.push({ type: 'session-open', session: state.sessions, t, ...facts })
  const session = { ordinal: state.sessions, facts, openedAt: t }
  return { ...state, identity: facts.identity, sessions: state.sessions + 1, session }
}

/** Ends the session if one runs; tells `outputs`. */
export const endSession = (state: CollectorState, t: number, reason: EndReason, outputs: Output[]): CollectorState => {
  const { session, ...rest } = state
  if (session === undefined) return rest
  outputs.push({ type: 'session-close', session: session.ordinal, t, reason })
  return rest
}

/** The state with a session: what is heard before any marker belongs to a start that nobody saw. */
export const withSession = (state: CollectorState, outputs: Output[]): Living => {
  const { session } = state
  if (session !== undefined) return { ...state, session }
  const facts: SessionFacts = { identity: state.identity, kind: 'unknown', reason: 'port open' }
  return beginSession(state, facts, state.openedAt, outputs)
}
