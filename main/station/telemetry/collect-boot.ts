// SPDX-License-Identifier: Apache-2.0
import { collectCrash } from './collect-crash.ts'
import { beginSession, endSession, type CollectorState, type Living, type OpenSession } from './collector-state.ts'
import type { Identity, Output, SessionFacts } from './output.ts'
import type { Boot, CrashLine, Reading, SessionKind } from './reading.ts'

/** Device clocks of several tasks may print out of order by this much, ms; more than that backwards is a restart. */
const uptimeSlack = 1000
/** A 32-bit millisecond counter goes round after 49.7 days: from this near its end to this near its start, ms. */
const wrapWindow = 600_000
/** ROM, boot loader, system and application of one start speak within this time, ms. */
const startTime = 30_000

/** A boot marker: the next stage of the start that is under way, or a new session. */
export const collectBoot = (state: CollectorState, told: Boot, t: number, outputs: Output[]): Living => {
  const { session } = state
  const identity = identify(state.identity, told)
  if (session?.stage !== undefined && told.stage > session.stage && t - session.openedAt <= startTime)
    return nextStage({ ...state, identity, session }, told, t, outputs)
  const { expect, ...before } = state
  const kind = kindOf(told, expect, session)
  const ended = endSession(blamePrevious(before, kind, told, t, outputs), t, 'boot', outputs)
  const begun = beginSession(ended, { identity, kind, reason: told.reason, ...bootsOf(told) }, t, outputs)
  const crash = session === undefined ? crashBefore(kind, told) : undefined
  if (crash !== undefined) collectCrash(begun, crash, t, outputs)
  const seq = crash === undefined ? begun.seq : begun.seq + 1
  return { ...begun, seq, session: { ...begun.session, stage: told.stage } }
}

const bootsOf = ({ boots }: Boot): { boots?: number } => (boots === undefined ? {} : { boots })

/** What an earlier stage said of the cause stands; who the device is and what it runs, the later stage knows. */
const nextStage = (state: Living, told: Boot, t: number, outputs: Output[]): Living => {
  const { session, identity } = state
  const cause = session.facts.kind === 'unknown' ? { kind: told.kind, reason: told.reason } : {}
  const facts: SessionFacts = { ...session.facts, ...cause, identity, ...bootsOf(told) }
  outputs.push({ type: 'session-facts', session: session.ordinal, t, ...facts })
  return { ...state, session: { ...session, stage: told.stage, facts } }
}

/** A flash job's own reset is an update, whatever its mechanism; a restart after a crash is a panic unless told better. */
const kindOf = (told: Boot, expect: SessionKind | undefined, session: OpenSession | undefined): SessionKind => {
  if (expect !== undefined && told.kind !== 'brownout' && told.kind !== 'panic') return expect
  const vague = told.kind === 'unknown' || told.kind === 'software'
  return vague && session?.crash !== undefined ? 'panic' : told.kind
}

/** The crash that a start gives away: a watchdog, or a panic that nobody heard. */
const crashBefore = (kind: SessionKind, told: Boot): CrashLine | undefined =>
  kind === 'watchdog' || kind === 'panic' ? { kind, rank: 0, reason: told.reason } : undefined

/**
 * It belongs to the session that ended with it, where one was heard (else to the one that tells). Where that session
 * has its crash already, this start is only the consequence.
 */
const blamePrevious = (
  state: CollectorState,
  kind: SessionKind,
  told: Boot,
  t: number,
  outputs: Output[],
): CollectorState => {
  const { session } = state
  const crash = crashBefore(kind, told)
  if (session === undefined || session.crash !== undefined || crash === undefined) return state
  return collectCrash({ ...state, session }, crash, t, outputs)
}

/** A counter that goes back is a restart that said nothing. */
export const collectUptime = (
  state: CollectorState,
  reading: Reading,
  t: number,
  outputs: Output[],
): CollectorState => {
  const { session, identity } = state
  const last = session?.uptime
  if (reading.sinceBoot !== true || reading.tDev === undefined || last === undefined) return state
  const wrapped = 2 ** 32 - last < wrapWindow && last < 2 ** 32 && reading.tDev < wrapWindow
  if (reading.tDev >= last - uptimeSlack || wrapped) return state
  const kind: SessionKind = session?.crash === undefined ? 'unknown' : 'panic'
  const ended = endSession(state, t, 'uptime', outputs)
  return beginSession(ended, { identity, kind, reason: 'uptime went back' }, t, outputs)
}

/**
 * Who speaks after a boot marker. Another serial number than before is another device, known by that number. What a
 * marker does not tell stays as it was, but a build belongs to its version.
 */
const identify = (before: Identity, told: Boot): Identity => {
  const { build, ...rest } = before
  const other = told.serial !== undefined && told.serial !== before.serial
  const kept: Identity = other ? { device: deviceOf(before, told.serial) } : rest
  const sameVersion = !other && (told.firmware ?? before.firmware) === before.firmware
  const knownBuild = told.build ?? (sameVersion ? build : undefined)
  return {
    ...kept,
    ...(told.serial === undefined ? {} : { serial: told.serial }),
    ...(told.model === undefined ? {} : { model: told.model }),
    ...(told.hardware === undefined ? {} : { hardware: told.hardware }),
    ...(told.firmware === undefined ? {} : { firmware: told.firmware }),
    ...(knownBuild === undefined ? {} : { build: knownBuild }),
  }
}

/** A port stands in for a device until its serial number is known; a name that was given without one stays. */
const deviceOf = ({ device, serial }: Identity, told: string): string =>
  serial === undefined && !device.startsWith('port:') ? device : told
