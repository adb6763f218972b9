// SPDX-License-Identifier: Apache-2.0
/** 48 devices that are written at once, by a station whose writing is scripted. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { openApp } from '../shell/open-app.ts'
import {
  devices,
  furnish,
  makeBusyWorld,
  mostUpdates,
  openBench,
  runningStation,
  seeBench,
  writeAll,
} from '../support/busy-bench.ts'
import { framesPerSecond } from '../support/frames.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { expectGoodPage, picture } from './look.ts'

describe('a bench on which 48 devices are written at once', () => {
  it(
    'is drawn nearly as often as when it stands still, each tile at most five times a second, and no tile is lost (ux 90)',
    { timeout: 240_000 },
    async () => {
      const world = await makeBusyWorld(tempFolder())
      const app = await openApp({
        data: world.data,
        drives: [world.stick],
        ports: world.ports,
        passphrase: 'a passphrase for tests',
        stationProgram: runningStation,
      })
      const { page } = app
      page.setDefaultTimeout(20_000)
      onTestFinished(({ task }) => (task.result?.state === 'fail' ? picture(page, 'busy-bench-failure') : undefined))
      await furnish(app.station, world)
      await openBench(page)
      const still = await seeBench(page, 4)
      await writeAll(page)
      const busy = await seeBench(page, 8)
      expect(Object.keys(busy.updates).length).toBeGreaterThanOrEqual(devices)
      expect(busy.lost).toBe(0)
      // One more, for the one that began before the first frame.
      expect(mostUpdates(busy)).toBeLessThanOrEqual(5 * busy.seconds + 1)
      // A machine that is busy draws both as seldom; the figures in frames a second are those of `npm run bench`.
      expect(framesPerSecond(busy) / framesPerSecond(still)).toBeGreaterThan(0.5)
      await expectGoodPage(page, 'bench-48-writing')
    },
  )
})
