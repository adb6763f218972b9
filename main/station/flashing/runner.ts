// SPDX-License-Identifier: Apache-2.0
/** Writing and verifying above any driver: a success is a whole read-back during which nothing was written. */
import { createHash } from 'node:crypto'
import { FlashError } from '../devices/flash-error.ts'
import type { LoaderSession } from './loader-session.ts'
import { hashUnit, type FlashPlan, type Unit } from './plan.ts'

export type FlashPhase = 'compare' | 'write' | 'verify'

/** How far a phase is, after each unit; `left` is what the protocol's constants say of the rest, ms. */
export type FlashStep = {
  readonly phase: FlashPhase
  readonly done: number
  readonly total: number
  readonly left: number
  /** While writing: so many units from the first one on stand as planned. */
  readonly standing?: number
}

/** What a finished run can prove. */
export type FlashReport = {
  /** SHA-256 of the image's range without padding, over bytes that came from the device after the last write. */
  readonly readBackSha256: string
  readonly units: number
  readonly written: number
  readonly skipped: number
}

/** How often a wrong page is written again, and how often the whole read-back is repeated because of that. */
const repairs = 2

const writeMs = (session: LoaderSession, units: number): number =>
  units * (session.driver.cost.write + session.roundTripMs())
const readMs = (session: LoaderSession, units: number): number =>
  units * (session.driver.cost.read + session.roundTripMs())

/** Milliseconds that a plan takes at most without faults, by the protocol's constants and the line's latency. */
export const predictFlash = (session: LoaderSession, { units }: FlashPlan, compareFirst: boolean): number =>
  Math.ceil(writeMs(session, units.length) + readMs(session, units.length * (compareFirst ? 2 : 1)))

const read = (session: LoaderSession, unit: Unit): Promise<Uint8Array> =>
  session.step(unit.address, (t) => session.driver.read(t, unit.address, unit.data.length))
const write = (session: LoaderSession, unit: Unit): Promise<void> =>
  session.step(unit.address, (t) => session.driver.write(t, unit.address, unit.data))

/** What stands there; read twice before it is called wrong, because the line flips bits on the way back, too. */
const check = async (session: LoaderSession, unit: Unit): Promise<{ same: boolean; got: Uint8Array }> => {
  const first = await read(session, unit)
  if (Buffer.compare(first, unit.data) === 0) return { same: true, got: first }
  const got = await read(session, unit)
  const same = Buffer.compare(got, unit.data) === 0
  // Attempt 0: nothing had to be written, but the line did flip a bit, and the record says so.
  if (same) session.note('verify', unit.address, 0)
  return { same, got }
}

/** Writes a wrong page again until it reads back right, or says where it does not. */
const repair = async (session: LoaderSession, unit: Unit, seen: Uint8Array): Promise<Uint8Array> => {
  let got = seen
  for (let attempt = 1; attempt <= repairs; attempt += 1) {
    session.note('verify', unit.address, attempt)
    await write(session, unit)
    const again = await check(session, unit)
    if (again.same) return again.got
    got = again.got
  }
  const offset = unit.data.findIndex((octet, index) => octet !== got[index])
  throw new FlashError('verify', {
    at: unit.address + offset,
    expected: unit.data.subarray(offset),
    got: got.subarray(offset),
  })
}

/**
 * Writes a plan and proves it. `compareFirst` leaves units alone that are right already. `emit` is called after each
 * unit, when the step on the device is over. Errors: FlashError; verify names address, expected and got.
 */
export const runFlash = async (
  session: LoaderSession,
  { units }: FlashPlan,
  { compareFirst, emit }: { compareFirst: boolean; emit: (step: FlashStep) => void },
): Promise<FlashReport> => {
  const each = async (phase: FlashPhase, list: readonly Unit[], work: (unit: Unit) => Promise<void>): Promise<void> => {
    const total = list.length
    for (const [index, unit] of list.entries()) {
      await work(unit)
      const rest = total - index - 1
      const left = phase === 'write' ? writeMs(session, rest) + readMs(session, units.length) : readMs(session, rest)
      // What is not in the list stood right already.
      const standing = phase === 'write' ? { standing: unit.index + 1 } : {}
      emit({ phase, done: index + 1, total, left: Math.ceil(left), ...standing })
    }
  }

  /** Reads everything; `mend` gives the bytes of a wrong unit as they are afterwards. */
  const readBack = async (
    phase: FlashPhase,
    mend: (unit: Unit, got: Uint8Array) => Promise<Uint8Array>,
  ): Promise<{ wrong: Unit[]; digest: string }> => {
    const wrong: Unit[] = []
    const hash = createHash('sha256')
    await each(phase, units, async (unit) => {
      const { same, got } = await check(session, unit)
      if (!same) wrong.push(unit)
      hashUnit(hash, unit, same ? got : await mend(unit, got))
    })
    return { wrong, digest: hash.digest('hex') }
  }

  /** A repair may have hit another page by a flipped address bit: only a read-back without one counts. */
  const verify = async (): Promise<string> => {
    for (let pass = 0; ; pass += 1) {
      const { wrong, digest } = await readBack('verify', (unit, got) => repair(session, unit, got))
      const [first] = wrong
      if (first === undefined) return digest
      if (pass === repairs) throw new FlashError('verify', { at: first.address }, { passes: pass + 1 })
    }
  }

  const report = (readBackSha256: string, written: number): FlashReport => ({
    readBackSha256,
    units: units.length,
    written,
    skipped: units.length - written,
  })

  let pending = units
  if (compareFirst) {
    const { wrong, digest } = await readBack('compare', async (_unit, got) => got)
    if (wrong.length === 0) return report(digest, 0)
    pending = wrong
  }
  await each('write', pending, (unit) => write(session, unit))
  return report(await verify(), pending.length)
}
