// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod'
import { AirlockError } from '../../../shared/errors.ts'
import type { Millis } from '../../../shared/units.ts'
import type { Clock } from '../platform/clock.ts'
import type { ReadHandle, WriteHandle } from '../store/open.ts'

/** When somebody last signed in and last failed to, milliseconds UTC. */
export type LastSignIns = { readonly lastSignIn: number | null; readonly lastFailure: number | null }

/** What is known of sign-ins, by key: a person's id, or `strangerKey` of a login that nobody has. */
export type Attempts = {
  /** Errors: `person.locked`, which counts the try. */
  refuseLocked(key: string): void
  last(key: string): LastSignIns
  /** Counts a failure: how many more are left before it locks. */
  fail(key: string): number
  isLocked(key: string): boolean
  succeed(key: string): void
  unlock(key: string): void
  /** How many tries came while it was locked, since this was last asked. */
  takeRefused(key: string): number
  /** Writes what is known of a person. */
  write(tx: WriteHandle, personId: string): void
}

type State = {
  failures: number
  lockedAt: bigint | undefined
  refused: number
  ok: number | null
  failed: number | null
}

const rowSchema = z.strictObject({
  person: z.string(),
  failures: z.int(),
  locked: z.int(),
  last_ok_ms: z.int().nullable(),
  last_failed_ms: z.int().nullable(),
})

/** Logins that nobody has and that are remembered: enough that they behave like real ones, not enough to fill memory. */
const strangerLimit = 1000
const strangerMark = '?'

/** The key of a login that nobody has. */
export const strangerKey = (foldedLogin: string): string => `${strangerMark}${foldedLogin}`

/**
 * Failed sign-ins. Locks run by the monotonic counter, so setting the clock shortens none; a restart begins the period of
 * a lock again. Logins that nobody has lock in the same way, in memory only: what was typed there may be a password.
 */
export const createAttempts = (
  read: ReadHandle,
  clock: Clock,
  limits: { readonly failures: number; readonly lock: Millis },
): Attempts => {
  const people = new Map<string, State>()
  const strangers = new Map<string, State>()
  const home = (key: string): Map<string, State> => (key.startsWith(strangerMark) ? strangers : people)
  for (const row of read.all('SELECT person, failures, locked, last_ok_ms, last_failed_ms FROM sign_in')) {
    const { person, failures, locked, last_ok_ms: ok, last_failed_ms: failed } = rowSchema.parse(row)
    people.set(person, { failures, lockedAt: locked === 1 ? clock.monotonic() : undefined, refused: 0, ok, failed })
  }
  const stateOf = (key: string): State => {
    const states = home(key)
    const known = states.get(key)
    if (known !== undefined) return known
    const [oldest] = strangers.keys()
    if (oldest !== undefined && strangers.size >= strangerLimit) strangers.delete(oldest)
    const fresh: State = { failures: 0, lockedAt: undefined, refused: 0, ok: null, failed: null }
    states.set(key, fresh)
    return fresh
  }

  const isLocked = (state: State | undefined): boolean =>
    state?.lockedAt !== undefined && clock.monotonic() - state.lockedAt < BigInt(limits.lock) * 1_000_000n

  const unlock = (key: string): void => {
    const state = stateOf(key)
    state.lockedAt = undefined
    state.failures = 0
  }

  return {
    refuseLocked(key) {
      const state = home(key).get(key)
      if (state?.lockedAt === undefined) return
      if (!isLocked(state)) return unlock(key)
      state.refused += 1
      throw new AirlockError('person.locked')
    },
    last(key) {
      const state = home(key).get(key)
      return { lastSignIn: state?.ok ?? null, lastFailure: state?.failed ?? null }
    },
    fail(key) {
      const state = stateOf(key)
      state.failures += 1
      state.failed = clock.now()
      if (state.failures >= limits.failures) state.lockedAt = clock.monotonic()
      return Math.max(0, limits.failures - state.failures)
    },
    isLocked: (key) => isLocked(home(key).get(key)),
    succeed(key) {
      unlock(key)
      stateOf(key).ok = clock.now()
    },
    unlock,
    takeRefused(key) {
      const state = stateOf(key)
      const { refused } = state
      state.refused = 0
      return refused
    },
    write(tx, personId) {
      const { failures, lockedAt, ok, failed } = stateOf(personId)
      tx.run(
        'INSERT OR REPLACE INTO sign_in (person, failures, locked, last_ok_ms, last_failed_ms) VALUES (?, ?, ?, ?, ?)',
        personId,
        failures,
        lockedAt === undefined ? 0 : 1,
        ok,
        failed,
      )
    },
  }
}
