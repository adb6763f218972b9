// SPDX-License-Identifier: Apache-2.0
import { createPortOwners } from '../../../main/station/devices/port-owner.ts'
import { profileSchema } from '../../../main/station/devices/profile.ts'
import { createStk500v1 } from '../../../main/station/flashing/drivers/stk500v1.ts'
import { createLoaderSession, type Recovery } from '../../../main/station/flashing/loader-session.ts'
import { planFlash } from '../../../main/station/flashing/plan.ts'
import { createWireTrace } from '../../../main/station/flashing/wire-trace.ts'
import { baud } from '../../../shared/units.ts'
import { testClock } from '../../support/clock.ts'
import { stk500v1Board } from '../../support/stk500v1-device.ts'

export const profile = profileSchema.parse({
  schema: 1,
  id: 'test-board',
  name: 'Test board',
  product: 'line-sensor',
  driver: 'stk500v1',
  loader: { baud: 115_200, signature: '1e950f', flashBytes: 32_256, pageBytes: 128, pageWriteMs: 4 },
  application: {
    baud: 115_200,
    bannerWithinMs: 500,
    banner: { key: 'boot', model: 'model', serial: 'serial', hardware: 'hw', version: 'fw' },
  },
})

/** Bytes without a pattern, the same for the same seed. */
export const noise = (length: number, seed = 1): Uint8Array => {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
}

/** A board, a session on it, and a plan for `image`. */
export const bench = async (
  image: Uint8Array,
  options: Parameters<typeof stk500v1Board>[1] = {},
  applicationBaud = profile.application.baud,
) => {
  const clock = testClock()
  const board = stk500v1Board(clock, options)
  const owners = createPortOwners(board.open, clock)
  const lease = await owners.take(board.port, baud(115_200), 'test')
  const driver = createStk500v1(profile, clock)
  const trace = createWireTrace(clock)
  const abort = new AbortController()
  const told: Recovery[] = []
  const session = createLoaderSession({
    lease,
    driver,
    trace,
    speeds: { loader: profile.loader.baud, application: applicationBaud },
    signal: abort.signal,
    onRecovery: (recovery) => told.push(recovery),
  })
  const plan = planFlash([{ address: 0, data: image }], driver)
  const elapsed = (): number => Number(clock.monotonic()) / 1e6
  return { clock, board, owners, lease, driver, trace, abort, session, plan, elapsed, told }
}
