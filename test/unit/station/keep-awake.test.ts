// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { stationActor } from '../../../main/station/audit/entry.ts'
import type { Flashed, FlashRequest } from '../../../main/station/flashing/job.ts'
import type { Flashing } from '../../../main/station/flashing/flashing.ts'
import type { JobContext } from '../../../main/station/jobs/job.ts'
import { keepAwakeWhile } from '../../../main/station/keep-awake.ts'
import { silentLog } from '../../../main/station/platform/log.ts'
import { AirlockError } from '../../../shared/errors.ts'
import { hostContract } from '../../../shared/host/host.ts'
import { createClient } from '../../../shared/rpc/client.ts'
import { portPair } from '../../../shared/rpc/port.ts'
import { serve } from '../../../shared/rpc/server.ts'

/** Jobs that end when the test says so, and a host that notes what it was asked. */
const makeFlashing = (holds = true) => {
  const open: { done(): void; failed(): void }[] = []
  const asked: number[] = []
  let active = 0
  const flashing: Flashing = {
    async start() {
      active += 1
      try {
        return await new Promise<Flashed>((resolve, reject) =>
          open.push({
            done: () => resolve({} as Flashed),
            failed: () => reject(new AirlockError('station.lost')),
          }),
        )
      } finally {
        active -= 1
      }
    },
    active: () => active,
    recoverJobs: () => [],
  }
  const [own, other] = portPair(structuredClone)
  const refuse = (): never => {
    throw new AirlockError('internal')
  }
  serve(
    hostContract,
    {
      'host.keyStore': refuse,
      'host.wrap': refuse,
      'host.unwrap': refuse,
      'host.idle': refuse,
      'host.print': refuse,
      'host.pdf': refuse,
      'host.incidents': () => Promise.resolve(),
      'host.keepAwake'({ devices }) {
        asked.push(devices)
        return holds ? { held: devices > 0 } : refuse()
      },
    },
    other,
    {
      gate: () => undefined,
      limits: { inFlight: 16, perSecond: 100, weight: 65_536 },
      now: () => 0,
      onFault: () => undefined,
    },
  )
  const awake = keepAwakeWhile(flashing, createClient(hostContract, own), silentLog)
  const start = (): Promise<unknown> => awake.start({} as FlashRequest, stationActor, {} as JobContext)
  return { start, open, asked, awake }
}

describe('flashing', () => {
  it('keeps the machine awake from the first port to the last, and says how many there are (ux 40)', async () => {
    const { start, open, asked, awake } = makeFlashing()
    const [first, second] = [start(), start()]
    await expect.poll(() => asked).toEqual([1, 2])
    expect(awake.active()).toBe(2)
    open[0]?.done()
    await first
    await expect.poll(() => asked).toEqual([1, 2, 1])
    open[1]?.done()
    await second
    await expect.poll(() => asked).toEqual([1, 2, 1, 0])
  })

  it('lets the machine sleep after a job that failed, whose error it leaves alone', async () => {
    const { start, open, asked } = makeFlashing()
    const job = start()
    open[0]?.failed()
    await expect(job).rejects.toThrow(expect.objectContaining({ code: 'station.lost' }))
    await expect.poll(() => asked).toEqual([1, 0])
  })

  it('goes on where the host cannot keep the machine awake', async () => {
    const { start, open, asked } = makeFlashing(false)
    const job = start()
    open[0]?.done()
    await job
    await expect.poll(() => asked).toEqual([1, 0])
  })
})
