// SPDX-License-Identifier: Apache-2.0
import { collectCrash } from './collect-crash.ts'
import {
  beginSession,
  endSession,
  type CollectorState,
  startTime,
  type Living,
  type OpenSession,
} from './collector-state.ts'
import type { Identity, Output, SessionFacts } from './output.ts'
import type { Boot, Reading, SessionKind } from './reading.ts'

/** Device clocks of several tasks may print out of order by this much, ms; more than that backwards is a restart. */
const uptimeSlack = 1000
/** A 32-bit millisecond counter goes round after 49.7 days: from this near its end to this near its start, ms. */
const wrapWindow = 600_000

/** A boot marker: the next stage of the start that is under way, or a new session. */
export const collectBoot = (state: CollectorState, told: Boot, t: number, outputs: Output[]): Living => {
  const { session } = state
  const identity = identify(state, told)
  if (session?.stage !== undefined && told.stage > session.stage && t - session.openedAt <= startTime)
    return nextStage({ ...state, identity, session }, told, t, outputs)
  const { expect, ...before } = state
  const kind = kindOf(told, expect, session)
  const blamed = session === undefined ? before : blame({ ...before, session }, kind, told, t, outputs)
  const past = pastOf(blamed)
  const ended = endSession(blamed, t, 'boot', outputs)
  const begun = beginSession(ended, { identity, kind, reason: told.reason, ...bootsOf(told) }, t, outputs)
  const known = session === undefined ? blame(begun, kind, told, t, outputs) : begun
  const { crash: _crash, ...fresh } = known.session
  return { ...known, session: { ...fresh, stage: told.stage, ...(past ?? pastOf(known)) } }
}

const pastOf = ({ session }: CollectorState): Pick<OpenSession, 'past'> | undefined =>
  session?.crash && { past: { ordinal: session.ordinal, identity: session.facts.identity, crash: session.crash } }

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

/**
 * A watchdog, or a panic that nobody heard, is a crash of the session that ended with it; where none was heard, of the
 * one that tells. Where that session has its crash already, this start is only the consequence.
 */
const blame = (state: Living, kind: SessionKind, told: Boot, t: number, outputs: Output[]): Living => {
  if (state.session.crash !== undefined || (kind !== 'watchdog' && kind !== 'panic')) return state
  return collectCrash(state, { kind, rank: 0, reason: told.reason }, t, outputs)
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
const identify = ({ identity: before, deviceIdOf }: CollectorState, told: Boot): Identity => {
  const { build, ...rest } = before
  const { serial, model, hardware, firmware } = told
  const other = serial !== undefined && serial !== before.serial
  const kept: Identity = other ? { device: deviceIdOf(model ?? '', serial) ?? deviceOf(before, serial) } : rest
  const sameVersion = !other && (firmware ?? before.firmware) === before.firmware
  const knownBuild = told.build ?? (sameVersion ? build : undefined)
  return {
    ...kept,
    ...(serial === undefined ? {} : { serial }),
    ...(model === undefined ? {} : { model }),
    ...(hardware === undefined ? {} : { hardware }),
    ...(firmware === undefined ? {} : { firmware }),
    ...(knownBuild === undefined ? {} : { build: knownBuild }),
  }
}

/** A port stands in for a device until its serial number is known; a name that was given without one stays. */
const deviceOf = ({ device, serial }: Identity, told: string): string =>
  serial === undefined && !device.startsWith('port:') ? device : told
