// SPDX-License-Identifier: Apache-2.0
import { bootStart } from './boot-marker.ts'
import { collectBoot, collectUptime } from './collect-boot.ts'
import { collectCrash } from './collect-crash.ts'
import { endSession, withSession, type CollectorState, type DeviceIdOf } from './collector-state.ts'
import { decode } from './decode.ts'
import type { Line } from './framing.ts'
import type { EndReason, Identity, Output } from './output.ts'
import type { Reading, SessionKind } from './reading.ts'

/** The next state and what came out on the way to it. */
export type Step = {
  readonly state: CollectorState
  readonly outputs: readonly Output[]
  /** Whether the line was understood. */
  readonly parsed: boolean
  /** Whether the device has said in this very line who it is or what it runs. */
  readonly told: boolean
}

/** What a collector may be told besides: what the first start is whatever cause it tells, and who is registered. */
export type CollectorOptions = { readonly expect?: SessionKind; readonly deviceIdOf?: DeviceIdOf }

/** The state at the opening of a port at `t`, ms UTC. */
export const openCollector = (
  identity: Identity,
  t: number,
  { expect, deviceIdOf = () => undefined }: CollectorOptions = {},
): CollectorState => ({
  seq: 0,
  sessions: 0,
  identity,
  openedAt: t,
  deviceIdOf,
  ...(expect === undefined ? {} : { expect }),
})

/**
 * One line, heard at host time `t` (ms UTC) → the next state and records. Pure: the same lines and times give the same
 * records. A reset in the middle of a line leaves half a line in front of the banner; the two are taken apart.
 */
export const collect = (state: CollectorState, line: Line, t: number): Step => {
  const reading = decode(line)
  if (reading !== undefined) {
    const outputs: Output[] = []
    const { serial, firmware } = reading.boot ?? {}
    const told = serial !== undefined || firmware !== undefined
    return { state: take(state, reading, line, t, outputs), outputs, parsed: true, told }
  }
  const start = line.whole ? bootStart(line.text) : 0
  if (start === 0) return keep(state, line, t)
  const head = keep(state, { ...line, text: line.text.slice(0, start), whole: false }, t)
  const tail = collect(head.state, { ...line, text: line.text.slice(start), torn: false }, t)
  return { ...tail, outputs: [...head.outputs, ...tail.outputs] }
}

/** Ends the open session at `t`. */
export const closeCollector = (state: CollectorState, t: number, reason: EndReason): Step => {
  const outputs: Output[] = []
  return { state: endSession(state, t, reason, outputs), outputs, parsed: false, told: false }
}

/** A line that nobody understands is kept as it is. */
const keep = (state: CollectorState, line: Line, t: number): Step => {
  const outputs: Output[] = []
  const living = withSession(state, outputs)
  const { text, encoding, whole } = line
  outputs.push({ type: 'line', session: living.session.ordinal, t, tDev: null, seq: living.seq, text, encoding, whole })
  return { state: { ...living, seq: living.seq + 1 }, outputs, parsed: false, told: false }
}

const take = (before: CollectorState, reading: Reading, line: Line, t: number, outputs: Output[]): CollectorState => {
  const booted = reading.boot === undefined ? before : collectBoot(before, reading.boot, t, outputs)
  const living = withSession(collectUptime(booted, reading, t, outputs), outputs)
  const { session } = living
  const { ordinal, facts } = session
  const { device } = facts.identity
  const { samples, event, tDev = null } = reading
  let { seq } = living
  for (const sample of samples) {
    outputs.push({ type: 'point', device, sample, session: ordinal, t, tDev, seq: seq++ })
  }
  if (event !== undefined) {
    outputs.push({
      type: 'event',
      event,
      line: line.text,
      encoding: line.encoding,
      session: ordinal,
      t,
      tDev,
      seq: seq++,
    })
  }
  const uptime = reading.sinceBoot === true ? reading.tDev : session.uptime
  const next = { ...living, seq, session: uptime === undefined ? session : { ...session, uptime } }
  return reading.crash === undefined ? next : collectCrash(next, reading.crash, t, outputs)
}
