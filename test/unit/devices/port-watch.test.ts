// SPDX-License-Identifier: Apache-2.0
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createPortWatch } from '../../../main/station/devices/port-watch.ts'
import { systemClock, type Clock } from '../../../main/station/platform/clock.ts'
import { watchUdev } from '../../../main/station/platform/udev.ts'
import { millis } from '../../../shared/units.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** A clock on which no time passes: only a poke makes anybody look. */
const stopped: Clock = {
  ...systemClock,
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
}

const follow = (watch: ReturnType<typeof createPortWatch>) => {
  const abort = new AbortController()
  let looks = 0
  const over = watch.follow(async () => void (looks += 1), abort.signal)
  return { abort, over, looks: () => looks }
}

describe('watching ports', () => {
  it('looks at once, and again whenever the system says that something came or went', async () => {
    let poke = (): void => undefined
    const one = follow(createPortWatch({ clock: stopped, monitor: (wake) => ((poke = wake), () => undefined) }))
    await expect.poll(one.looks).toBe(1)
    poke()
    await expect.poll(one.looks).toBe(2)
    one.abort.abort()
    await one.over
    expect(one.looks()).toBe(2)
  })

  it('looks from time to time where the system says nothing', async () => {
    const one = follow(createPortWatch({ clock: systemClock, monitor: () => () => undefined }))
    await expect.poll(one.looks, { timeout: 5000 }).toBeGreaterThan(2)
    one.abort.abort()
    await one.over
  })

  it('runs one monitor for all who watch, and none when nobody does', async () => {
    const runs: string[] = []
    const monitor = () => (runs.push('begins'), () => void runs.push('ends'))
    const watch = createPortWatch({ clock: stopped, monitor })
    const [one, two] = [follow(watch), follow(watch)]
    one.abort.abort()
    await one.over
    expect(runs).toEqual(['begins'])
    watch.stop()
    await two.over
    expect(runs).toEqual(['begins', 'ends'])
  })
})

describe("the system's monitor", () => {
  const program = (text: string): string => {
    const path = join(tempFolder(), 'udevadm')
    writeFileSync(path, `#!/bin/sh\n${text}\n`)
    chmodSync(path, 0o700)
    return path
  }

  it('tells of every event, and is ended with its watch', async () => {
    let events = 0
    const stop = watchUdev('tty', () => void (events += 1), program('echo "$*"; exec sleep 60'))
    await expect.poll(() => events, { timeout: 5000 }).toBeGreaterThan(0)
    stop()
  })

  it('may be missing, or die: then it says nothing', async () => {
    const never = (): void => expect.unreachable()
    watchUdev('tty', never, join(tempFolder(), 'nothing'))()
    const stop = watchUdev('tty', never, program('exit 1'))
    await systemClock.sleep(millis(50))
    stop()
  })
})
