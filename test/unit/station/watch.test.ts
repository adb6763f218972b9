// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { createLook } from '../../../main/station/watch.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { testClock } from '../../support/clock.ts'
import { testLog } from '../../support/audit.ts'

const minute = 60_000

/** A station that looks at itself; `silence` makes the storage of the log not answer. */
const setUp = () => {
  const clock = testClock()
  const { audit } = testLog(clock)
  const state = { silent: false, looks: 0 }
  const watched = {
    ...audit,
    prove: (seq: number) => {
      if (state.silent) throw new AirlockError('storage.io')
      return audit.prove(seq)
    },
  }
  const look = createLook({
    audit: watched,
    clock,
    log: { info: () => undefined, error: () => undefined },
    storage: { look: () => void (state.looks += 1) },
  })
  return { clock, audit, state, look }
}

describe('createLook', () => {
  it('lets work go on for 15 minutes while the storage does not answer for the log, and then stops it', () => {
    const { clock, audit, state, look } = setUp()
    state.silent = true
    look()
    clock.advance(14 * minute)
    look()
    expect(audit.fault()).toBeUndefined()
    clock.advance(2 * minute)
    look()
    expect(audit.fault()).toMatchObject({ code: 'audit.unreadable' })
  })

  it('begins to wait anew when the storage has answered in between', () => {
    const { clock, audit, state, look } = setUp()
    for (const silent of [true, false, true]) {
      state.silent = silent
      look()
      clock.advance(10 * minute)
    }
    look()
    expect(audit.fault()).toBeUndefined()
  })

  it('asks the storage at every look, and writes down a clock that was set', () => {
    const { clock, audit, state, look } = setUp()
    look()
    clock.set('2026-06-01T15:00:00Z')
    look()
    expect(state.looks).toBe(2)
    expect(audit.clock()?.step).not.toBeNull()
  })
})
